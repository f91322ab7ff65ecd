"""Thirty drills, of each kind one; `make drill` holds three hundred."""

import pytest

from tests.drills.checks import base
from tests.drills.choice import chosen
from tests.drills.drill import a_place, hold

NUMBER, SEED = 30, 1


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    return tmp_path_factory.mktemp("drills")


@pytest.fixture(scope="module")
def undisturbed(parent):
    with a_place(parent) as place:
        return base(place)


@pytest.mark.parametrize("drill", chosen(NUMBER, SEED), ids=str)
def test_a_drill(drill, undisturbed, parent):
    held = hold(drill, undisturbed, parent)
    if held.skipped:
        pytest.skip(held.skipped)
    assert held.broke == ()
