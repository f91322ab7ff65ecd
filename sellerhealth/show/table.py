"""Tables, by great-tables: what a picture does not tell row by row."""

from collections.abc import Iterable, Mapping

import polars as pl
from great_tables import GT

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import State
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.facts import IDENTITY
from sellerhealth.measure.tally import EVERY_CHANNEL
from sellerhealth.show import numbers, words

Table = GT
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
    "rows": "Number",
    "thread_id": "Conversation",
    "package_id": "Package",
    "sku": "SKU",
    "topic": "About",
    "received_at": "Received",
    "first_own_answer_at": "Answered",
    "started_on": "First written",
    "answered_on": "Answered",
    "score": "Score",
    "flaw": "What went wrong",
    "received_on": "Received",
    "rating": "Stars",
    "promised_on": "Promised",
    "arrived_on": "Arrived",
    "units": "Units",
    "category": "Category",
}
EMPTY = "–"


def defects_table(found: pl.DataFrame, metric: Metric, most: int = MOST_ROWS) -> GT:
    """The orders counted against the seller, newest first, with the day each leaves the window."""
    channel = ["channel"] if len(metric.definition.channels) > 1 else []
    own = [*IDENTITY[metric.definition.fact], *channel, *metric.definition.defect_columns, "skus"]
    empty = {name for name in found.columns if found[name].null_count() == found.height > 0}
    told = [name for name in dict.fromkeys(own) if name in found.columns and name not in empty]
    shown = (
        found.head(most)
        .select(*told, "leaves_on")
        .with_columns(
            pl.col(channel).replace_strict(words.CHANNEL), *(worded(name) for name in told if name == "topic")
        )
    )
    party = [name for name in told if found[name].dtype == COLUMNS["cancelled_by"].dtype]
    shown = shown.with_columns(pl.col(party).cast(pl.String).replace_strict(words.PARTY, default=None))
    title = f"{numbers.count(words.number_of(found), metric.definition.defect).capitalize()} in the window"
    more = f"The newest {most} are shown." if found.height > most else "Newest first."
    return table(shown, title, more)


def exclusions_table(left_out: pl.DataFrame) -> GT:
    """What became of every order of the account, or message, or package; the rows add up to all there are."""
    total = int(left_out["rows"].sum())
    return table(left_out, "Counted, and left out", f"Together {total:,}.")


def policies_table(results: pl.DataFrame, policies: Iterable[Policy]) -> GT:
    """The figure under each policy, side by side."""
    named = {policy.name: policy for policy in policies}
    several = results["metric"].n_unique() > 1
    by_channel = set(results["channel"]) != set(EVERY_CHANNEL)
    shown = [row for row in results.iter_rows(named=True) if not several or _is_headline(row, named)]
    shown = [row for row in shown if row["value"] is not None] or shown
    rows = [
        {
            **({"Metric": named[row["policy"]][row["metric"]].label} if several else {}),
            "Policy": named[row["policy"]].label,
            **({"Orders": words.CHANNEL[row["channel"]]} if by_channel else {}),
            "Window": numbers.window(row),
            "Rate": words.rate(row),
            "Target": words.target(named[row["policy"]][row["metric"]]),
            "Verdict": f"{words.MARK[row['status']]} {words.STATUS[row['status']]}",
        }
        for row in shown
    ]
    return table(
        pl.DataFrame(rows), "The same under each policy", "Where they differ, both are right by their own rules."
    )


def split_table(split: pl.DataFrame, metric: Metric, by: str) -> GT | None:
    """The figure for each value of a dimension, with its own verdict; the one furthest from its target first.

    None where nothing was counted.
    """
    if split.is_empty():
        return None
    ranked = split.sort("used", descending=True, nulls_last=True)
    rows = [
        {
            words.DIMENSION[by].capitalize(): words.value(row[by], by),
            "Rate": words.rate(row),
            "Verdict": f"{words.MARK[row['status']]} {words.STATUS[row['status']]}",
        }
        for row in ranked.iter_rows(named=True)
    ]
    title = f"{metric.label} by {words.DIMENSION[by]}"
    goal = (
        f"The target is {words.target(metric)}, for each by itself." if metric.terms.target else "There is no target."
    )
    return table(pl.DataFrame(rows), title, goal)


def _is_headline(row: words.Row, policies: Mapping[str, Policy]) -> bool:
    return bool(row["window_days"] == policies[row["policy"]][row["metric"]].window_days)


def ledger_table(account: Account) -> GT:
    """Every file read, and where its rows went."""
    shown = account.ledger.select(
        pl.col("file").alias("File"),
        pl.col("layout").alias("Read as"),
        *(pl.col(name).alias(name.capitalize()) for name in ("read", "used", "duplicate", "superseded", "rejected")),
        pl.col("note").alias("Note"),
    )
    return table(shown, "Files", words.ledger(account.ledger))


def rejects_table(account: Account) -> GT:
    """Why rows were rejected, by file, column and reason; where each single row is listed."""
    found = words.why_rejected(account.rejects, "file", "column", "reason")
    shown = found.head(MOST_ROWS).select(
        pl.col("file").alias("File"),
        pl.col("rows").alias("Rows"),
        pl.when(pl.col("column") != "").then("column").alias("Column"),
        pl.col("reason").alias("Reason"),
        pl.col("first").alias("First row"),
    )
    told = [numbers.count(account.rejects.height, ("row", "rows")).capitalize() + " in all."]
    rest = found.tail(-MOST_ROWS) if found.height > MOST_ROWS else found.clear()
    if rest.height:
        told.append(
            f"Not shown: {numbers.count(int(rest['rows'].sum()), ('row', 'rows'))} of {rest.height} more kinds."
        )
    told += [f"Each is listed in {account.rejects_in}."] if account.rejects_in else []
    return table(shown, "Rejected rows", " ".join(told))


def example_table(metric: Metric | State, name: str = "orders") -> GT:
    """The rows of one table of the hand-worked example, with what each teaches."""
    example = metric.definition.example
    shown = example.rows(name).rename(lambda column: HEADINGS.get(column, column.replace("_", " ").capitalize()))
    return table(shown, name.replace("_", " ").capitalize(), f"Worked by hand, as of {numbers.day(example.as_of)}.")


def worded(name: str) -> pl.Expr:
    """A word in capitals and underlines as it is read: "LISTING_POLICY" is "Listing policy"."""
    text = pl.col(name).cast(pl.String)
    read = text.str.slice(0, 1) + text.str.slice(1).str.replace_all("_", " ").str.to_lowercase()
    return read.alias(name)


def first_shown(rows: int, most: int = MOST_ROWS) -> str:
    """That a table is cut, where it is."""
    return f" The first {most} are shown." if rows > most else ""


def table(frame: pl.DataFrame, title: str, subtitle: str) -> GT:
    """A frame as a table: headings in words, days and moments short, a dash for what is not there."""
    named = frame.rename(lambda name: HEADINGS.get(name, name))
    dates = [name for name, dtype in named.schema.items() if dtype == pl.Date]
    whole = [name for name, dtype in named.schema.items() if dtype.is_integer()]
    moments = [name for name, dtype in named.schema.items() if isinstance(dtype, pl.Datetime)]
    worded = named.with_columns(
        pl.col(dates).dt.strftime("%-d\u00a0%b\u00a0%Y"), pl.col(moments).dt.strftime("%a\u00a0%-d\u00a0%b,\u00a0%H:%M")
    )
    shown = GT(worded).tab_header(title=title, subtitle=subtitle).sub_missing(missing_text=EMPTY)
    shown = shown.fmt_integer(columns=whole) if whole else shown
    looked = shown.tab_options(table_font_names=["system-ui", "sans-serif"], table_width="100%")
    # In the dark JupyterLab gives rows a ground of its own; the letters are dark.
    return looked.opt_css(".gt_table tr { background-color: white !important; }")
