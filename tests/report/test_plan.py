"""Which notebooks run for whom, where their pages go, and which accounts are refused with which words."""

from datetime import date
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.report.plan import Asked, Job, accounts_in, notebooks_in, plan
from tests.report.tiny import write_shop
from tests.sources.folder import US, put

SUITE = [Path(f"{name}.ipynb") for name in ("00_account_health", "01_late_dispatch_rate", "02_cancellation_rate")]
SPLIT = """marketplace = "US"
[[source]]
files = "sales.csv"
table = "orders"
account = "seller"
[source.columns]
order_id = "id"
purchased_at = "bought"
"""
SALES = (
    "id,bought,seller\n1,2026-03-01T10:00:00+00:00,anna\n2,2026-03-05T10:00:00+00:00,ben\n"
    "3,2026-02-01T10:00:00+00:00,anna\n"
)


def jobs_of(data: Path, *accounts: str, as_of: str = "", policy: str = "") -> list[Job]:
    asked = Asked(as_of=as_of, policy=policy)
    return [job for account in accounts for job in plan(data, account, SUITE, asked)]


def reason(data: Path, account: str, *, as_of: str = "", policy: str = "") -> str:
    """Why the account is refused."""
    with pytest.raises(InputError) as caught:
        plan(data, account, SUITE, Asked(as_of=as_of, policy=policy))
    return str(caught.value)


def test_every_notebook_of_every_account(tmp_path):
    write_shop(tmp_path, "one")
    write_shop(tmp_path, "two")
    jobs = jobs_of(tmp_path, "one", "two")
    assert [(job.account, job.notebook.stem) for job in jobs] == [
        (name, path.stem) for name in ("one", "two") for path in SUITE
    ]


def test_parameters_are_text_and_the_day_is_settled(tmp_path):
    write_shop(tmp_path)
    job = jobs_of(tmp_path, "shop")[0]
    assert job.parameters == {
        "account": "shop",
        "marketplace": "US",
        "as_of": "2026-03-01",
        "policy": "handbook",
        "data": str(tmp_path.resolve()),
        "max_reject": "",
    }
    assert job.folder == Path("2026-03-01/shop/US")
    assert job.key == "2026-03-01/shop/US/00_account_health"


def test_a_given_day_and_policy_are_taken(tmp_path):
    write_shop(tmp_path, toml=US + 'policy = "handbook"\n')
    job = jobs_of(tmp_path, "shop", as_of="2026-02-14", policy="amazon-2026")[0]
    assert (job.as_of, job.policy) == (date(2026, 2, 14), "amazon-2026")


def test_the_policy_of_the_account_is_taken_when_none_is_given(tmp_path):
    write_shop(tmp_path, toml=US + 'policy = "amazon-2026"\n')
    assert {job.policy for job in jobs_of(tmp_path, "shop")} == {"amazon-2026"}


def test_every_marketplace_has_its_pages(tmp_path):
    write_shop(tmp_path, toml='marketplace = ["US", "CA"]\n')
    folders = {job.folder for job in jobs_of(tmp_path, "shop")}
    assert folders == {Path("2026-03-01/shop/US"), Path("2026-03-01/shop/CA")}


def test_notebooks_of_account_toml_in_its_order(tmp_path):
    write_shop(tmp_path, toml=US + 'notebooks = ["02_cancellation_rate", "00_account_health"]\n')
    assert [job.notebook.stem for job in jobs_of(tmp_path, "shop")] == ["02_cancellation_rate", "00_account_health"]


def test_unknown_notebook_is_refused_by_file_key_and_choices(tmp_path):
    write_shop(tmp_path, toml=US + 'notebooks = ["01_late_dispatch"]\n')
    told = reason(tmp_path, "shop")
    assert told.startswith("shop/account.toml, column notebooks: expected one of 00_account_health, ")
    assert all(path.stem in told for path in SUITE)


@pytest.mark.parametrize("twice", ["notebook", "marketplace"])
def test_named_twice_is_run_once(tmp_path, twice):
    tomls = {"notebook": US + 'notebooks = ["00_account_health", "00_account_health"]\n'}
    write_shop(tmp_path, toml=tomls.get(twice, 'marketplace = ["GB", "UK"]\n'))
    jobs = jobs_of(tmp_path, "shop")
    assert len(jobs) == len(set(jobs)) == (1 if twice == "notebook" else len(SUITE))


def test_a_part_of_a_split_folder(tmp_path):
    put(tmp_path, {"sales.csv": SALES}, SPLIT)
    anna, ben = (jobs_of(tmp_path, f"shop/{part}")[0] for part in ("anna", "ben"))
    assert (anna.account, anna.as_of, anna.folder) == (
        "shop/anna",
        date(2026, 3, 1),
        Path("2026-03-01/shop/anna/US"),
    )
    assert ben.folder == Path("2026-03-05/shop/ben/US")


@pytest.mark.parametrize("part", ["*", "", "..", "../other", "a/b/../..", "{x}", ".hidden"])
def test_a_part_that_is_no_name_is_refused(tmp_path, part):
    put(tmp_path, {"sales.csv": SALES}, SPLIT)
    assert reason(tmp_path, f"shop/{part}") == (
        "account: expected letters, digits, dot, dash or underline. Name one account."
    )


def test_a_part_without_orders_is_refused(tmp_path):
    put(tmp_path, {"sales.csv": SALES}, SPLIT)
    assert "expected at least one order" in reason(tmp_path, "shop/carl")


@pytest.mark.parametrize("name", ["..", "../shop", "sh{op}", "", "CON:", "a b", "é"])
def test_a_folder_that_is_no_name_is_refused(tmp_path, name):
    write_shop(tmp_path)
    assert reason(tmp_path / "shop", name).startswith("account: expected ")


@pytest.mark.parametrize("as_of", ["15.11.2026", "2026-02-30", "yesterday", "2026-11"])
def test_a_day_that_is_none_is_refused(tmp_path, as_of):
    write_shop(tmp_path)
    assert reason(tmp_path, "shop", as_of=as_of) == ("as_of: expected a date such as 2026-01-31. Write year-month-day.")


def test_an_unknown_policy_is_refused_with_the_nearest(tmp_path):
    write_shop(tmp_path)
    told = reason(tmp_path, "shop", policy="handbok")
    assert told == "policy: expected one of handbook, amazon-2026. Did you mean handbook?"


def test_an_override_of_no_metric_is_refused(tmp_path):
    write_shop(tmp_path, toml=US + "[override.late_rate]\ntarget = 0.05\n")
    assert "column late_rate" in reason(tmp_path, "shop")


def test_a_file_that_is_unknown_is_named(tmp_path):
    put(tmp_path, {"orders.tsv": "what\tis\tthis\n1\t2\t3\n"}, name="bad")
    assert reason(tmp_path, "bad").startswith("bad/orders.tsv")


def test_notebooks_are_found_in_order_and_others_left_out(tmp_path):
    for name in ("04_b.ipynb", "00_a.ipynb", "scratch.ipynb", "4_c.ipynb", "README.md"):
        (tmp_path / name).touch()
    assert [path.name for path in notebooks_in(tmp_path)] == ["00_a.ipynb", "04_b.ipynb"]


def test_no_notebook_is_an_error_that_says_where_to_look(tmp_path):
    with pytest.raises(InputError, match="--notebooks"):
        notebooks_in(tmp_path)


def test_accounts_are_folders_with_an_account_toml(tmp_path):
    write_shop(tmp_path, "b")
    write_shop(tmp_path, "a")
    (tmp_path / "notes").mkdir()
    assert accounts_in(str(tmp_path)) == ["a", "b"]


@pytest.mark.parametrize("data", ["gone", ".", "file.txt"])
def test_no_account_is_an_error_that_names_the_folder(tmp_path, data):
    (tmp_path / "file.txt").touch()
    with pytest.raises(InputError, match=r"account\.toml") as caught:
        accounts_in(str(tmp_path / data))
    assert caught.value.where == str(tmp_path / data)
