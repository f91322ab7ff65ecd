"""How far a learner is: which checks were passed on which metric, kept on this machine and shown to nobody else.

It is noted only where somebody sits at the keyboard; a batch and the pages of lessons never read or write it. What
cannot be kept is not: a lesson goes on without it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile

from sellerhealth.definition.errors import InputError
from sellerhealth.kernel import in_batch
from sellerhealth.learn import course
from sellerhealth.show.card import Card
from sellerhealth.sources import cache

FILE = "progress.json"
NOWHERE = "Open the notebooks in JupyterLab: there your progress is kept, on this machine only."


def note(name: str, passed: str) -> None:
    """Keep that a check of that metric was passed; where nobody is there, or nothing can be written, do nothing."""
    if in_batch():
        return
    kept = {one: set(all_of_it) for one, all_of_it in read().items()}
    kept.setdefault(name, set()).add(passed)
    text = json.dumps({one: sorted(found) for one, found in sorted(kept.items())})
    with suppress(OSError, InputError):
        place = _place()
        with NamedTemporaryFile("w", dir=place.parent, encoding="utf-8", delete=False) as beside:
            beside.write(text)
        Path(beside.name).replace(place)


def read() -> Mapping[str, list[str]]:
    """The checks that were passed, by metric; none where nothing was kept, or it cannot be read."""
    with suppress(OSError, InputError, ValueError, AttributeError, TypeError):
        found = json.loads(_place().read_text(encoding="utf-8"))
        return {str(name): [str(one) for one in passed] for name, passed in found.items()}
    return {}


def progress() -> Card:
    """The course in its order, and what was passed of each lesson."""
    if in_batch():
        return Card(html=f"<p>{NOWHERE}</p>", text=NOWHERE)
    kept = read()
    rows = [(one.notebook, one.label, ", ".join(sorted(kept.get(one.name, []))) or "–") for one in course.subjects()]
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Notebook", "Lesson", "Passed"))
    html = f"<table><caption>Your progress</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return Card(html=html, text="\n".join("  ".join(row) for row in rows))


def _place() -> Path:
    return cache.folder("learn") / FILE
