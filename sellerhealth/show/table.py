"""Tables, by great-tables: what a picture does not tell row by row."""

from collections.abc import Iterable

import polars as pl
from great_tables import GT

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.show import words

MOST_ROWS = 25
HEADINGS = {
    "order_id": "Order",
    "channel": "Shipped",
    "ship_by_on": "Ship by",
    "confirmed_on": "Confirmed",
    "days_overdue": "Days overdue",
    "carrier": "Carrier",
    "purchased_on": "Bought",
    "cancelled_on": "Cancelled",
    "cancelled_by": "Cancelled by",
    "defect_kind": "What happened",
    "skus": "SKU",
    "leaves_on": "Leaves the window on",
    "reason": "What became of it",
    "orders": "Orders",
}
EMPTY = "–"


def defects_table(found: pl.DataFrame, metric: Metric, most: int = MOST_ROWS) -> GT:
    """The orders counted against the seller, newest first, with the day each leaves the window."""
    own = [name for name in metric.definition.defect_columns if name in HEADINGS]
    channel = ["channel"] if len(metric.definition.channels) > 1 else []
    told = [name for name in own if found[name].null_count() < found.height]
    shown = (
        found.head(most)
        .select("order_id", *channel, *told, "skus", "leaves_on")
        .with_columns(pl.col(channel).replace_strict(words.CHANNEL))
    )
    party = [name for name in told if found[name].dtype == COLUMNS["cancelled_by"].dtype]
    shown = shown.with_columns(pl.col(party).cast(pl.String).replace_strict(words.PARTY, default=None))
    title = f"{words.count(found.height, metric.definition.defect).capitalize()} in the window"
    more = f"The newest {most} are shown." if found.height > most else "Newest first."
    return _table(shown, title, more)


def exclusions_table(left_out: pl.DataFrame) -> GT:
    """What became of every order of the account; the rows add up to all orders."""
    total = int(left_out["orders"].sum())
    return _table(left_out, "Counted, and left out", f"Together {words.count(total, ('order', 'orders'))}.")


def policies_table(results: pl.DataFrame, policies: Iterable[Policy]) -> GT:
    """The figure under each policy, side by side."""
    named = {policy.name: policy for policy in policies}
    several = results["metric"].n_unique() > 1
    rows = [
        {
            **({"Metric": named[row["policy"]][row["metric"]].label} if several else {}),
            "Policy": named[row["policy"]].label,
            "Shipped": words.CHANNEL[row["channel"]],
            "Window": words.window(row),
            "Rate": words.rate(row),
            "Target": words.target(named[row["policy"]][row["metric"]]),
            "Verdict": f"{words.MARK[row['status']]} {words.STATUS[row['status']]}",
        }
        for row in results.iter_rows(named=True)
    ]
    return _table(
        pl.DataFrame(rows), "The same under each policy", "Where they differ, both are right by their own rules."
    )


def ledger_table(account: Account) -> GT:
    """Every file read, and where its rows went."""
    shown = account.ledger.select(
        pl.col("file").alias("File"),
        pl.col("layout").alias("Read as"),
        *(pl.col(name).alias(name.capitalize()) for name in ("read", "used", "duplicate", "superseded", "rejected")),
        pl.col("note").alias("Note"),
    )
    return _table(shown, "Files", words.ledger(account.ledger))


def rejects_table(account: Account) -> GT:
    """The rejected rows: where they stand and what is wrong with them."""
    shown = account.rejects.head(MOST_ROWS).rename(str.capitalize)
    return _table(
        shown, "Rejected rows", words.count(account.rejects.height, ("row", "rows")).capitalize() + " in all."
    )


def example_table(metric: Metric, table: str = "orders") -> GT:
    """The rows of the hand-worked example, with what each teaches."""
    shown = metric.definition.example.rows(table).rename(
        lambda name: HEADINGS.get(name, name.replace("_", " ").capitalize())
    )
    return _table(
        shown,
        table.replace("_", " ").capitalize(),
        f"Worked by hand, as of {words.day(metric.definition.example.as_of)}.",
    )


def _table(frame: pl.DataFrame, title: str, subtitle: str) -> GT:
    named = frame.rename(lambda name: HEADINGS.get(name, name))
    dates = [name for name, dtype in named.schema.items() if dtype == pl.Date]
    numbers = [name for name, dtype in named.schema.items() if dtype.is_integer()]
    worded = named.with_columns(pl.col(dates).dt.strftime("%-d\u00a0%b\u00a0%Y"))
    table = GT(worded).tab_header(title=title, subtitle=subtitle).sub_missing(missing_text=EMPTY)
    table = table.fmt_integer(columns=numbers) if numbers else table
    return table.tab_options(table_font_names=["system-ui", "sans-serif"], table_width="100%")
