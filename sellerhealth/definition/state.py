"""What a state is: a thing that is so or so, without a rate, such as the policy notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sellerhealth.definition.example import Example
from sellerhealth.definition.lesson import Lesson
from sellerhealth.definition.metric import Choice, Need, Option, Terms

NORMAL = "NORMAL"
"""What Amazon calls an account it holds nothing against."""


class Level(StrEnum):
    """How a state stands; NONE where no input tells."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    NONE = "NONE"


@dataclass(frozen=True, kw_only=True, eq=False)
class StateDefinition:
    """What a state looks at and what each of its levels means. Nothing here depends on a policy.

    `levels` says in words, for each rule a policy may choose, what each level means. `least` is the least an
    account may set a value to, where that is not zero. `example` is worked by hand; `expected` in it is left
    empty, `expected_levels` maps a policy to the level its rows must give.
    """

    name: str
    notebook: str
    label: str
    abbreviation: str
    question: str
    levels: Mapping[str, Mapping[Level, str]]
    event_date: Choice
    choices: Mapping[str, Choice]
    values: Mapping[str, str] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    needs: tuple[Need, ...]
    counted: str
    why: str
    how_to_act: tuple[str, ...]
    caveats: tuple[str, ...]
    example: Example
    expected_levels: Mapping[str, Level]
    lesson: Lesson


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """A state under a policy."""

    definition: StateDefinition
    policy: str
    terms: Terms

    @property
    def name(self) -> str:
        """The state's name, the same in code, files and notebooks."""
        return self.definition.name

    @property
    def label(self) -> str:
        """The name in prose."""
        return self.definition.label

    @property
    def levels(self) -> Mapping[Level, str]:
        """What each level means under the policy's rule."""
        return self.definition.levels[self.terms.chosen["rule"]]

    def meaning(self, level: Level, account_status: str | None = None) -> str:
        """What a level means, in a sentence: by Amazon's word on the account where that decides, else by the rule."""
        if is_normal(account_status):
            return self.levels[level]
        return f"The account is not normal: Amazon calls it {in_words(account_status)}."

    def option(self, choice: str) -> Option:
        """The reading this policy picks for a choice, or for the event date."""
        found = self.definition.event_date if choice == "event_date" else self.definition.choices[choice]
        return found.options[self.terms.chosen[choice]]


def is_normal(account_status: str | None) -> bool:
    """Whether Amazon's word on the account, where there is one, holds nothing against it.

    Example:
        >>> is_normal("NORMAL"), is_normal(None), is_normal("AT_RISK")
        (True, True, False)
    """
    return account_status is None or account_status.upper() == NORMAL


def in_words(account_status: str | None) -> str:
    """Amazon's word on the account as it stands in a sentence.

    Example:
        >>> in_words("AT_RISK")
        'at risk'
    """
    return (account_status or "").replace("_", " ").lower()
