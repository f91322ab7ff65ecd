"""Which accounts a data folder holds, wherever it lies, and one of them brought here."""

from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import history
from sellerhealth.sources.remote.local import give_back, local, names_in
from tests.remote.bucket import refusal
from tests.remote.conftest import TOML, Agency, printed, tree
from tests.sources.folder import ONE_ORDER, put


def test_accounts_are_the_folders_with_settings(agency: Agency):
    agency.put({"account.toml": TOML}, account="books")
    agency.put({"readme.txt": "no account"}, account="archive")
    agency.bucket.put("accounts/account.toml", TOML)
    agency.bucket.page = 2
    assert agency.names() == ["books", "shop"]


def test_an_account_that_one_may_not_read_is_refused_by_itself(agency: Agency):
    agency.put({"account.toml": TOML}, account="closed")
    for question in ("HEAD", "GET"):
        agency.bucket.fail(f"{question} accounts/closed/account.toml", refusal(403, "AccessDenied"))
    assert agency.names() == ["closed", "shop"]
    with pytest.raises(
        InputError, match=r"s3://agency/accounts/closed/account.toml: expected storage that lets you in"
    ):
        agency.fetch("closed")


def test_who_asked_for_the_accounts_may_fork(agency: Agency):
    """The library's threads would be missing in the child, which would then wait for ever."""
    code = f"""
import os, signal
from sellerhealth.sources.remote.fetch import fetch
from sellerhealth.sources.remote.names import names
assert names({agency.data!r}) == ["shop"]
if not (child := os.fork()):
    signal.alarm(20)
    fetch({agency.data!r}, "shop")
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert printed(code) == 7


def test_an_account_that_is_not_there_is_told_with_those_that_are(agency: Agency):
    with pytest.raises(InputError) as refused:
        agency.fetch("ship")
    assert str(refused.value) == "account: expected a folder under s3://agency/accounts/. There are: shop."


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a b"])
def test_an_account_whose_name_is_no_folder_is_refused(agency: Agency, name: str):
    with pytest.raises(InputError, match="account: expected letters, digits, dot, dash or underline"):
        agency.fetch(name)


def test_a_folder_of_this_machine_is_taken_as_it_is(agency: Agency):
    data = str(put(agency.home / "data", {"orders.tsv": ONE_ORDER}).parent)
    assert (names_in(data), local(data, "shop"), give_back(data, "shop")) == (["shop"], Path(data), "")
    assert not (agency.home / "here").exists()


def test_one_on_object_storage_is_brought(agency: Agency):
    agency.put({"orders.tsv": ONE_ORDER})
    assert names_in(agency.data) == ["shop"]
    assert tree(local(agency.data, "shop", settings_only=True) / "shop") == ["account.toml"]
    data = local(agency.data, "shop/north")
    history.home(data / "shop").joinpath("a.parquet").write_text("kept")
    assert give_back(agency.data, "shop/north") == ""
    assert agency.bucket.objects["accounts/shop/.history/a.parquet"].content == b"kept"
