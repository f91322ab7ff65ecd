"""What goes wrong on the way: tried again with patience, and told in a sentence when it stays wrong."""

import base64
import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.spapi import cells, documents
from sellerhealth.sources.spapi.client import Amazon, Endpoint
from sellerhealth.sources.spapi.patience import FetchError, Patience
from tests.fetch.conftest import Shop
from tests.fetch.server import LIMITED, Answer
from tests.sources.folder import ALL_LISTINGS, NAME, text

REPORT = "GET_MERCHANT_LISTINGS_ALL_DATA"
FILE = "listings_US.tsv"
LISTINGS = text(ALL_LISTINGS, {"seller-sku": "MUG-1", "quantity": "4", "status": "Active"})
PACKED = gzip.compress(LISTINGS.encode())
BROKEN = Answer.of({"errors": [{"code": "InternalFailure", "message": "Try again."}]}, 503)
CUT = "The download was cut off or damaged."
QUESTIONS = ("createReport", "getReport", "getReportDocument")


@pytest.fixture
def listed(shop: Shop) -> Shop:
    shop.world.documents[REPORT] = LISTINGS.encode()
    return shop


def is_stored(shop: Shop) -> bool:
    return shop.files() == [FILE] and (shop.folder / FILE).read_text() == LISTINGS


def told(shop: Shop) -> str:
    """The one sentence on the one file."""
    (_, sentence) = shop.told
    return sentence.removeprefix("All Listings (US), 2026-11-23: ")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_service_is_asked_again(listed: Shop, question: str, status: int):
    listed.world.fail(question, *[Answer.of({"errors": []}, status)] * 5)
    assert listed.fetch("listings") == 0
    assert is_stored(listed)
    waits = zip(listed.slept, (2, 4, 8, 16, 32), strict=True)
    assert all(longest / 2 <= slept <= longest for slept, longest in waits)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_service_that_keeps_failing_is_left_alone(listed: Shop, question: str):
    listed.world.fail(question, *[BROKEN] * 6)
    assert listed.fetch("listings") == 1
    later = "Run the same command again later: what is stored is not fetched again."
    assert told(listed) == f"not fetched. Amazon's service fails. {later}"
    assert listed.fetch("listings") == 0
    assert is_stored(listed)
    assert len(listed.world.made) == 1


@pytest.mark.parametrize(
    ("question", "headers", "least"),
    [
        ("createReport", {"Retry-After": "90"}, 90),
        ("createReport", {"x-amzn-RateLimit-Limit": "0.05"}, 20),
        ("createReport", {}, 1 / 0.0167),
        ("getReport", {"Retry-After": "Wed, 25 Nov 2026 07:28:00 GMT"}, 0.5),
        ("getReportDocument", {"Retry-After": "-5"}, 0),
        ("createReport", {"Retry-After": "86400"}, 300),
    ],
)
def test_a_limit_is_waited_out_as_long_as_amazon_says(
    listed: Shop, question: str, headers: dict[str, str], least: float
):
    listed.world.fail(question, Answer.of(LIMITED, 429, **headers))
    assert listed.fetch("listings") == 0
    (slept,) = listed.slept
    assert least <= slept <= max(least, 2)


def test_a_limit_that_does_not_end(listed: Shop):
    listed.world.fail("createReport", *[Answer.of(LIMITED, 429)] * 6)
    assert listed.fetch("listings") == 1
    assert told(listed).startswith("not fetched. Amazon is asked too often. Run the same command again later")


@pytest.mark.parametrize("status", [401, 403])
def test_what_amazon_does_not_allow_is_not_tried_again(listed: Shop, status: int):
    listed.world.fail("createReport", Answer.of({"errors": [{"code": "Unauthorized", "message": "No."}]}, status))
    assert listed.fetch("listings") == 1
    assert told(listed) == (
        "not fetched. Amazon does not allow it. "
        "Check in Seller Central that your application has the role for it, and authorise it again."
    )
    assert listed.slept == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, PACKED[:-40], length=len(PACKED)),
        Answer(200, PACKED[:-4]),
        Answer(200, PACKED[:20] + bytes(10) + PACKED[30:]),
        Answer(200, LISTINGS.encode()),
        Answer(200, PACKED, {"x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(b"other").digest()).decode()}),
        Answer(200, PACKED, {"Content-MD5": base64.b64encode(hashlib.md5(b"other").digest()).decode()}),
        Answer(200, b""),
    ],
    ids=["cut off", "no end", "damaged", "not packed", "wrong SHA-256", "wrong MD5", "nothing"],
)
def test_a_download_that_is_not_whole_is_made_again_and_never_stored(listed: Shop, answer: Answer):
    listed.world.fail("download", answer)
    assert listed.fetch("listings") == 0
    assert is_stored(listed)
    assert len(listed.slept) == 1
    (listed.folder / FILE).unlink()
    listed.world.fail("download", *[answer] * 6)
    assert listed.fetch("listings") == 1
    assert told(listed).startswith(f"not fetched. {CUT}")
    assert sorted(path.name for path in listed.folder.iterdir()) == [".fetch.json", ".lock"]


def test_a_right_checksum_is_no_reason_to_try_again(listed: Shop):
    sums = {
        "x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(PACKED).digest()).decode(),
        "Content-MD5": base64.b64encode(hashlib.md5(PACKED).digest()).decode(),
    }
    listed.world.fail("download", Answer(200, PACKED, sums))
    assert listed.fetch("listings") == 0
    assert listed.slept == []


def test_a_checksum_of_parts_says_nothing_of_the_whole(listed: Shop):
    listed.world.fail("download", Answer(200, PACKED, {"x-amz-checksum-sha256": "b3RoZXI=-3"}))
    assert listed.fetch("listings") == 0
    assert listed.slept == []


def test_two_packed_parts_in_one_document_are_both_stored(listed: Shop):
    begin, end = LISTINGS[:40].encode(), LISTINGS[40:].encode()
    listed.world.fail("download", Answer(200, gzip.compress(begin) + gzip.compress(end)))
    assert listed.fetch("listings") == 0
    assert is_stored(listed)


def test_an_address_that_has_expired_is_asked_for_again(listed: Shop):
    listed.world.fail("download", Answer(403, b"<Error><Code>AccessDenied</Code></Error>"))
    assert listed.fetch("listings") == 0
    assert is_stored(listed)
    assert len(listed.world.questions("getReportDocument")) == 2


def test_a_download_that_drips_is_given_up(listed: Shop):
    listed.patience = Patience(silent=5.0, download=0.2, tries=2)
    listed.world.fail("download", *[Answer(200, PACKED, drip=0.2)] * 2)
    begun = time.monotonic()
    assert listed.fetch("listings") == 1
    assert told(listed).startswith("not fetched. The download was too slow.")
    assert time.monotonic() - begun < len(PACKED) * 0.2


def test_a_download_in_the_smallest_pieces_is_whole(listed: Shop):
    listed.world.fail("download", Answer(200, PACKED, drip=0.0001))
    assert listed.fetch("listings") == 0
    assert listed.slept == []
    assert is_stored(listed)


@pytest.mark.parametrize("cap", ["LARGEST_DOWNLOAD", "LARGEST_TEXT"])
def test_a_document_without_an_end_is_left(listed: Shop, cap: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, cap, 100)
    assert listed.fetch("listings") == 1
    assert told(listed) == "not fetched. The document is larger than this program takes. Fetch a shorter period."
    assert listed.slept == []


def test_a_line_without_an_end_is_left(listed: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cells, "LONGEST_LINE", 10)
    listed.world.fail("download", Answer(200, gzip.compress(LISTINGS.rstrip().encode())))
    assert listed.fetch("listings") == 1
    assert told(listed) == "not fetched. The document is no table. Download the report in Seller Central instead."


def test_an_answer_that_never_comes_is_given_up(listed: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listed.world, "model", None)
    listed.patience = Patience(silent=0.2, tries=2)
    listed.world.fail("getReport", *[Answer(200, b'{"reportId": "1"}', drip=0.5)] * 2)
    assert listed.fetch("listings") == 1
    assert told(listed).startswith("not fetched. The connection to Amazon failed. Check your network.")


def test_nobody_answers(listed: Shop):
    listed.address = "http://127.0.0.1:1"
    assert listed.fetch("listings") == 1
    assert told(listed).startswith("not fetched. The connection to Amazon failed. Check your network.")


@pytest.mark.parametrize("body", [b"<html>Please log in to this network</html>", b"[1]", b'"ok"', b"{}", b"\xff"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_of_some_machine_in_between_is_not_believed(
    listed: Shop, question: str, body: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listed.world, "model", None)
    listed.world.fail(question, *[Answer(200, body)] * 6)
    assert listed.fetch("listings") == 1
    assert told(listed).startswith("not fetched. Amazon's answer cannot be read.")
    assert listed.files() == []


@pytest.mark.parametrize("status", [301, 302, 307])
def test_nobody_is_followed_elsewhere(listed: Shop, status: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listed.world, "model", None)
    listed.world.fail("download", *[Answer(status, b"", {"Location": "http://127.0.0.1:1/"})] * 6)
    assert listed.fetch("listings") == 1
    assert listed.files() == []


def test_an_address_without_encryption_is_not_opened(listed: Shop, monkeypatch: pytest.MonkeyPatch):
    document = {"reportDocumentId": "1", "url": "http://127.0.0.1:1/signed"}
    amazon = Amazon.__new__(Amazon)
    amazon._endpoint = Endpoint(api="https://amazon.example")
    monkeypatch.setattr(amazon, "_reports", None, raising=False)
    monkeypatch.setattr(amazon, "_ask", lambda *_: document, raising=False)
    with pytest.raises(FetchError, match="Amazon named an unsafe address"):
        amazon.document("1")


@pytest.mark.parametrize(
    ("status", "error", "where"),
    [
        (400, "invalid_grant", "SP_API_REFRESH_TOKEN"),
        (401, "invalid_client", "LWA_APP_ID"),
        (400, "unauthorized_client", "LWA_APP_ID"),
    ],
)
def test_secrets_that_amazon_refuses_end_the_run(listed: Shop, status: int, error: str, where: str):
    listed.world.fail("login", Answer.of({"error": error, "error_description": "canary-description"}, status))
    with pytest.raises(InputError) as caught:
        listed.fetch("listings")
    assert caught.value.where == where
    assert "canary" not in f"{caught.value}"
    assert listed.world.questions("createReport") == []


def test_a_login_that_fails_for_a_moment_is_tried_again(listed: Shop):
    listed.world.fail("login", Answer(503, b"busy"), Answer(429, b"slow down"))
    assert listed.fetch("listings") == 0
    assert is_stored(listed)


def test_a_full_disk_is_told_of(listed: Shop, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sellerhealth.sources.spapi.cells.only", full)
    assert listed.fetch("listings") == 1
    assert told(listed) == ("not stored. No space left on device. Look after the disk and run the same command again.")


def test_what_was_remembered_and_cannot_be_read_is_fetched_again(listed: Shop):
    listed.fetch("listings")
    for damaged in ("{", "[]", '{"asked": {}, "pages": {}, "kept": {"a": {}}}', "null"):
        (listed.folder / ".fetch.json").write_text(damaged)
        assert listed.fetch("listings") == 0
        assert is_stored(listed)


def test_two_runs_at_once_do_not_meet(listed: Shop):
    listed.world.states[REPORT] = ["IN_QUEUE"]
    refused = []

    def begin_another() -> None:
        with pytest.raises(InputError) as caught:
            Shop(listed.data, listed.world, listed.address).fetch("listings")
        refused.append(f"{caught.value}")

    listed.at_sleep = begin_another
    assert listed.fetch("listings") == 0
    assert refused == [
        "shop/fetched: expected one fetch of an account at a time. Wait for the other one to end, or stop it."
    ]


def test_a_folder_that_cannot_be_made_is_told_of(listed: Shop):
    listed.folder.write_text("a note of the user's")
    with pytest.raises(InputError) as caught:
        listed.fetch("listings")
    assert f"{caught.value}" == (
        "shop/fetched: expected a folder that can be written to. Change its permissions, or rename what has its name."
    )


def test_a_report_of_the_day_before_is_not_waited_for(listed: Shop):
    listed.world.end[REPORT] = "IN_QUEUE"
    listed.patience = Patience(run=10)
    listed.fetch("listings")
    listed.time += timedelta(days=2)
    listed.fetch("listings")
    asked = json.loads((listed.folder / ".fetch.json").read_text())["asked"]
    assert {name: entry["at"] for name, entry in asked.items()} == {FILE: "2026-11-25T09:30:20+00:00"}
    assert len(listed.world.made) == 2


class Killed(BaseException):
    """The process is gone at this point; nothing may be put in order."""


@pytest.mark.parametrize("question", [*QUESTIONS, "download"])
def test_a_run_that_was_killed_goes_on(listed: Shop, question: str, monkeypatch: pytest.MonkeyPatch):
    """Killed while a question is asked, at a waiting that would follow."""
    listed.world.fail(question, BROKEN if question != "download" else Answer(503))

    def kill() -> None:
        raise Killed

    listed.at_sleep = kill
    with pytest.raises(Killed):
        listed.fetch("listings")
    listed.at_sleep = lambda: None
    assert listed.files() == []
    assert listed.fetch("listings") == 0
    assert is_stored(listed)
    assert len(listed.world.made) == 1
    assert sorted(path.name for path in listed.folder.iterdir()) == [".fetch.json", ".lock", ".work", FILE]


PROCESS = """
import sys
from pathlib import Path
from sellerhealth.sources.spapi.client import Endpoint
from sellerhealth.sources.spapi.fetch import fetch
fetch(Path(sys.argv[1]), "shop", only=["listings"], endpoint=Endpoint(api=sys.argv[2], login=sys.argv[2]))
"""


def test_a_process_that_was_killed_in_a_download_leaves_nothing_that_is_read(listed: Shop):
    listed.world.packed = False
    listed.world.fail("download", Answer(200, LISTINGS.encode(), drip=0.05))
    with subprocess.Popen([sys.executable, "-c", PROCESS, listed.data, listed.address]) as process:
        _until(lambda: "download" in [name for name, _ in listed.world.asked])
        os.kill(process.pid, signal.SIGKILL)
    assert listed.files() == []
    assert listed.fetch("listings") == 0
    (stored,) = listed.files()
    assert (listed.folder / stored).read_text() == LISTINGS
    assert len(listed.world.made) <= 2
    assert not list(Path(listed.data / NAME).rglob("*.part"))


def _until(there: object) -> None:
    end = time.monotonic() + 60
    while not there() and time.monotonic() < end:
        time.sleep(0.02)
