"""Small lists of notifications and reports from a seed, and how such an account stands, counted by hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sellerhealth.definition.columns import NOTIFICATION_STATES
from tests.oracle.chance import Chance, Row, Tables

AGES = (-1, 0, 1, 90, 178, 179, 180, 181, 400)
CATEGORIES = {
    "listingPolicyViolations": "LISTING_POLICY",
    "documentRequests": "DOCUMENT_REQUEST",
    "suspectedIntellectualPropertyViolations": "INTELLECTUAL_PROPERTY_SUSPECTED",
    "receivedIntellectualPropertyComplaints": "INTELLECTUAL_PROPERTY_RECEIVED",
}
STARTS = (0, 3, 96, 104, 196, 208, 990)
STATES = ("UNREAD", "READ", "READ", "UNDER_REVIEW", "RESOLVED", "RESOLVED", "RESOLVED")
POINTS = {"LOW": 2, "MEDIUM": 4, "HIGH": 8, None: 8}
LOT, GAIN, MOST = 2, 4, 1000


class Notices(Chance):
    """A source of notifications, performance reports and orders at the edges of 180 days."""

    def tables(self) -> Tables:
        rows = [note for number in range(self.pick(0, 0, 1, 2, 3, 6)) for note in self.notes(number)]
        reports = [row for _ in range(self.pick(0, 0, 1, 2, 3)) for row in self.report()]
        by_key = {(row["figure"], row["figure_from"], row["figure_to"]): row for row in reports}
        orders = [self.order(number) for number in range(self.pick(0, 1, 4, 7))]
        return {"notifications": rows, "performance": list(by_key.values()), "orders": orders}

    def notes(self, number: int) -> list[Row]:
        """What was noted on one notification, in any order, at most once without a day and once a day."""
        one = {
            "notification_id": self.or_none(str(number), 0.3),
            "notified_on": self.aged(),
            "category": self.pick(*CATEGORIES.values()),
            "asin": self.pick("B000000001", "B000000002", None),
        }
        # What tells notifications apart must: those without a number could be the same.
        one["asin"] = one["asin"] if one["notification_id"] else f"B{number}"
        days = {self.pick(None, *(self.as_of + timedelta(days=step) for step in (-9, -2, -1, 0, 1, 2)))
                for _ in range(self.pick(1, 1, 2, 3))}  # fmt: skip
        found = [{**one, **self.noted(day)} for day in sorted(days, key=str)]
        self.random.shuffle(found)
        return found

    def noted(self, day: date | None) -> Row:
        """How one stood on a day."""
        return {
            "severity": self.pick("LOW", "LOW", "MEDIUM", "HIGH", None, "CRITICAL" if self.hits(0.2) else None),
            "state": self.pick(*STATES),
            "resolved_on": self.pick(None, self.aged(), *(self.as_of + timedelta(days=step) for step in (-1, 0, 1))),
            "noted_on": day,
        }

    def report(self) -> list[Row]:
        """One report: each figure of the same days, or none of any day."""
        last = self.or_none(self.as_of - timedelta(days=self.pick(-1, 0, 1, 7, 14, 15, 30)), 0.1)
        dated = {"figure_from": last and last - timedelta(days=30), "figure_to": last}
        place = self.pick(self.place, self.place, None, "CA")
        few = [name for name in CATEGORIES if name == "listingPolicyViolations" or self.hits(0.4)]
        told = [
            *({"figure": name, "figure_count": self.pick(0, 0, 1, 2, 30)} for name in few),
            {"figure": "accountStatus", "figure_status": self.pick("NORMAL", "NORMAL", "AT_RISK", "DEACTIVATED")},
            {"figure": "orderDefectRate.mfn", "figure_count": 9, "figure_out_of": 100, "figure_rate": 0.09},
        ]
        if self.hits(0.4):
            told.append(
                {"figure": "accountHealthRating", "figure_rate": self.pick(0.0, 99.0, 100.0, 199.0, 200.0, None)}
            )
        return [{"marketplace": place, **dated, **row} for row in told if self.hits(0.9) or "figure_count" in row]

    def order(self, number: int) -> Row:
        return {
            "order_id": str(number),
            "marketplace": self.pick(self.place, self.place, None, "CA"),
            "purchased_at": self.at(self.aged(), time(12)),
            "status": self.pick("SHIPPED", "SHIPPED", "SHIPPED", "UNSHIPPED", "PENDING", "CANCELLED"),
        }

    def provided(self) -> frozenset[str]:
        """Which of the files there are; orders seldom, for they take most of the time there is."""
        return frozenset(
            name
            for name, share in (("notifications", 0.75), ("performance", 0.6), ("orders", 0.25))
            if self.hits(share)
        )

    def aged(self) -> date:
        return self.as_of - timedelta(days=self.pick(*AGES, *AGES, self.random.randrange(200)))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of one list at the end of a day; `start` is with how many points the account began."""

    tables: Tables
    provided: frozenset[str]
    place: str
    as_of: date
    start: int
    is_home: bool

    @property
    def has_list(self) -> bool:
        return self.is_home and "notifications" in self.provided

    def open(self) -> list[Row]:
        """The notifications that weigh, each with how it stands, its age and its points."""
        return [
            {
                **row,
                "standing": "READ" if row["state"] == "RESOLVED" else row["state"],
                "age_days": (self.as_of - row["notified_on"]).days,
                "leaves_on": row["notified_on"] + timedelta(days=180),
                "points": POINTS.get(row["severity"], MOST),
            }
            for row in self._notifications()
            if 0 <= (self.as_of - row["notified_on"]).days < 180 and not self._is_over(row)
        ]

    def _notifications(self) -> list[Row]:
        """Each notification as its notes tell it by then."""
        notes: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.tables["notifications"] if self.is_home else []:
            key = tuple(row[name] for name in ("notification_id", "notified_on", "category", "asin"))
            notes.setdefault(key, []).append(row)
        return [self._as_noted(found) for found in notes.values()]

    def _as_noted(self, notes: list[Row]) -> Row:
        """By the last note that was known; how grave it is, by the last that says so, known or not."""
        past = sorted((row for row in notes if self._was_known(row)), key=self._spoken)
        future = sorted((row for row in notes if not self._was_known(row)), key=lambda row: row["noted_on"])
        said = [row["severity"] for row in [*future, *past] if row["severity"]]
        last = past[-1] if past else {**notes[0], "state": "UNREAD", "resolved_on": None}
        return {**last, "severity": said[-1] if said else None}

    def _was_known(self, row: Row) -> bool:
        """From the day of the note on, or of the resolution it tells; a note without a day always."""
        days: list[date] = [day for day in (row["noted_on"], row["resolved_on"]) if day]
        return row["noted_on"] is None or min(days) <= self.as_of

    def _spoken(self, row: Row) -> tuple[date, int]:
        """Of which day a note is; of two of one day, the state that moved on goes last."""
        done: date | None = row["resolved_on"]
        passed = done if done and done <= self.as_of else date.min
        return row["noted_on"] or passed, NOTIFICATION_STATES.index(row["state"])

    def by_category(self) -> dict[str, tuple[int | None, int | None]]:
        """Per category, how many are on the list and how many Amazon counts."""
        listed = Counter(row["category"] for row in self.open())
        told = {CATEGORIES[name]: row["figure_count"] for name, row in self._told().items() if name in CATEGORIES}
        none = 0 if self.has_list else None
        found = {name: (listed.get(name, none), told.get(name)) for name in CATEGORIES.values()}
        return {name: counts for name, counts in found.items() if any(counts)}

    def row(self, policy: str) -> dict[str, Any]:
        counts = dict.fromkeys(("unread", "read", "under_review", "open"))
        if self.has_list:
            stands = Counter(row["standing"] for row in self.open())
            counts = {name: stands[name.upper()] for name in ("unread", "read", "under_review")}
            counts["open"] = stands.total()
        told = self._told()
        counted = [told[name]["figure_count"] for name in CATEGORIES if name in told]
        days = [told[name]["figure_to"] for name in CATEGORIES if name in told and told[name]["figure_to"]]
        found = {
            **counts,
            **self._rating(told),
            "account_status": told["accountStatus"]["figure_status"] if "accountStatus" in told else None,
            "status_on": told["accountStatus"]["figure_to"] if "accountStatus" in told else None,
            "violations": sum(counted) if counted else None,
            "counted_on": max(days, default=None),
            "too_old_on": self._too_old_on(set(told)),
        }
        if found["account_status"] in ("AT_RISK", "DEACTIVATED"):
            return {**found, "level": "RED", "basis": "EXACT"}
        return found | (self._by_reading(found) if policy == "handbook" else self._by_rating(found["rating"]))

    def _is_over(self, row: Row) -> bool:
        return row["state"] == "RESOLVED" if row["resolved_on"] is None else row["resolved_on"] <= self.as_of

    def _told(self) -> dict[str, Row]:
        """The last row of each figure that was known and still holds."""
        found: dict[str, Row] = {}
        for row in self._known():
            before = found.get(row["figure"])
            if not self._is_old(row):
                is_later = before is None or (row["figure_to"] or date.min) > (before["figure_to"] or date.min)
                found[row["figure"]] = row if is_later else found[row["figure"]]
        return found

    def _too_old_on(self, told: set[str]) -> date | None:
        """The last day of what decides, was once told, and holds no more."""
        names = {"accountHealthRating", "accountStatus", *CATEGORIES} - told
        return max(
            (row["figure_to"] for row in self._known() if self._is_old(row) and row["figure"] in names), default=None
        )

    def _known(self) -> list[Row]:
        here = (None, self.place) if self.is_home else (self.place,)
        rows = [row for row in self.tables["performance"] if row["marketplace"] in here]
        return [row for row in rows if row["figure_to"] is None or row["figure_to"] <= self.as_of]

    def _is_old(self, row: Row) -> bool:
        day: date | None = row["figure_to"]
        return day is not None and (self.as_of - day).days > 14

    def _rating(self, told: dict[str, Row]) -> dict[str, Any]:
        given = told.get("accountHealthRating", {}).get("figure_rate")
        if given is not None:
            return {"rating": int(given), "is_estimate": False, "rated_on": told["accountHealthRating"]["figure_to"]}
        if not self.has_list or "orders" not in self.provided:
            return {"rating": None, "is_estimate": None, "rated_on": None}
        score = self.start + self._shipped() // LOT * GAIN - sum(row["points"] for row in self.open())
        is_lost = any(row["severity"] == "CRITICAL" for row in self.open())
        return {"rating": 0 if is_lost else max(0, min(MOST, score)), "is_estimate": True, "rated_on": None}

    def _shipped(self) -> int:
        return sum(
            row["status"] == "SHIPPED"
            and row["marketplace"] in (None, self.place)
            and 0 <= (self.as_of - row["purchased_at"].date()).days < 180
            for row in self.tables["orders"]
        )

    def _by_reading(self, found: dict[str, Any]) -> dict[str, str]:
        if found["under_review"]:
            return {"level": "RED", "basis": "EXACT"}
        if found["unread"] is not None:
            return {"level": "YELLOW" if found["unread"] else "GREEN", "basis": "EXACT"}
        if found["violations"] is None:
            return {"level": "NONE", "basis": "NOT_COMPUTABLE"}
        return (
            {"level": "YELLOW", "basis": "UPPER_BOUND"} if found["violations"] else {"level": "GREEN", "basis": "EXACT"}
        )

    @staticmethod
    def _by_rating(rating: int | None) -> dict[str, str]:
        if rating is None:
            return {"level": "NONE", "basis": "NOT_COMPUTABLE"}
        level = "GREEN" if rating >= 200 else "YELLOW" if rating >= 100 else "RED"
        return {"level": level, "basis": "EXACT"}
