"""What may be asked for, and what is refused before anything is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sp_api.base import Marketplaces, ReportType

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import MARKETPLACES, marketplace
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.spapi.client import Amazon, endpoint_of
from sellerhealth.sources.spapi.fetch import fetch
from sellerhealth.sources.spapi.patience import FetchError
from sellerhealth.sources.spapi.wanted import RESTRICTED, SOUNDS_RESTRICTED, WANTED, chosen, is_restricted
from tests.fetch.conftest import Shop
from tests.sources.folder import NAME, US, put


def test_every_restricted_type_is_refused_by_its_name_and_by_the_sound_of_it():
    assert len(RESTRICTED) == 16
    assert [name for name in RESTRICTED if not SOUNDS_RESTRICTED.search(name)] == []
    assert all(is_restricted(name) and is_restricted(name.lower()) for name in RESTRICTED)


@pytest.mark.parametrize(
    "report",
    ["GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING", "GET_ORDER_REPORT_DATA_TAX", "GET_NEW_BUYER_ADDRESS_REPORT"],
)
def test_a_restricted_report_cannot_be_asked_for(shop: Shop, report: str):
    with pytest.raises(InputError, match="expected a report without buyers' personal data"):
        shop.fetch(report)
    with pytest.raises(FetchError, match="never asks for"):
        Amazon.ask_for(Amazon.__new__(Amazon), report, ["ATVPDKIKX0DER"])
    assert shop.world.asked == []


def test_what_is_wanted_is_not_restricted_and_known_to_the_library_and_to_our_readers():
    reports = [one for one in WANTED if one.report]
    assert [one.name for one in reports if is_restricted(one.report)] == []
    assert {one.report for one in reports} <= {kind.value for kind in ReportType}
    names = {layout.name for layout in layouts(MARKETPLACES["US"], "America/Los_Angeles")}
    assert {one.reader for one in reports} <= names


def test_every_marketplace_is_the_librarys():
    ours = {code: place.marketplace_id for code, place in MARKETPLACES.items()}
    assert ours == {code: Marketplaces[code].marketplace_id for code in ours}


def test_marketplaces_of_two_regions_are_refused():
    assert endpoint_of([marketplace("GB"), marketplace("IN")]).api == "https://sellingpartnerapi-eu.amazon.com"
    with pytest.raises(InputError, match="Make an account folder for each region"):
        endpoint_of([marketplace("US"), marketplace("GB")])


def test_a_kind_of_file_is_chosen_by_our_name_or_amazons():
    assert [one.name for one in chosen(["GET_SELLER_FEEDBACK_DATA", "all_orders"])] == ["all_orders", "feedback"]
    assert chosen([]) == list(WANTED)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"since": "1.11.2026"}, "--from: expected a day such as 2026-11-15. Correct it."),
        ({"until": "yesterday"}, "--to: expected a day such as 2026-11-15. Correct it."),
        (
            {"since": "2026-11-24"},
            "--from: expected a day that is not after --to, and not after today. Correct one of them.",
        ),
        (
            {"since": "2026-11-02", "until": "2026-11-01"},
            "--from: expected a day that is not after --to, and not after today. Correct one of them.",
        ),
    ],
)
def test_days_that_are_none_are_refused(shop: Shop, asked: dict[str, str], told: str):
    with pytest.raises(InputError) as caught:
        shop.fetch("listings", **asked)
    assert f"{caught.value}" == told
    assert shop.world.asked == []


def test_a_name_that_is_none_is_refused(shop: Shop):
    with pytest.raises(InputError) as caught:
        shop.fetch("everything")
    names = "all_orders, feedback, performance, returns, listings, orders"
    assert f"{caught.value}" == f"--only: expected one of {names}. Correct it or leave it out."


def test_an_account_that_is_none_is_refused(tmp_path: Path):
    put(tmp_path, {}, US)
    with pytest.raises(InputError, match="There are: shop"):
        fetch(tmp_path, "other")


def test_without_the_extra_the_way_to_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path, {}, US)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(InputError) as caught:
        fetch(tmp_path, NAME)
    assert f"{caught.value}" == (
        "fetch: expected python-amazon-sp-api, which is not installed. "
        "Run: pip install -e '.[spapi]' in this program's folder, or pip install 'sellerhealth[spapi]'."
    )


PROCESS = """
import sys
from pathlib import Path
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.spapi.fetch import fetch
assert "sp_api" not in sys.modules and "httpx" not in sys.modules
try:
    fetch(Path(sys.argv[1]), "shop")
except InputError as error:
    print(error.where)
"""


@pytest.mark.parametrize(
    ("variables", "where"),
    [
        ({"AWS_ENV": "SANDBOX"}, "AWS_ENV"),
        ({"AWS_ENV": "elsewhere"}, "fetch"),
        ({"SP_API_DEFAULT_MARKETPLACE": "nowhere"}, "fetch"),
        ({"SP_API_AUTH_CACHE_SIZE": "large"}, "fetch"),
        ({}, "credentials"),
    ],
)
def test_variables_of_the_library_do_no_harm(tmp_path: Path, variables: dict[str, str], where: str):
    """In a process of its own, since the library reads them once; and it is loaded only when something is fetched."""
    put(tmp_path, {}, US)
    secrets = dict.fromkeys(("SP_API_REFRESH_TOKEN", "LWA_APP_ID", "LWA_CLIENT_SECRET"), "secret" if variables else "")
    environment = {**os.environ, **secrets, **variables, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROCESS, tmp_path],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == (f"{where}\n", "")
