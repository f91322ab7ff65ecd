"""The pages of a run, written beside and renamed into place, and the index that puts the worst first."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sellerhealth.definition.metric import Metric, Status
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level
from sellerhealth.metrics import STATES, policy
from sellerhealth.report.page import environment, page, shell, title
from sellerhealth.report.plan import Job, Refused
from sellerhealth.report.run import Done, Failed
from sellerhealth.show import numbers, words
from sellerhealth.show.standing import CLASS, mark, meaning

OVERVIEW = "00_account_health"
NO_BAD = {True: "No figure misses its target.", False: "No figure has a verdict."}


@dataclass
class Site:
    """What a run leaves under `out`: pages, one result.json an account and marketplace, and index.html."""

    out: Path
    done: list[Done] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def add(self, outcome: Done | Failed) -> None:
        """Take up one finished job."""
        if isinstance(outcome, Done):
            self.done.append(outcome)
        else:
            self.failed.append(outcome)

    def write(self) -> Path:
        """Write every page, then the results, then the index; each file is whole or not there."""
        for folder, group in _by_folder(self.done).items():
            siblings = [(f"{done.job.notebook.stem}.html", title(done.notebook)) for done in group]
            for done in group:
                text = page(done.notebook, done.job, done.record, siblings)
                write_whole(self.out / folder / f"{done.job.notebook.stem}.html", text)
            write_whole(self.out / folder / "result.json", _result(group))
        index = self.out / "index.html"
        write_whole(index, self._index())
        return index

    def _index(self) -> str:
        cards = sorted((_card(group) for group in _by_folder(self.done).values()), key=lambda card: card["rank"])
        problems = [{"where": told.account, "reason": told.reason} for told in self.refused]
        problems += [{"where": _place(told.job), "reason": told.told} for told in self.failed]
        return environment().get_template("index.html.j2").render(cards=cards, problems=problems, **shell({}))


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and rename it: a reader never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".") as work:
        beside = Path(work) / path.name
        with beside.open("w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)


def _by_folder(done: Iterable[Done]) -> dict[Path, list[Done]]:
    ordered = sorted(done, key=lambda one: (one.job.folder.as_posix(), one.job.notebook.stem))
    folders = dict.fromkeys(one.job.folder for one in ordered)
    return {folder: [one for one in ordered if one.job.folder == folder] for folder in folders}


def _result(group: list[Done]) -> str:
    """The figures of an account for machines: each notebook's record."""
    context = {key: value for key, value in group[0].record.items() if key != "results"}
    results = {done.job.notebook.stem: done.record["results"] for done in group}
    return (
        json.dumps({**context, "notebooks": results}, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        + "\n"
    )


def _card(group: list[Done]) -> dict[str, Any]:
    """An account on the index: its figures in words, and its place among the accounts."""
    lead = next((done for done in group if done.job.notebook.stem == OVERVIEW), group[0])
    rows, terms = [row for row in lead.record["results"] if "metric" in row], policy(lead.job.policy)
    told = [row for row in rows if row["value"] is not None]
    bad = [row for row in told if row["status"] == Status.BAD]
    states = [done.record["results"][0] for done in group if done.job.notebook.stem in _state_notebooks()]
    alarms = [meaning(row, terms.states[row["state"]]) for row in states if row["level"] == Level.RED]
    is_good = any(row["status"] == Status.GOOD for row in told)
    status = "bad" if bad or alarms else "good" if is_good else "none"
    missed = numbers.count(len(bad), ("figure misses its target", "figures miss their target"))
    over = max((row["used"] for row in told if row["used"] is not None), default=0.0)
    return {
        "title": lead.record["title"],
        "account": lead.job.account,
        "marketplace": lead.job.marketplace,
        "day": numbers.day(lead.job.as_of),
        "policy": terms.label,
        "href": f"{lead.job.folder.as_posix()}/{lead.job.notebook.stem}.html",
        "verdict": " ".join([*alarms, f"{missed}." if bad else NO_BAD[is_good]]),
        "status": status,
        "rows": [
            *(_standing(row, terms) for row in states),
            *(_figure(row, terms[row["metric"]]) for row in told),
        ],
        "rank": (-len(alarms), -len(bad), -over, lead.job.account, lead.job.marketplace),
    }


def _state_notebooks() -> set[str]:
    return {state.notebook for state in STATES.values()}


def _standing(row: Mapping[str, Any], terms: Policy) -> dict[str, str]:
    """How a state stands, by the first row of its notebook's record: the chosen policy's."""
    level = Level(row["level"])
    return {
        "label": terms.states[row["state"]].label,
        "rate": "",
        "mark": words.LEVEL_MARK[level],
        "state": mark(row, terms.states[row["state"]]),
        "status": CLASS[level],
    }


def _figure(row: Mapping[str, Any], metric: Metric) -> dict[str, str]:
    where = f", {words.CHANNEL[row['channel']]}" if len(metric.definition.channels) > 1 else ""
    return {
        "label": f"{metric.label}{where}",
        "rate": words.rate(row),
        "mark": words.MARK[row["status"]],
        "state": words.STATUS[row["status"]],
        "status": row["status"].lower(),
    }


def _place(job: Job) -> str:
    return f"{job.account}, {job.marketplace}, {job.notebook.stem}"
