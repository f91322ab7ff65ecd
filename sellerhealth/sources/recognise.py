"""Which layout a file has: by account.toml if it names the file, else by its header, never by its name."""

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatch

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import rows
from sellerhealth.sources.layout import Layout

DELIMITERS = ("\t", ",", ";")


def recognise(text: rows.Text, shown: str, mapped: Sequence[tuple[str, Layout]], known: Sequence[Layout]) -> Layout:
    """The layout of a clean file. Raises InputError naming the nearest layout and the column it lacks.

    `mapped` pairs file patterns with the layouts of account.toml; `known` are Amazon's.
    """
    name = shown.split("/", 1)[-1]
    for pattern, layout in mapped:
        if fnmatch(name, pattern):
            return layout
    written = {delimiter: rows.header(text, delimiter) for delimiter in DELIMITERS}
    delimiter = max(written, key=lambda mark: len(written[mark]))
    header = written[delimiter]
    fitting = [layout for layout in known if not layout.missing(header)]
    if fitting:
        best = max(fitting, key=lambda layout: len(layout.needed))
        return replace(best, delimiter=delimiter, quoted=delimiter != "\t")
    raise _unknown(shown, header, known)


def _unknown(shown: str, header: list[str], known: Sequence[Layout]) -> InputError:
    nearest = max(known, key=lambda layout: (len(layout.needed) - len(layout.missing(header))) / len(layout.needed))
    missing = nearest.missing(header)
    if len(missing) < len(nearest.needed):
        way_out = f"It looks like {nearest.label}, with a column missing or renamed: download it again."
        return InputError(shown, f"the column {missing[0]}", way_out, row=1)
    way_out = "Map it with a [[source]] section in account.toml, or name it under ignore there."
    return InputError(shown, "the header of a report this program knows", way_out, row=1)
