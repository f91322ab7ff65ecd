"""What is explored can be another account, marketplace, policy or day: opened as a notebook opens it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets as widgets

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.policy import names as policy_names
from sellerhealth.session import Session, open_session
from sellerhealth.show import numbers
from sellerhealth.show.controls.panel import LABEL, choice, in_rows, told
from sellerhealth.show.controls.subject import Subject, written
from sellerhealth.sources.account import account_names, load_settings


class Opener:
    """Four controls, and a line that says what is open, or why it could not be opened."""

    def __init__(self, subject: Subject, data: str, max_reject: str, show: Callable[[Subject], None]) -> None:
        """Begin with what the page has open."""
        self._page, self._data, self._max_reject, self._show = subject, data, max_reject, show
        self._is_held = False
        self.account = choice("Account", _with(account_names(data), subject.account.name), subject.account.name)
        self.marketplace = choice("Marketplace", self._marketplaces(), subject.account.marketplace.code)
        self.policy = choice("Policy", policy_names(), subject.metric.policy)
        self.day = widgets.DatePicker(description="Day looked at", style=LABEL, value=subject.as_of)
        self.says = widgets.HTML()
        controls = [self.account, self.marketplace, self.policy, self.day]
        for control in controls:
            control.observe(self._changed, "value")
        self.widget = widgets.VBox([in_rows(controls), self.says])

    def _changed(self, change: Any) -> None:
        if self._is_held:
            return
        is_other = change["owner"] is self.account
        self.says.value = told(["Opening it …"]).html
        try:
            session = self._open("" if is_other else self.marketplace.value, None if is_other else self.day.value)
            self._show(self._subject(session))
        except InputError as error:
            self.says.value = told([f"{error} Shown is what was open before."]).html
            return
        self._keep(session)

    def _open(self, marketplace: str, day: date | None) -> Session:
        return open_session(
            account=self.account.value,
            marketplace=marketplace,
            as_of=day.isoformat() if day else "",
            policy=self.policy.value,
            data=self._data,
            max_reject=self._max_reject,
        )

    def _subject(self, session: Session) -> Subject:
        """The metric there; the page's own names where it is what the page has open."""
        page, metric = self._page, session.metric(self._page.metric.name)
        if (session.account, session.as_of, metric.policy) == (page.account, page.as_of, page.metric.policy):
            return page
        given = {
            "account": session.account.name,
            "marketplace": session.account.marketplace.code,
            "as_of": session.as_of.isoformat(),
            "policy": session.policy.name,
            "data": self._data,
            "max_reject": self._max_reject,
        }
        arguments = ", ".join(f"{name}={written(value)}" for name, value in given.items() if value)
        opening = (
            f"session = sh.open_session({arguments})",
            f'metric = session.metric("{metric.name}")',
            "seller, day = session.account, session.as_of",
        )
        return Subject(metric=metric, account=session.account, as_of=session.as_of, opening=opening)

    def _keep(self, session: Session) -> None:
        """The controls say what is open now."""
        self._is_held = True
        self.marketplace.options = self._marketplaces()
        self.marketplace.value = session.account.marketplace.code
        self.day.value = session.as_of
        self._is_held = False
        self.says.value = told([f"Open: {session.account.title}, {numbers.day(session.as_of)}."]).html

    def _marketplaces(self) -> list[str]:
        name = self.account.value.partition("/")[0]
        return [place.code for place in load_settings(self._data, name).marketplaces]


def _with(names: list[str], own: str) -> list[str]:
    """The accounts there are, and the one that is open, which may be a part of a folder."""
    return names if own in names else [own, *names]
