"""The terms of early warning: in every policy, and as an account sets them for itself."""

from datetime import date

import pytest

from sellerhealth import policy
from sellerhealth.definition import policy as policies
from sellerhealth.definition.errors import InputError
from sellerhealth.metrics import METRICS, STATES


def under(**own):
    return policies.load("handbook", METRICS, STATES, {"early_warning": own}).warning


@pytest.mark.parametrize("name", policies.names())
def test_every_policy_has_terms_of_its_own_and_says_whose_they_are(name):
    terms = policy(name).warning
    assert 0 < terms.short_days < terms.long_days <= terms.past_days
    assert terms.short_days % 7 == terms.long_days % 7 == 0, "whole weeks, or a bad weekday counts more in one"
    assert terms.months >= 1
    assert "not Amazon's" in terms.source.text
    assert terms.source.dated > date(2026, 1, 1)
    assert terms.why.endswith(".")
    assert terms.overridden == ()


def test_an_account_sets_its_own():
    own = under(windows=[7, 28], months=12)
    assert (own.short_days, own.long_days, own.past_days, own.months) == (7, 28, 180, 12)
    assert own.overridden == ("months", "windows")


WRONG = {
    "a word that is none": ({"window": [7, 28]}, "window", "windows, past_days, months"),
    "one window": ({"windows": [14]}, "windows", "a shorter and a longer window"),
    "three": ({"windows": [7, 14, 28]}, "windows", "a shorter and a longer window"),
    "no list": ({"windows": 14}, "windows", "a shorter and a longer window"),
    "the longer first": ({"windows": [28, 14]}, "windows", "the shorter window first"),
    "twice the same": ({"windows": [14, 14]}, "windows", "the shorter window first"),
    "no days": ({"windows": [0, 14]}, "windows", "a whole number from 1"),
    "half a day": ({"windows": [0.5, 14]}, "windows", "a whole number from 1"),
    "too long": ({"past_days": 4000}, "past_days", "to 3660"),
    "no past": ({"past_days": 20}, "past_days", "at least as long as the longer window, 28"),
    "yes": ({"months": True}, "months", "a whole number from 1"),
    "never": ({"months": 0}, "months", "a whole number from 1"),
}


@pytest.mark.parametrize(("own", "column", "expected"), WRONG.values(), ids=list(WRONG))
def test_terms_that_cannot_be_are_refused(own, column, expected):
    with pytest.raises(InputError) as told:
        under(**own)
    assert str(told.value).startswith(f"account.toml, column {column}: expected ")
    assert expected in str(told.value)
    assert str(told.value).endswith("Check [override.early_warning].")


def test_a_name_that_is_none_hears_of_it():
    with pytest.raises(InputError, match="early_warning"):
        policies.load("handbook", METRICS, STATES, {"early_warnings": {}})
