"""Amazon's Selling Partner API on this machine, for one seller: what is asked of it and what it answers is all in sight."""

import gzip
import json
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.fetch.model import Model
from tests.loopback import answering

REFRESH_TOKEN, APP_ID, SECRET = "Atzr|canary-refresh-5f1c", "amzn1.application-canary-77d0", "canary-secret-93ab"
ACCESS_TOKEN, SIGNATURE = "Atza|canary-access-20e4", "X-Amz-Signature=canary-signature-0b6d"
LIMITED = {"errors": [{"code": "QuotaExceeded", "message": "You exceeded your quota for the requested resource."}]}


@dataclass
class Answer:
    """An answer as it goes over the line; `length` says another length than it has, `drip` sends it slowly."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: float = 0.0

    @classmethod
    def of(cls, told: object, status: int = 200, **headers: str) -> "Answer":
        return cls(status, json.dumps(told).encode(), {"Content-Type": "application/json", **headers})


@dataclass
class World:
    """What Amazon has, and what it was asked.

    `documents` are by report type, `states` the states a type goes through before DONE, `end` the last of them.
    `first` holds, for a question, answers that are given before the true one. `orders` are pages by token.
    """

    model: Model | None = None
    documents: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, list[str]] = field(default_factory=dict)
    end: dict[str, str] = field(default_factory=dict)
    packed: bool = True
    first: dict[str, deque[Answer]] = field(default_factory=dict)
    orders: dict[str, dict[str, object]] = field(default_factory=lambda: {"": {"orders": []}})
    made: dict[str, dict[str, object]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def fail(self, question: str, *answers: Answer) -> None:
        self.first.setdefault(question, deque()).extend(answers)

    def questions(self, question: str) -> list[dict[str, object]]:
        return [told for name, told in self.asked if name == question]

    def answer(self, question: str, told: dict[str, object], here: str) -> Answer:
        self.asked.append((question, told))
        waiting = self.first.get(question)
        if waiting:
            return waiting.popleft()
        return getattr(self, question)({**told, "here": here})

    def login(self, told: dict[str, object]) -> Answer:
        given = {name: told[name] for name in ("grant_type", "refresh_token", "client_id", "client_secret")}
        assert list(given.values()) == ["refresh_token", REFRESH_TOKEN, APP_ID, SECRET]
        return Answer.of({"access_token": ACCESS_TOKEN, "token_type": "bearer", "expires_in": 3600})

    def createReport(self, told: dict[str, object]) -> Answer:  # noqa: N802
        name = f"{50_000 + len(self.made)}"
        self.made[name] = {"type": told["reportType"], "left": deque(self.states.get(str(told["reportType"]), []))}
        return Answer.of({"reportId": name}, 202)

    def getReport(self, told: dict[str, object]) -> Answer:  # noqa: N802
        report = self.made[str(told["reportId"])]
        kind, left = str(report["type"]), report["left"]
        state = left.popleft() if left else self.end.get(kind, "DONE")
        answer = {
            "reportId": told["reportId"],
            "reportType": kind,
            "createdTime": "2026-11-23T09:00:00+00:00",
            "processingStatus": state,
        }
        return Answer.of({**answer, "reportDocumentId": f"amzn1.spdoc.{kind}"} if state == "DONE" else answer)

    def getReportDocument(self, told: dict[str, object]) -> Answer:  # noqa: N802
        name = str(told["reportDocumentId"])
        answer = {"reportDocumentId": name, "url": f"{told['here']}/signed/{name}?{SIGNATURE}"}
        return Answer.of({**answer, "compressionAlgorithm": "GZIP"} if self.packed else answer)

    def download(self, told: dict[str, object]) -> Answer:
        content = self.documents[str(told["path"]).removeprefix("/signed/amzn1.spdoc.")]
        return Answer(200, gzip.compress(content) if self.packed else content)

    def searchOrders(self, told: dict[str, object]) -> Answer:  # noqa: N802
        return Answer.of(self.orders[str(told.get("paginationToken", ""))])


ROUTES = (
    ("POST", r"/auth/o2/token", "login"),
    ("POST", r"/reports/2021-06-30/reports", "createReport"),
    ("GET", r"/reports/2021-06-30/reports/(?P<reportId>[^/]+)", "getReport"),
    ("GET", r"/reports/2021-06-30/documents/(?P<reportDocumentId>[^/]+)", "getReportDocument"),
    ("GET", r"/orders/2026-01-01/orders", "searchOrders"),
    ("GET", r"/signed/.*", "download"),
)


@contextmanager
def serving(world: World) -> Iterator[str]:
    """The address under which this Amazon answers."""
    with answering(type("Desk", (_Desk,), {"world": world})) as address:
        yield address


class _Desk(BaseHTTPRequestHandler):
    world: World
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve("GET", b"")

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _serve(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        question, found = next(
            (name, match)
            for verb, pattern, name in ROUTES
            if verb == method and (match := re.fullmatch(pattern, parts.path))
        )
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        told: dict[str, object] = {**query, **found.groupdict(), "path": parts.path}
        if question == "login":
            told |= {name: values[0] for name, values in parse_qs(body.decode()).items()}
        elif body:
            told |= json.loads(body)
        if question not in ("login", "download") and self.headers["x-amz-access-token"] != ACCESS_TOKEN:
            self.world.problems.append(f"{question}: no token")
        if question == "download" and "x-amz-access-token" in self.headers:
            self.world.problems.append("the token went to the store of documents")
        answer = self.world.answer(question, told, f"http://{self.server.server_name}:{self.server.server_port}")
        if self.world.model:
            self.world.problems += self.world.model.problems(
                method, parts.path, query, body, answer.status, answer.body
            )
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", f"{len(answer.body) if answer.length is None else answer.length}")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            if not answer.drip:
                self.wfile.write(answer.body)
            else:
                for byte in answer.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(answer.drip)
