"""Which layout a file has: by account.toml if it names the file, else by its header, never by its name."""

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatch
from unicodedata import normalize

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import rows
from sellerhealth.sources.amazon.unread import unread
from sellerhealth.sources.layout import Layout

DELIMITERS = ("\t", ",", ";")
HALF, THIRD, FEW = 1 / 2, 1 / 3, 3
OTHERWISE = "If it is another file, map it with [[source]] in account.toml or name it under ignore there."


def recognise(text: rows.Text, shown: str, mapped: Sequence[tuple[str, Layout]], known: Sequence[Layout]) -> Layout:
    """The layout of a clean file. Raises InputError naming the nearest layout and the column it lacks.

    `mapped` pairs file patterns with the layouts of account.toml; `known` are Amazon's.
    """
    if own := mapping(shown, mapped):
        return own
    written = {delimiter: rows.header(text, shown, delimiter) for delimiter in DELIMITERS}
    delimiter = max(written, key=lambda mark: len(written[mark]))
    header = written[delimiter]
    possible = [layout for layout in known if layout.can_be(header)]
    fitting = [layout for layout in possible if not layout.missing(header)]
    if fitting:
        best = max(fitting, key=lambda layout: len(layout.known_by))
        return replace(best, delimiter=delimiter, quoted=delimiter != "\t")
    raise _unknown(shown, header, possible)


def mapping(shown: str, mapped: Sequence[tuple[str, Layout]]) -> Layout | None:
    """The first layout of account.toml whose pattern names the file, as it stands or with * and ?."""
    name = normalize("NFC", shown.split("/", 1)[-1])
    patterns = [(normalize("NFC", pattern), layout) for pattern, layout in mapped]
    return next((layout for pattern, layout in patterns if name == pattern or fnmatch(name, pattern)), None)


def _unknown(shown: str, header: list[str], known: Sequence[Layout]) -> InputError:
    if label := unread(header):
        way_out = f"This is {label}: no metric reads it. Name it under ignore in account.toml."
        return InputError(shown, "a report that a metric reads", way_out, row=1)
    if near := [layout for layout in known if _is_near(layout, header)]:
        shares = [(_lacks(layout, header), -layout.found(header)) for layout in near]
        nearest = near[shares.index(min(shares))]
        missing = nearest.missing(header)
        way_out = f"It looks like {nearest.label}, with a column missing or renamed: download it again. {OTHERWISE}"
        return InputError(shown, f"the column {missing[0]}", way_out, row=1, column=missing[0])
    way_out = "Download it again if its first line is not its header. " + OTHERWISE
    return InputError(shown, "the header of a report this program knows", way_out, row=1)


def _is_near(layout: Layout, header: list[str]) -> bool:
    """Whether a header has half the layout's columns; of small files it has few others."""
    is_small = layout.quoted or len(layout.fields) <= FEW
    is_wide = layout.found(header) < THIRD * len(header)
    return _lacks(layout, header) <= HALF and not (is_small and is_wide)


def _lacks(layout: Layout, header: list[str]) -> float:
    return len(layout.missing(header)) / len(layout.known_by)
