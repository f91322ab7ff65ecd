"""Object storage on this machine: one bucket that speaks S3 as far as it is spoken here, and what it was asked."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.loopback import answering

NAME = "agency"
MODIFIED = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)


@dataclass
class Stored:
    """An object: its bytes, when it was written, and its ETag, which is its MD5 unless another is given."""

    content: bytes
    modified: datetime = MODIFIED
    etag: str = ""

    def __post_init__(self) -> None:
        self.etag = self.etag or hashlib.md5(self.content, usedforsecurity=False).hexdigest()


@dataclass
class Answer:
    """An answer as it goes over the line; `cut` sends so many bytes and hangs up, `wait` is how long it takes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: float = 0.0


def refusal(status: int, code: str) -> Answer:
    """What S3 says when it refuses; it may quote the key it was given."""
    told = f"<Error><Code>{code}</Code><AWSAccessKeyId>canary-key-id</AWSAccessKeyId></Error>"
    return Answer(status, told.encode(), {"Content-Type": "application/xml"})


@dataclass
class Bucket:
    """What the bucket holds, by key, and what it was asked: (method, key or "", headers).

    `page` keys are listed at once. `first` holds answers that are given before the true one, by "GET key", "PUT key",
    "HEAD key" or "LIST"; `changed` turns every true answer of such a name into another one; `before` is done first.
    """

    objects: dict[str, Stored] = field(default_factory=dict)
    page: int = 1000
    first: dict[str, deque[Answer]] = field(default_factory=dict)
    changed: dict[str, Callable[[Answer], Answer]] = field(default_factory=dict)
    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def put(self, key: str, content: bytes | str, **more: object) -> None:
        self.objects[key] = Stored(content if isinstance(content, bytes) else content.encode(), **more)

    def fail(self, question: str, *answers: Answer) -> None:
        self.first.setdefault(question, deque()).extend(answers)

    def fetched(self) -> list[str]:
        """The keys that were asked for since this was last asked."""
        keys = [key for method, key, _ in self.asked if method == "GET" and key]
        self.asked.clear()
        return keys

    def answer(self, method: str, key: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        question = f"{method} {key}" if key else "LIST"
        self.asked.append((method, key, headers))
        if begin := self.before.pop(question, None):
            begin()
        if waiting := self.first.get(question):
            return waiting.popleft()
        true = self._true(method, key, query, headers, body)
        return self.changed.get(question, lambda same: same)(true)

    def _true(self, method: str, key: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        if not key:
            return self._listed(query)
        if method == "PUT":
            return self._put(key, headers, body)
        stored = self.objects.get(key)
        if stored is None:
            return refusal(404, "NoSuchKey")
        if headers.get("if-match", "").strip('"') not in ("", stored.etag):
            return refusal(412, "PreconditionFailed")
        told = {"ETag": f'"{stored.etag}"', "Last-Modified": format_datetime(stored.modified, usegmt=True)}
        if "range" in headers:
            begin, _, end = headers["range"].removeprefix("bytes=").partition("-")
            last = min(int(end) if end else len(stored.content), len(stored.content) - 1)
            told["Content-Range"] = f"bytes {begin}-{last}/{len(stored.content)}"
            return Answer(206, stored.content[int(begin) : last + 1], told)
        return Answer(200, stored.content, told)

    def _put(self, key: str, headers: dict[str, str], body: bytes) -> Answer:
        stored = self.objects.get(key)
        if stored and "if-none-match" in headers:
            return refusal(412, "PreconditionFailed")
        if "if-match" in headers and (not stored or headers["if-match"].strip('"') != stored.etag):
            return refusal(412, "PreconditionFailed")
        self.put(key, body)
        return Answer(200, b"", {"ETag": f'"{self.objects[key].etag}"'})

    def _listed(self, query: dict[str, str]) -> Answer:
        prefix, cut = query.get("prefix", ""), query.get("delimiter", "")
        after = query.get("continuation-token") or query.get("start-after", "")
        found: dict[str, str] = {}
        for key in sorted(self.objects):
            rest = key.removeprefix(prefix)
            folder = prefix + rest.partition(cut)[0] + cut if cut and cut in rest else ""
            if key.startswith(prefix) and (folder or key) > after:
                found.setdefault(folder or key, "" if folder else key)
        page = list(found)[: self.page]
        more = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if len(found) > len(page) else ""
        rows = "".join(self._row(name, found[name]) for name in page)
        told = f"<IsTruncated>{str(bool(more)).lower()}</IsTruncated>{more}{rows}"
        body = f'<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>{NAME}</Name>{told}</ListBucketResult>'
        return Answer(200, body.encode(), {"Content-Type": "application/xml"})

    def _row(self, name: str, key: str) -> str:
        if not key:
            return f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
        one = self.objects[key]
        when = one.modified.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        told = f"<LastModified>{when}</LastModified><ETag>&quot;{one.etag}&quot;</ETag><Size>{len(one.content)}</Size>"
        return f"<Contents><Key>{escape(key)}</Key>{told}</Contents>"


@contextmanager
def serving(bucket: Bucket) -> Iterator[str]:
    """The address under which this bucket answers."""
    with answering(type("Desk", (_Desk,), {"bucket": bucket})) as address:
        yield address


class _Desk(BaseHTTPRequestHandler):
    bucket: Bucket
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        name, _, key = unquote(parts.path).removeprefix("/").partition("/")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        if name == NAME:
            answer = self.bucket.answer(self.command, key, query, headers, body)
        else:
            answer = refusal(404, "NoSuchBucket" if parts.query else "NoSuchKey")
        with suppress(OSError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        time.sleep(answer.wait)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", f"{len(answer.body)}")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut] if self.command != "HEAD" else b"")
