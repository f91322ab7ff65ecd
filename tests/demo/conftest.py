"""What the demo accounts' code writes: the text of each file by its name."""

import pytest

from sellerhealth.demo.fern_street_books import files as fern_street_books
from sellerhealth.demo.harbor_and_pine import files as harbor_and_pine


@pytest.fixture(scope="session")
def us_files():
    return harbor_and_pine()


@pytest.fixture(scope="session")
def uk_files():
    return fern_street_books()
