"""What a digest says, in its order: what changed, who stands worst, what is stale or not there, what to do."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sellerhealth.metrics import policy
from sellerhealth.report.index.figures import Figure
from sellerhealth.report.index.portfolio import Entry, Portfolio
from sellerhealth.show import numbers

Link = Callable[[str], str]
"""The link to a page that is named from the index; empty where it can have none."""
IN_FULL = 10
MOST = 15
ROWS, CHANGES = 6, 3
REST = {
    "bad": ("more account is bad", "more accounts are bad"),
    "none": ("more account has no verdict", "more accounts have no verdict"),
    "good": ("more account is good", "more accounts are good"),
}
SAME = {True: "Nothing changed its verdict.", False: "There is no earlier period to compare with."}


@dataclass(frozen=True, kw_only=True)
class Point:
    """Something told of an account; `href` leads to its page from the index, empty where there is none."""

    name: str
    told: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An account in full: its bad figures one by one, the others in a line for each verdict."""

    entry: Entry
    scope: str
    figures: tuple[Figure, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class News:
    """The digest of a portfolio: what fits into a mail; the rest is counted, and stands on the index."""

    portfolio: Portfolio

    @property
    def subject(self) -> str:
        """The mail's subject: numbers only, so that no name can reach its header."""
        return f"Account health: {self.portfolio.summary.removesuffix('.')}"

    @property
    def changed(self) -> list[Point]:
        """What changed since the period before, the worst account first."""
        changed = [entry for entry in self.portfolio.entries if entry.changes]
        return [Point(name=name(entry), told=_changes(entry.changes), href=entry.href) for entry in changed]

    @property
    def unchanged(self) -> str:
        """What is said when nothing changed."""
        return SAME[any(entry.since for entry in self.portfolio.entries)]

    @property
    def worst(self) -> list[Standing]:
        """The accounts told in full."""
        return [_standing(entry) for entry in self.portfolio.entries[:IN_FULL]]

    @property
    def rest(self) -> list[str]:
        """The others, counted."""
        status = Counter(entry.status for entry in self.portfolio.entries[IN_FULL:])
        return [f"{numbers.count(status[one], words)}." for one, words in REST.items() if status[one]]

    @property
    def troubles(self) -> list[Point]:
        """Reports that are stale or not there, and why."""
        return [*self._stale(), *self._missing()]

    @property
    def to_do(self) -> list[str]:
        """What a reader does next."""
        bad = [entry for entry in self.portfolio.entries if entry.status == "bad"]
        told = [f"Open the report of {name(bad[0])}: it says what is behind its figures and what to do."] if bad else []
        if self.troubles:
            told.append(
                "Mend what is named under “Stale or not reported”, then run `sellerhealth report` again: "
                "it makes only what is missing."
            )
        return told or ["Nothing today."]

    def _stale(self) -> Iterator[Point]:
        for entry in self.portfolio.entries:
            old = [f"Its report is of {numbers.day(entry.as_of)}: {entry.why}"] if entry.is_stale else []
            lost = [f"{one.notebook}: {one.told}" for one in entry.failed]
            if old or lost:
                yield Point(name=name(entry), told=" ".join([*old, *lost]), href=entry.href)

    def _missing(self) -> Iterator[Point]:
        for one in self.portfolio.refused:
            where = ", ".join(part for part in (one.account, one.marketplace) if part)
            yield Point(name=where, told=one.reason, href=one.href)
        for sentence in self.portfolio.unreadable:
            yield Point(name="Output folder", told=sentence)


def name(entry: Entry) -> str:
    """An account by its title and, as titles may be the same, its name."""
    return f"{entry.title} ({entry.account}, {entry.marketplace})"


def _changes(sentences: Sequence[str]) -> str:
    rest = numbers.count(len(sentences) - CHANGES, ("more change is", "more changes are"))
    return " ".join([*sentences[:CHANGES], *([f"{rest} on the index."] if sentences[CHANGES:] else [])])


def _standing(entry: Entry) -> Standing:
    label = policy(entry.policy).label
    told = [figure for figure in entry.figures if figure.status.split()[0] in ("bad", "warn")]
    rest = [figure for figure in entry.figures if figure not in told]
    states = dict.fromkeys(f"{figure.mark} {figure.state}" for figure in [*told[ROWS:], *rest])
    return Standing(
        entry=entry,
        scope=f"{entry.account} · {entry.marketplace} · {numbers.day(entry.as_of)} · {label}",
        figures=tuple(told[:ROWS]),
        others=tuple(f"{state}: {_named([*told[ROWS:], *rest], state)}." for state in states),
    )


def _named(figures: Sequence[Figure], state: str) -> str:
    same = [figure for figure in figures if f"{figure.mark} {figure.state}" == state]
    return "; ".join(f"{figure.label} {figure.rate}".strip() for figure in same)
