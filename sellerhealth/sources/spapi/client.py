"""Amazon, as far as we talk to it: four questions, asked through python-amazon-sp-api.

The library brings the endpoints, the requests and the login. It neither looks at an answer's status nor tries again,
and what it raises may hold a token; so its connection is ours, and nothing it raises leaves this module.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from sp_api.api import Orders, Reports
from sp_api.auth import AccessTokenClient
from sp_api.base import Client, Marketplaces
from sp_api.base._transport_httpx import HttpxTransport
from sp_api.base.credential_provider import FromCodeCredentialProvider

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.spapi.credentials import APP_ID, REFRESH_TOKEN, Credentials
from sellerhealth.sources.spapi.pages import INCLUDED
from sellerhealth.sources.spapi.patience import LATER, BusyError, FetchError, ForbiddenError, GoneError, Patience
from sellerhealth.sources.spapi.wanted import is_restricted

Library = TypeVar("Library", bound=Client)

LOGIN = AccessTokenClient.path
RATES = {"createReport": 0.0167, "getReport": 2.0, "getReportDocument": 0.0167, "searchOrders": 0.0056}
"""How often a second Amazon lets each question be asked by and by, by its published usage plans."""
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
FORBIDDEN = (
    "Amazon does not allow it. Check in Seller Central that your application has the role for it, "
    "and authorise it again."
)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where Amazon is: the address of its API, and the host that gives out tokens. Another one serves tests only."""

    api: str
    login: str = AccessTokenClient.scheme + AccessTokenClient.host


def endpoint_of(places: Sequence[Marketplace]) -> Endpoint:
    """The endpoint of the marketplaces' region. Raises InputError for marketplaces of several regions."""
    found = {Marketplaces[place.code].endpoint for place in places}
    if len(found) > 1:
        way_out = "Make an account folder for each region: each has secrets of its own."
        raise InputError("account.toml", "marketplaces of one region of Amazon", way_out, column="marketplace")
    api = found.pop()
    if "sandbox" in api:
        raise InputError("AWS_ENV", "no sandbox: what it gives is made up", "Unset it.")
    return Endpoint(api=api)


class Amazon:
    """One seller's account at Amazon.

    Each method asks once more while Amazon is busy, and raises FetchError when it stays so, or refuses; InputError when
    the secrets are refused, since then nothing else can be asked either.
    """

    def __init__(
        self, places: Sequence[Marketplace], secrets: Credentials, endpoint: Endpoint, patience: Patience
    ) -> None:
        """Log in at the first question, not before."""
        self.patience = patience
        self._trust = httpx.create_ssl_context()
        self.http = httpx.Client(
            timeout=patience.silent, verify=self._trust, event_hooks={"response": [_raise_for_status]}
        )
        self._endpoint = endpoint
        self._home = Marketplaces[places[0].code]
        self._reports = self._library(Reports, secrets)
        self._orders = self._library(Orders, secrets, version="2026-01-01")

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def ask_for(self, report: str, marketplaces: Sequence[str], begin: str = "", end: str = "") -> str:
        """The id of a report that Amazon now begins to make. `begin` and `end` are times in ISO 8601."""
        if is_restricted(report):
            raise FetchError("It holds buyers' personal data, which this program never asks for.")
        span = {"dataStartTime": begin, "dataEndTime": end} if begin else {}
        answer = self._ask(
            "createReport",
            lambda: self._reports.create_report(reportType=report, marketplaceIds=[*marketplaces], **span),
        )
        return _text(answer, "reportId")

    def state_of(self, report_id: str) -> tuple[str, str]:
        """How far a report is (DONE, CANCELLED, FATAL, IN_QUEUE, IN_PROGRESS), and the id of its document when done."""
        answer = self._ask("getReport", lambda: self._reports.get_report(report_id))
        state = _text(answer, "processingStatus")
        return state, _text(answer, "reportDocumentId") if state == "DONE" else ""

    def document(self, document_id: str) -> tuple[str, bool]:
        """The address of a document, good for five minutes, and whether it is packed."""
        answer = self._ask("getReportDocument", lambda: self._reports.get_report_document(document_id))
        address = _text(answer, "url")
        if not address.startswith(self._endpoint.api.partition("//")[0]):
            raise FetchError(f"Amazon named an unsafe address. {LATER}")
        return address, "compressionAlgorithm" in answer

    def page(self, marketplaces: Sequence[str], after: str, before: str, token: str) -> tuple[dict[str, Any], str]:
        """A page of the orders shipped by the seller that changed in a time, and the token of the next page."""
        answer = self._ask(
            "searchOrders",
            lambda: self._orders.search_orders(
                lastUpdatedAfter=after,
                lastUpdatedBefore=before,
                marketplaceIds=[*marketplaces],
                fulfilledBy=["MERCHANT"],
                includedData=[*INCLUDED],
                **({"paginationToken": token} if token else {}),
            ),
        )
        if not isinstance(answer.get("orders"), list):
            raise FetchError(f"Amazon's answer is no page of orders. {LATER}")
        pagination = answer.get("pagination")
        following = pagination.get("nextToken") if isinstance(pagination, dict) else None
        return answer, following if isinstance(following, str) else ""

    def _library(self, kind: Callable[..., Library], secrets: Credentials, **more: str) -> Library:
        """A client of the library with our secrets, our connection and our endpoint, and nothing from elsewhere."""
        scheme, _, host = self._endpoint.login.partition("//")
        login = type("Login", (AccessTokenClient,), {"scheme": f"{scheme}//", "host": host})
        library = kind(
            marketplace=self._home,
            credentials={
                "refresh_token": secrets.refresh_token,
                "lwa_app_id": secrets.app_id,
                "lwa_client_secret": secrets.client_secret,
            },
            # Left out, a credentials.yml of somebody else would be looked for.
            credential_providers=(FromCodeCredentialProvider,),
            auth_token_client_class=login,
            verify=self._trust,
            **more,
        )
        for part in (library, library._auth):  # noqa: SLF001
            part._transport.close()  # noqa: SLF001
            part._transport = HttpxTransport(client=self.http)  # noqa: SLF001
        # A variable of the environment would have chosen another marketplace.
        library.endpoint, library.marketplace_id = self._endpoint.api, self._home.marketplace_id
        return library

    def _ask(self, question: str, ask: Callable[[], Any]) -> dict[str, Any]:
        """The answer to a question, asked again as long as that may help."""
        return self.patience.try_hard(lambda: _answer(ask, question))


def _answer(ask: Callable[[], Any], question: str) -> dict[str, Any]:
    try:
        answer = ask()
        told = {**answer.payload, "pagination": answer.pagination}
    except httpx.HTTPStatusError as error:
        raise _refusal(error.response, question) from None
    except httpx.HTTPError:
        raise BusyError(f"The connection to Amazon failed. Check your network. {LATER}") from None
    except Exception:  # noqa: BLE001
        # What the library raises may quote what it was given, secrets among it.
        raise BusyError(f"Amazon's answer cannot be read. {LATER}") from None
    return told


def _refusal(response: httpx.Response, question: str) -> Exception:
    """What an answer that is none means."""
    status = response.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in PASSING:
        reason = "Amazon is asked too often." if status == HTTPStatus.TOO_MANY_REQUESTS else "Amazon's service fails."
        return BusyError(f"{reason} {LATER}", _seconds(response, question))
    if response.request.url.path == LOGIN:
        return _login_refused(response)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ForbiddenError(FORBIDDEN)
    if status == HTTPStatus.NOT_FOUND:
        return GoneError(f"Amazon no longer has it. {LATER}")
    return GoneError("Amazon does not accept the request. Check the days, and the marketplace in account.toml.")


def _login_refused(response: httpx.Response) -> InputError:
    told: Any = None
    with suppress(ValueError):
        told = response.json()
    if isinstance(told, Mapping) and told.get("error") == "invalid_grant":
        way_out = "Authorise the application again in Seller Central and store the new token."
        return InputError(REFRESH_TOKEN, "a refresh token that Amazon accepts", way_out)
    way_out = "Copy the id and the secret of the application from Seller Central again: a secret is good for 180 days."
    return InputError(APP_ID, "an application that Amazon knows", way_out)


def _seconds(response: httpx.Response, question: str) -> float | None:
    """How long Amazon asks to wait: as it says, else as long as one more question of the kind takes to be allowed."""
    with suppress(ValueError):
        return max(0.0, float(response.headers.get("retry-after", "")))
    if response.status_code != HTTPStatus.TOO_MANY_REQUESTS or response.request.url.path == LOGIN:
        return None
    with suppress(ValueError, ZeroDivisionError):
        return 1 / float(response.headers.get("x-amzn-RateLimit-Limit", RATES[question]))
    return None


def _raise_for_status(response: httpx.Response) -> None:
    if not response.is_success:
        with suppress(httpx.HTTPError):
            response.read()
        response.raise_for_status()


def _text(answer: Mapping[str, Any], key: str) -> str:
    """A text of an answer. Raises FetchError when it is missing, as in a page that some machine between us wrote."""
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise FetchError(f"Amazon's answer cannot be read. {LATER}")
    return value
