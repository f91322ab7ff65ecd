"""Secrets come from the environment or the keyring only, and are found nowhere afterwards; nor is any buyer."""

import base64
import gzip
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import open_account
from sellerhealth.sources.spapi.credentials import Credentials, credentials
from sellerhealth.sources.spapi.quiet import LIBRARIES, quiet
from tests.fetch.conftest import Shop
from tests.fetch.server import ACCESS_TOKEN, APP_ID, REFRESH_TOKEN, SECRET, SIGNATURE, Answer
from tests.fetch.test_order_pages import PRIVATE, page
from tests.fetch.test_reports import ALL_ORDERS_REPORT, FEEDBACK_REPORT, FIVE, LISTINGS_REPORT, SINCE
from tests.sources.folder import ALL_ORDERS, FEEDBACK, ID, ID_2, NAME, order, text

SECRETS = (ACCESS_TOKEN, REFRESH_TOKEN, APP_ID, SECRET, SIGNATURE)
NAMES = ("SP_API_REFRESH_TOKEN", "LWA_APP_ID", "LWA_CLIENT_SECRET")


class Memory(KeyringBackend):
    """A keyring with these entries; without any it is locked, as on a machine where nobody is logged in."""

    priority = 1

    def __init__(self, **entries: str) -> None:
        self.entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        if not self.entries:
            raise KeyringError("locked")
        return self.entries.get(username) if service == "sellerhealth" else None

    def set_password(self, *_: str) -> None:
        raise AssertionError

    def delete_password(self, *_: str) -> None:
        raise AssertionError


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    yield
    keyring.set_keyring(before)


def hidden(*words: str) -> list[bytes]:
    """The words as they may stand in a file."""
    forms = []
    for word in words:
        plain = word.encode()
        forms += [plain, quote(word).encode(), word.encode("utf-16-le"), plain.hex().encode(), word[::-1].encode()]
        forms += [base64.b64encode(plain + bytes(extra))[:-4] for extra in range(3)]
    return forms


def seen(folder: Path, words: tuple[str, ...]) -> list[str]:
    """The files under a folder that hold one of the words, packed ones unpacked."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content += gzip.decompress(content) if content.startswith(b"\x1f\x8b") else b""
            found += [f"{path.name}: {form!r}" for form in hidden(*words) if form in content]
    return found


def test_no_secret_and_no_buyer_is_left_anywhere(
    shop: Shop, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    """Every question fails once and is answered then; everything is logged that anybody logs."""
    caplog.set_level(logging.DEBUG)
    for name in ("sp_api", "sp_api.base.client", "sp_api.auth.access_token_client", "httpx", "httpcore.http11"):
        caplog.set_level(logging.DEBUG, logger=name)
    name, street, mail, phone, message, code = PRIVATE
    told = {"Date": "11/5/26", "Rating": "1", "Order ID": ID, "Comments": f"{name} {phone}", "Rater Email": mail}
    bought = order(ship_city=street, ship_postal_code=code, product_name=message, purchase_order_number=name)
    content = {**FIVE, FEEDBACK_REPORT: text(FEEDBACK, told), ALL_ORDERS_REPORT: text(ALL_ORDERS, bought)}
    shop.world.documents = {report: given.encode() for report, given in content.items()}
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    for question in ("login", "createReport", "getReport", "getReportDocument", "download", "searchOrders"):
        shop.world.fail(question, Answer.of({"errors": [{"code": "X", "message": f"{ACCESS_TOKEN} {name}"}]}, 500))
    assert shop.fetch(since=SINCE) == 0
    open_account(shop.data, NAME)
    words = (*SECRETS, *PRIVATE)
    assert len(shop.files()) == 6
    assert seen(tmp_path, words) == []
    printed = "".join([caplog.text, *capfd.readouterr(), *shop.told])
    assert [word for word in words if word in printed] == []
    assert "/signed/" not in printed


def test_a_canary_that_is_there_would_be_seen(tmp_path: Path):
    for number, form in enumerate(hidden("Ann Canary")):
        (tmp_path / f"{number}").write_bytes(b"... " + form + b" ...")
    (tmp_path / "packed").write_bytes(gzip.compress(b"Ann Canary"))
    assert len({line.partition(":")[0] for line in seen(tmp_path, ("Ann Canary",))}) == len(hidden("Ann Canary")) + 1


def test_no_failure_tells_a_secret(shop: Shop, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    echo = f"{ACCESS_TOKEN} {REFRESH_TOKEN} {SECRET} {SIGNATURE}"
    shop.world.documents[LISTINGS_REPORT] = echo.encode()
    shop.world.fail("createReport", Answer.of({"errors": [{"code": "Unauthorized", "message": echo}]}, 403))
    assert shop.fetch("listings") == 1
    first = list(shop.told)
    assert shop.fetch("listings") == 1
    assert [secret for secret in SECRETS if secret in "".join([*first, *shop.told, caplog.text])] == []


def test_the_libraries_are_silent_and_afterwards_as_they_were(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    logger = logging.getLogger("httpx")
    child = logging.getLogger("httpcore.connection")
    child.setLevel(logging.DEBUG)
    before = (logger.level, list(logger.filters))
    with quiet():
        child.setLevel(logging.DEBUG)
        for name in (*LIBRARIES, "httpcore.connection", "sp_api.made.later"):
            logging.getLogger(name).critical("canary")
        logging.getLogger("sellerhealth").warning("heard")
    assert [record.message for record in caplog.records] == ["heard"]
    assert (logger.level, logger.filters) == before
    child.setLevel(logging.NOTSET)


def test_secrets_are_not_shown(shop: Shop):
    found = credentials("my-shop", dict(zip(NAMES, SECRETS, strict=False)))
    assert f"{found}" == "Credentials()"


def test_the_accounts_own_secret_goes_first():
    keyring.set_keyring(Memory(**{"LWA_APP_ID my-shop": "keyring, own", "LWA_CLIENT_SECRET": "keyring, all"}))
    environment = {
        "SP_API_REFRESH_TOKEN": "environment, all",
        "SP_API_REFRESH_TOKEN_MY_SHOP": "environment, own",
        "LWA_APP_ID": "environment, all",
    }
    assert credentials("my-shop", environment) == Credentials(
        refresh_token="environment, own", app_id="keyring, own", client_secret="keyring, all"
    )


@pytest.mark.parametrize("backend", [Memory(), Memory(other="there")])
def test_missing_secrets_are_named_with_the_places_they_are_looked_for(backend: KeyringBackend):
    keyring.set_keyring(backend)
    with pytest.raises(InputError) as caught:
        credentials("my-shop", {"LWA_APP_ID": "there", "LWA_CLIENT_SECRET": "  "})
    assert f"{caught.value}" == (
        "credentials: expected SP_API_REFRESH_TOKEN and LWA_CLIENT_SECRET for my-shop. "
        "Set SP_API_REFRESH_TOKEN and LWA_CLIENT_SECRET in the environment, or store each with: "
        'keyring set sellerhealth "SP_API_REFRESH_TOKEN my-shop". '
        "Seller Central shows all three when you register an application for your own account: "
        "Apps and Services, Develop Apps, Authorise."
    )


def test_a_file_of_credentials_is_not_looked_for(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where python-amazon-sp-api would find one."""
    folder = tmp_path / "config"
    folder.mkdir()
    strange = (
        "version: '1.0'\ndefault:\n  refresh_token: stranger\n  lwa_app_id: stranger\n  lwa_client_secret: stranger\n"
    )
    (folder / "credentials.yml").write_text(strange)
    monkeypatch.setenv("PYTHON-SP-APIDIR", str(folder))
    monkeypatch.delenv("LWA_APP_ID")
    with pytest.raises(InputError, match="credentials: expected LWA_APP_ID for shop"):
        shop.fetch("listings")
    assert shop.world.asked == []


def test_the_environment_cannot_choose_another_marketplace(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SP_API_DEFAULT_MARKETPLACE", "JP")
    shop.world.documents[LISTINGS_REPORT] = FIVE[LISTINGS_REPORT].encode()
    assert shop.fetch("listings") == 0
    (asked,) = shop.world.questions("createReport")
    assert asked["marketplaceIds"] == ["ATVPDKIKX0DER"]
