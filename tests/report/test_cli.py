"""The command line: what it says, what it ends with, and how soon it answers."""

import resource
import shutil
import subprocess
import sys

import pytest

from sellerhealth import cli
from tests.report.tiny import RECORDS, SECRET, write_notebook, write_shop
from tests.sources.folder import ALL_ORDERS, ONE_ORDER, order, put, text

HEAVY = {"polars", "altair", "papermill", "nbconvert", "nbformat", "IPython", "jinja2", "great_tables", "vl_convert"}
START = "import sys; from sellerhealth.cli import main; sys.argv = ['sellerhealth', '--help']; "


@pytest.fixture
def say(monkeypatch, capsys):
    """Run a command line in this process: its exit code, what it prints, and what it says on the side."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["sellerhealth", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def report(say, tmp_path):
    """`sellerhealth report` over the accounts and notebooks under tmp_path."""
    write_notebook(tmp_path / "notebooks", "01_tiny", RECORDS)
    where = ("--data", tmp_path / "data", "--out", tmp_path / "out", "--notebooks", tmp_path / "notebooks")
    return lambda *words: say("report", *where, "--workers", "1", *words)


def pages(tmp_path):
    """The pages, without the digest."""
    found = (path for path in (tmp_path / "out").rglob("*.html") if path.name != "digest.html")
    return sorted(path.relative_to(tmp_path / "out").as_posix() for path in found)


def seconds_of_help() -> float:
    """The work of it, not the time on the clock: other tests run beside."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", START + "main()"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_help_answers_at_once():
    assert min(seconds_of_help() for _ in range(5)) < 0.3


def test_help_imports_nothing_heavy():
    asked = "\ntry:\n main()\nexcept SystemExit:\n print('\\nLOADED', *sys.modules)"
    told = subprocess.run([sys.executable, "-c", START + asked], check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in told.stdout.rpartition("LOADED")[2].split()}
    assert "cyclopts" in loaded
    assert loaded & HEAVY == set()


def test_the_installed_command_is_this_one():
    command = shutil.which("sellerhealth", path=str(sys.executable).rpartition("/")[0])
    assert command, "the package is not installed: make .venv/.ready"
    told = subprocess.run([command, "--help"], check=True, capture_output=True, text=True)
    for name in ("accounts", "read", "report", "fetch", "explain", "demo"):
        assert name in told.stdout


def test_report(report, tmp_path):
    write_shop(tmp_path / "data")
    code, told, aside = report()
    assert (code, aside) == (0, "shop: 1 report.\n")
    assert told == f"1 report. Open {tmp_path / 'out' / 'index.html'}.\n"
    assert pages(tmp_path) == ["2026-03-01/shop/US/01_tiny.html", "index.html"]


def test_a_bad_account_among_good_ones(report, tmp_path):
    broken = text(ALL_ORDERS, order(quantity=SECRET))
    for name, orders in (("a-good", ONE_ORDER), ("bad", broken), ("good", ONE_ORDER)):
        put(tmp_path / "data", {"orders.tsv": orders}, name=name)
    code, told, aside = report()
    assert code == 65
    assert told.startswith("2 reports. ")
    refused, *reported = sorted(aside.splitlines())
    assert refused.startswith("Not reported: bad. bad/orders.tsv, row 2, column quantity: expected ")
    assert reported == ["a-good: 1 report.", "good: 1 report."]
    assert SECRET not in told + aside
    assert pages(tmp_path) == ["2026-03-01/a-good/US/01_tiny.html", "2026-03-01/good/US/01_tiny.html", "index.html"]
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "bad/orders.tsv, row 2, column quantity" in index
    assert SECRET not in index


def test_a_notebook_that_fails_among_good_ones(report, tmp_path):
    write_shop(tmp_path / "data")
    write_notebook(tmp_path / "notebooks", "02_bad", f"raise ValueError('{SECRET}')", RECORDS)
    code, told, aside = report("--account", "shop", "gone")
    assert code == 1, "a failure is worse than an account that is refused"
    assert told.startswith("1 report. ")
    assert "Not reported: gone. account: expected a folder" in aside
    assert "Failed: shop, US, 02_bad. cell 3 ended with ValueError; no new page was made." in aside
    assert "shop: 1 report, 1 failed.\n" in aside
    assert SECRET not in told + aside + (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert pages(tmp_path) == [
        "2026-03-01/shop/US/01_tiny.html",
        "2026-03-01/shop/US/02_bad.failed.html",
        "index.html",
    ]


def test_a_page_of_an_earlier_run_stays_when_the_next_one_fails(report, tmp_path):
    write_shop(tmp_path / "data")
    assert report()[0] == 0
    page = tmp_path / "out" / "2026-03-01" / "shop" / "US" / "01_tiny.html"
    before = page.read_bytes()
    write_notebook(tmp_path / "notebooks", "01_tiny", "raise ValueError")
    assert report()[0] == 1
    assert page.read_bytes() == before
    assert "01_tiny.failed.html" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


REFUSED = [
    # the words, what is said
    (("report", "--data", "gone"), "gone: expected a folder with an account.toml for each account. Create one"),
    (("accounts", "--data", "gone"), "gone: expected a folder with an account.toml for each account. Create one"),
    (("read", "shop", "--data", "gone"), "account: expected a folder under gone/. There are: none yet."),
    (("read", "shp"), "account: expected a folder under data/. There are: shop."),
    (("read", "../data/shop"), "account: expected letters, digits, dot, dash or underline. Rename the folder."),
    (("explain", "late_dispatch"), "Did you mean late_dispatch_rate?"),
    (("explain", "seler_rating"), "Did you mean seller_rating?"),
    (("explain", "lateness"), "expected one of late_dispatch_rate, "),
    (("explain", "--policy", "amazon"), "policy: expected one of handbook, amazon-2026. Did you mean amazon-2026?"),
    (("report", "--notebooks", "data"), "data: expected the notebooks of the suite. Run it where notebooks/ lies"),
]
CLOSED = ["data/shop/account.toml", "data/shop/account.toml/deeper"]


@pytest.mark.parametrize(
    ("words", "expected"), REFUSED, ids=lambda given: " ".join(given) if type(given) is tuple else ""
)
def test_what_a_user_can_cause_is_one_sentence_and_65(say, tmp_path, monkeypatch, words, expected):
    write_shop(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    code, told, aside = say(*words)
    assert (code, told) == (65, "")
    assert expected in aside
    assert aside.count("\n") == 1
    assert "Traceback" not in aside


@pytest.mark.parametrize("out", CLOSED)
def test_a_folder_that_cannot_be_written_is_one_sentence_and_73(say, tmp_path, monkeypatch, out):
    write_shop(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    code, told, aside = say("report", "--out", out)
    assert (code, told) == (73, "")
    assert aside == f"{out}: expected a folder that can be written. Name another with --out.\n"


@pytest.mark.parametrize("words", [["nonsense"], ["report", "--workers", "many"], ["read"], ["accounts", "extra"]])
def test_what_is_no_command_is_an_error(say, words):
    code, _, aside = say(*words)
    assert code not in (0, 65)
    assert "Error" in aside
    assert "Traceback" not in aside


def test_a_day_that_is_none_refuses_every_account_and_runs_nothing(report, tmp_path):
    write_shop(tmp_path / "data")
    code, told, aside = report("--as-of", "1.3.2026")
    assert code == 65
    refused = "Not reported: shop. as_of: expected a date such as 2026-01-31. Write year-month-day.\n"
    assert told == ""
    assert aside == f"{refused}No report was written. {tmp_path / 'out' / 'index.html'} says why.\n"


def test_accounts(say, tmp_path):
    write_shop(tmp_path, "b", 'marketplace = ["US", "CA"]\nlabel = "Mugs :x: [b]&[/b]"\npolicy = "amazon-2026"\n')
    write_shop(tmp_path, "a")
    code, told, aside = say("accounts", "--data", tmp_path)
    assert (code, aside) == (0, "")
    assert told == "a: a, US, policy handbook\nb: Mugs :x: [b]&[/b], US, CA, policy amazon-2026\n"


def test_read(say, tmp_path):
    rows = (order(), order(), order("222-2222222-2222222", purchase_date=SECRET))
    put(tmp_path, {"orders.tsv": text(ALL_ORDERS, *rows)}, 'marketplace = "US"\nmax_reject = 0.5\n')
    code, told, aside = say("read", "shop", "--data", tmp_path)
    assert (code, aside) == (0, "")
    lines = told.splitlines()
    assert lines[0] == "shop/orders.tsv: the All Orders report. 3 read: 1 used, 1 duplicate, 0 superseded, 1 rejected."
    assert lines[1].startswith("  1 row: purchase-date is not a time ")
    assert lines[1].endswith(". It is row 4.")
    assert lines[2:] == [
        "1 file, 3 rows read: 1 used, 1 duplicate, 0 superseded, 1 rejected.",
        "The rejected rows are listed in shop/rejects.",
    ]
    assert SECRET not in told


HALF = text(ALL_ORDERS, order(), order("222-2222222-2222222", quantity=SECRET))


def test_read_refuses_too_many_rejected_rows_and_says_where_they_are_listed(say, tmp_path):
    put(tmp_path, {"orders.tsv": HALF})
    code, told, aside = say("read", "shop", "--data", tmp_path)
    assert (code, told) == (65, "")
    assert aside.endswith("correct the row. It is listed in shop/rejects/orders.tsv.csv.\n")
    listed = (tmp_path / "shop" / "rejects" / "orders.tsv.csv").read_text(encoding="utf-8-sig")
    assert listed == "row,column,reason\n3,quantity,is not a whole number\n"


def test_the_command_line_says_how_many_may_be_rejected(say, tmp_path):
    put(tmp_path, {"orders.tsv": HALF}, 'marketplace = "US"\nmax_reject = 1\n')
    assert say("read", "shop", "--data", tmp_path)[0] == 0
    assert say("read", "shop", "--data", tmp_path, "--max-reject", "0.5")[0] == 0
    assert say("read", "shop", "--data", tmp_path, "--max-reject", "0.49")[0] == 65
    assert say("read", "shop", "--data", tmp_path, "--max-reject", "0")[0] == 65


@pytest.mark.parametrize("share", ["2", "-0.1", "nan", "1%", "some"])
def test_a_share_that_is_none_is_refused(say, tmp_path, share):
    put(tmp_path, {"orders.tsv": ONE_ORDER})
    code, _, aside = say("read", "shop", "--data", tmp_path, f"--max-reject={share}")
    assert code == 65
    assert aside == "max_reject: expected a share between 0 and 1, such as 0.01. Write it with a point, without %.\n"


def test_the_share_of_the_command_line_reaches_the_notebooks(report, tmp_path):
    put(tmp_path / "data", {"orders.tsv": HALF})
    opens = "import sellerhealth as sh\nsh.open_account(data, account, marketplace, max_reject)"
    write_notebook(tmp_path / "notebooks", "01_tiny", opens, RECORDS)
    assert report()[0] == 65
    assert report("--max-reject", "0.5")[0] == 0
    assert pages(tmp_path) == ["2026-03-01/shop/US/01_tiny.html", "index.html"]


def test_fetch_says_what_it_lacks_before_it_asks_for_anything(say, tmp_path):
    write_shop(tmp_path)
    code, told, aside = say("fetch", "shop", "--data", tmp_path, "--from", "1.3.2026")
    assert (code, told, aside) == (65, "", "--from: expected a day such as 2026-11-15. Correct it.\n")


def test_fetch_hands_on_what_it_is_told(say, tmp_path, monkeypatch):
    from sellerhealth.sources.spapi import fetch

    asked = []

    def fetched(data, account, *, tell, **more):
        asked.append((data, account, more))
        tell("[b]a.txt[/b]: 3 rows.")
        return len(asked) - 1

    monkeypatch.setattr(fetch, "fetch", fetched)
    words = ("--from", "2026-03-01", "--to", "2026-03-02", "--only", "orders", "returns")
    assert say("fetch", "shop", "--data", tmp_path, *words) == (0, "[b]a.txt[/b]: 3 rows.\n", "")
    assert say("fetch", "shop", "--data", tmp_path)[0] == 1, "a file that was not fetched is a failure"
    assert asked == [
        (tmp_path, "shop", {"since": "2026-03-01", "until": "2026-03-02", "only": ["orders", "returns"]}),
        (tmp_path, "shop", {"since": "", "until": "", "only": []}),
    ]


def test_explain_one(say):
    code, told, aside = say("explain", "late_dispatch_rate")
    assert (code, aside) == (0, "")
    assert told.startswith("Late Dispatch Rate (late_dispatch_rate)\nQuestion: ")
    for part in ("Counted: ", "Out of: ", "Window: 30 days and 10 days", "Target: below 4 %", "- "):
        assert f"\n{part}" in told


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("odr", "Order Defect Rate (order_defect_rate)"),
        ("LDR", "Late Dispatch Rate (late_dispatch_rate)"),
        ("otdr", "On-Time Delivery Rate (on_time_delivery_rate)"),
        ("policy", "Policy violations (policy_violations)"),
        ("policy_violations", "Policy violations (policy_violations)"),
    ],
)
def test_explain_knows_short_names_and_the_state(say, word, named):
    code, told, aside = say("explain", word)
    assert (code, aside) == (0, "")
    assert told.startswith(f"{named}\n")


def test_explain_all_under_another_policy(say):
    from sellerhealth.metrics import METRICS

    code, told, _ = say("explain", "--policy", "amazon-2026")
    assert code == 0
    assert all(f"{one.label} ({one.name})\n" in told for one in METRICS.values())
    assert told != say("explain")[1]


def test_no_command_shows_the_help(say):
    code, told, _ = say()
    assert code == 0
    assert "Usage: sellerhealth COMMAND" in told
