"""What goes wrong with object storage: asked again with patience, and told in a sentence when it stays wrong."""

import errno
import hashlib
import math
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote import bucket
from sellerhealth.sources.remote import fetch as fetching
from sellerhealth.sources.remote.address import checked, is_remote
from tests.remote.bucket import Answer, Stored, refusal
from tests.remote.conftest import KEY, SECRET, Agency, tree

BIG = os.urandom(300_000)
ASK_LATER = "Run the same command again later: what is there already is not fetched again."
FORBIDDEN = (
    "expected storage that lets you in. "
    "Check the credentials in the environment, and that they may list, read and (for the history) write there."
)
WHERE = "s3://agency/accounts/shop"


def refused(agency: Agency) -> str:
    """The sentence with which the account is refused; no word of the storage's or of the environment's is in it."""
    with pytest.raises(InputError) as told:
        agency.fetch()
    assert KEY not in str(told.value)
    assert SECRET not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("question", ["LIST", "GET accounts/shop/orders.tsv"])
@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            [refusal(403, "AccessDenied")],
            FORBIDDEN,
        ),
        (
            [refusal(401, "InvalidToken")],
            FORBIDDEN,
        ),
        ([refusal(301, "PermanentRedirect")], "expected the region of the bucket. Set AWS_REGION to it."),
        ([refusal(400, "AuthorizationHeaderMalformed")], "expected the region of the bucket. Set AWS_REGION to it."),
        (
            [refusal(403, "InvalidObjectState")],
            "expected files that can be read at once. Some lie in an archive: restore them, or move them elsewhere.",
        ),
        (
            [refusal(500, "InternalError")] * 9,
            f"expected storage that answers. It fails at the moment. {ASK_LATER}",
        ),
        ([refusal(503, "SlowDown")] * 9, f"expected storage that answers. It fails at the moment. {ASK_LATER}"),
        ([Answer(wait=2)] * 9, f"expected an answer in time. Check your network. {ASK_LATER}"),
    ],
)
def test_what_stays_wrong_is_told(agency: Agency, question: str, answers: list[Answer], sentence: str):
    agency.put({"orders.tsv": "x"})
    agency.bucket.fail(question, *answers)
    where = WHERE if question == "LIST" else f"{WHERE}/orders.tsv"
    assert refused(agency) == f"{where}: {sentence}"


@pytest.mark.parametrize("question", ["LIST", "GET accounts/shop/orders.tsv"])
@pytest.mark.parametrize("answer", [refusal(500, "InternalError"), refusal(503, "SlowDown"), Answer(wait=0.8)])
def test_what_passes_is_waited_out(agency: Agency, question: str, answer: Answer):
    agency.put({"orders.tsv": "x"})
    agency.bucket.fail(question, answer)
    assert (agency.fetch() / "shop" / "orders.tsv").read_text() == "x"


def test_a_bucket_that_is_not_there(agency: Agency):
    agency.data = "s3://agencies/accounts"
    sentence = "expected a bucket or folder that is there. Check the address for a typing error."
    assert refused(agency) == f"s3://agencies/accounts/shop: {sentence}"
    with pytest.raises(InputError, match=r"^s3://agencies/accounts: expected a bucket or folder that is there"):
        agency.names()


def test_a_folder_that_is_not_there(agency: Agency):
    agency.data = (agency.home / "nowhere").as_uri()
    assert "expected a bucket or folder that is there. Check the address" in refused(agency)


def test_an_answer_that_is_none(agency: Agency):
    agency.bucket.fail("LIST", Answer(body=b"<html>Log in to the hotel's network"))
    sentence = "Check that it is the address of a folder, and of storage of its kind."
    assert refused(agency) == f"{WHERE}: expected storage that can be read. {sentence}"


def test_no_network(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert refused(agency) == (
        f"{WHERE}: expected storage that can be reached. Check the address and your network. {ASK_LATER}"
    )


def test_no_encryption_unless_it_is_asked_for(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    assert refused(agency) == (
        f"{WHERE}: expected an address of https. Set AWS_ALLOW_HTTP=true to go without encryption."
    )


@pytest.mark.parametrize("missing", [["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], ["AWS_ACCESS_KEY_ID"]])
def test_no_credentials(agency: Agency, monkeypatch: pytest.MonkeyPatch, missing: list[str]):
    # Without any, the library asks the machine of the cloud it may run on.
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9")
    for name in missing:
        monkeypatch.delenv(name)
    assert refused(agency).endswith(
        ": expected credentials in the environment. Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION."
    )


def test_without_the_library(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    assert "expected the library obstore, which reads object storage. Run: pip install -e '.[remote]' in" in refused(
        agency
    )


def test_a_disk_that_is_full(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    def full(*paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetching, "put", full)
    assert refused(agency) == (
        "the copy of shop: expected a disk that can be written to. "
        "No space left on device. Look after the disk and run the same command again."
    )


def test_a_run_that_takes_too_long(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    def late() -> None:
        monkeypatch.setattr(bucket, "time", SimpleNamespace(monotonic=lambda: math.inf))

    agency.put({"a.txt": "x"})
    agency.bucket.before["GET accounts/shop/a.txt"] = late
    assert refused(agency) == f"s3://agency/accounts: expected files that come in time. Check your network. {ASK_LATER}"
    (data,) = (agency.home / "here/sellerhealth/remote").iterdir()
    assert not (data / "shop/a.txt").exists()


def test_a_download_that_is_cut_off_goes_on_where_it_was(agency: Agency):
    agency.put({"big": BIG})
    cut = iter([100_000])
    agency.bucket.changed["GET accounts/shop/big"] = lambda true: replace(true, cut=next(cut, None))
    assert (agency.fetch() / "shop" / "big").read_bytes() == BIG
    asked = [headers for method, key, headers in agency.bucket.asked if key.endswith("big")]
    assert [one.get("range") for one in asked] == [None, "bytes=100000-299999"]
    # Of another object the rest would not be given.
    assert {one["if-match"].strip('"') for one in asked} == {hashlib.md5(BIG).hexdigest()}


def damaged(answers: Iterator[int]) -> Callable[[Answer], Answer]:
    """Answers of the right length whose first byte is another each time, as often as there is one."""

    def change(true: Answer) -> Answer:
        first = next(answers, None)
        return true if first is None else replace(true, body=bytes([BIG[0] ^ first]) + BIG[1:])

    return change


NOT_AS_LISTED = (
    f"{WHERE}: expected files that come as they are listed. "
    f"One of them changed or was damaged each time it was fetched. {ASK_LATER}"
)
OUT_OF_REACH = f"{WHERE}/big: expected storage that can be reached. Check the address and your network. {ASK_LATER}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda true: replace(true, body=true.body[:1000]), NOT_AS_LISTED),
        (damaged(count(1)), NOT_AS_LISTED),
        (lambda true: replace(true, cut=0), OUT_OF_REACH),
    ],
)
def test_a_download_that_never_comes_whole(agency: Agency, change: Callable[[Answer], Answer], sentence: str):
    agency.put({"big": BIG})
    agency.bucket.changed["GET accounts/shop/big"] = change
    assert refused(agency) == sentence
    (data,) = (agency.home / "here/sellerhealth/remote").iterdir()
    assert tree(data / "shop") == ["account.toml"]


def test_a_download_that_was_damaged_once_is_made_again(agency: Agency):
    agency.put({"big": BIG})
    agency.bucket.changed["GET accounts/shop/big"] = damaged(iter([1]))
    assert (agency.fetch() / "shop" / "big").read_bytes() == BIG


def test_a_tag_that_only_looks_like_a_hash_is_no_damage(agency: Agency):
    """Where storage encrypts with a key of its own, ETags look like an MD5 and are none."""
    agency.put({"a.txt": "a"}, etag="0" * 32)
    agency.fetch()
    assert agency.asked() == ["a.txt", "a.txt", "account.toml"]
    agency.put({"b.txt": "b"}, etag="1" * 32)
    agency.fetch()
    assert agency.asked() == ["b.txt"]


def test_what_changes_meanwhile_is_listed_anew(agency: Agency):
    agency.put({"a.txt": "old", "b.txt": "gone"})
    agency.bucket.before["GET accounts/shop/a.txt"] = lambda: agency.put({"a.txt": "new"})
    agency.bucket.before["GET accounts/shop/b.txt"] = lambda: agency.remove("b.txt")
    folder = agency.fetch() / "shop"
    assert tree(folder) == ["a.txt", "account.toml"]
    assert (folder / "a.txt").read_text() == "new"


def test_what_never_keeps_still_is_refused(agency: Agency):
    numbers = count()
    agency.put({"a.txt": "0"})

    def change(true: Answer) -> Answer:
        agency.bucket.objects["accounts/shop/a.txt"] = Stored(f"{next(numbers)}".encode())
        return replace(true, status=412)

    agency.bucket.changed["GET accounts/shop/a.txt"] = change
    assert refused(agency) == NOT_AS_LISTED


def test_the_copy_stays_when_storage_is_away(agency: Agency):
    agency.put({"a.txt": "x"})
    folder = agency.fetch() / "shop"
    agency.bucket.fail("LIST", refusal(403, "AccessDenied"))
    refused(agency)
    assert tree(folder) == ["a.txt", "account.toml"]


@pytest.mark.parametrize(
    "data",
    [
        "s3://canary-key-id:canary-secret@agency/accounts",
        "s3://canary-key-id@agency/accounts",
        "abfss://container:canary-secret@account.dfs.core.windows.net/accounts",
        "az://container/accounts?sig=canary-secret",
        "s3://agency/accounts#canary-secret",
    ],
)
def test_an_address_with_a_secret_is_refused(agency: Agency, data: str):
    agency.data = data
    assert refused(agency).startswith("data: expected an address without credentials. Leave out what is before an @")


@pytest.mark.parametrize(
    "data", ["hf://datasets/x", "ftp://host/x", "https://bucket.s3.amazonaws.com/x", "://x", "s3://", "s3://[x"]
)
def test_an_address_that_is_none_is_refused(agency: Agency, data: str):
    agency.data = data
    assert "Write it such as s3://bucket/accounts" in refused(agency)


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        ("gcs://bucket/accounts", "gs://bucket/accounts"),
        ("abfss://container@account.dfs.core.windows.net/x/", "abfss://container@account.dfs.core.windows.net/x"),
        ("S3://bucket", "S3://bucket"),
    ],
)
def test_addresses(data: str, taken: str):
    assert is_remote(data)
    assert checked(data) == taken


def test_no_secret_is_written_down(agency: Agency):
    agency.put({"orders.tsv": "x"})
    data = agency.fetch()
    agency.push()
    texts = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert KEY.encode() not in texts
    assert SECRET.encode() not in texts
