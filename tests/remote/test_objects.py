"""Which objects of an account are its files, and which names are refused."""

import pytest

from sellerhealth.definition.errors import InputError
from tests.remote.conftest import Agency, tree


def test_hidden_objects_and_the_marks_of_folders_are_not_fetched(agency: Agency):
    agency.put({".store/salt.json": "1", "2026/.DS_Store": "x", "2026/": "", "empty/": "", "2026/notes.txt": "a"})
    folder = agency.fetch() / "shop"
    assert tree(folder) == ["2026/notes.txt", "account.toml"]
    assert agency.asked() == ["2026/notes.txt", "account.toml"]


def test_a_file_without_bytes_is_a_file(agency: Agency):
    agency.put({"notes.txt": ""})
    assert (agency.fetch() / "shop" / "notes.txt").read_bytes() == b""


@pytest.mark.parametrize(
    "name", ["a b.txt", "50%.txt", "a%20b.txt", "Aufträge ä.txt", "a+b&c=d?#.txt", "10:30.txt", "..a"]
)
def test_names_come_as_they_are(agency: Agency, name: str):
    agency.put({f"new/{name}": "x"})
    folder = agency.fetch() / "shop"
    assert tree(folder) == (["account.toml", f"new/{name}"] if not name.startswith(".") else ["account.toml"])


@pytest.mark.parametrize("name", ["C:orders.txt", "c:/orders.txt", "con", "NUL.txt", "com1", "a\\..\\..\\b", "x" * 256])
def test_a_name_that_leads_elsewhere_is_refused(agency: Agency, name: str):
    agency.put({"first.txt": "a", name: "x"})
    with pytest.raises(InputError, match=r"expected the name of a file inside its folder\. Rename the object\."):
        agency.fetch()
    assert agency.asked() == []


@pytest.mark.parametrize("name", ["../other/orders.txt", "a/../../../b", "a//b", "./a", "a\nb"])
def test_a_name_that_leads_out_is_refused(agency: Agency, name: str):
    agency.put({name: "x"})
    with pytest.raises(
        InputError, match=r"s3://agency/accounts/shop: expected names of files. Rename the objects whose"
    ):
        agency.fetch()
    assert agency.asked() == []


@pytest.mark.parametrize("names", [("Orders.txt", "orders.txt"), ("a", "a/b")])
def test_names_that_not_every_disk_tells_apart_are_refused(agency: Agency, names: tuple[str, str]):
    agency.put(dict.fromkeys(names, "x"))
    with pytest.raises(InputError, match=r"shop/(Orders.txt|a): expected files with names of their own."):
        agency.fetch()
