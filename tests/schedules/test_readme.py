"""What the page on schedules says is so: its files, its codes, its example, its commands."""

import json
import re
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from signal import SIGTERM
from threading import Thread

import pytest

from sellerhealth.cli import FAILED, INTERRUPTED, REFUSED
from sellerhealth.report.batch import CODES
from sellerhealth.report.delivery import digest, mail
from sellerhealth.report.index.portfolio import Portfolio
from sellerhealth.report.output import BUSY, CANNOT_WRITE, DISK
from sellerhealth.report.progress.shown import Events
from tests.report.entries import entry
from tests.report.events import done, lines, planned
from tests.schedules.place import SCHEDULES

README = (SCHEDULES / "README.md").read_text(encoding="utf-8")
TOLD_APART = {0, FAILED, REFUSED, INTERRUPTED, 128 + SIGTERM, *CODES.values(), CANNOT_WRITE, DISK, BUSY}


def test_every_file_is_named_and_every_name_is_a_file():
    named = set(re.findall(r"\]\(([^)]+)\)", README)) | {"kernel", "README.md"}
    assert named == {path.name for path in SCHEDULES.iterdir() if path.name != "__pycache__"}


def test_every_exit_code_is_in_the_table_once():
    cells = re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE)
    codes = [int(code) for cell in cells for code in cell.split(",")]
    assert (sorted(codes), codes) == (sorted(TOLD_APART), sorted(codes))


def test_the_example_of_an_event_has_the_keys_of_one():
    [example] = [json.loads(line) for line in README.splitlines() if line.startswith('    {"event"')]
    [*_, event] = [json.loads(line) for line in lines(planned(1), done(1), shown=Events)]
    assert list(example) == list(event)


def test_every_file_of_the_digest_is_named():
    files = digest.digest(Portfolio(entries=(entry(),)))
    assert set(re.findall(r"`(digest\.[a-z]+)`", README)) == set(files)
    assert mail.PICTURE in files


@pytest.mark.skipif(not (shutil.which("jq") and shutil.which("curl")), reason="there is no jq or no curl on the PATH")
def test_the_webhook_is_sent_the_text_and_nothing_else(tmp_path):
    got = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Nobody reads it."""

    (tmp_path / "reports").mkdir()
    made = digest.digest(Portfolio(entries=(entry(title="<!channel> \"'$(id)"),)))["digest.json"]
    (tmp_path / "reports/digest.json").write_bytes(made)
    [command] = [line.strip() for line in README.splitlines() if line.startswith("    jq ")]
    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        where = f"http://127.0.0.1:{server.server_port}/hook"
        environment = {"WEBHOOK": where, "PATH": "/usr/local/bin:/usr/bin:/bin", "no_proxy": "127.0.0.1"}
        subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=tmp_path, env=environment, check=True)
        server.shutdown()
    [(kind, body)] = got
    assert kind == "application/json"
    assert json.loads(body) == {"text": json.loads(made)["text"]}
