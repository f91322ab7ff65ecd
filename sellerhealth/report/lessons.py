"""The learner's pages: the notebooks with their lessons, a crib for each metric and the final check, without a kernel.

They are made of the demo account by the machinery of the reports: another choice of cells, and their questions.
"""

import logging
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from papermill import PapermillExecutionError

from sellerhealth.definition.errors import InputError
from sellerhealth.learn import course
from sellerhealth.learn.crib import crib
from sellerhealth.learn.final import final, scores
from sellerhealth.learn.question import style
from sellerhealth.report import output
from sellerhealth.report.output import Output
from sellerhealth.report.pages.blocks import QUESTIONS, TAGS, piece, with_code
from sellerhealth.report.pages.page import for_reader, laid_out, shell, title
from sellerhealth.report.plan import START, Job, notebooks_in, texts_of
from sellerhealth.report.run import engine
from sellerhealth.report.run.work import ran
from sellerhealth.session import Session, open_session
from sellerhealth.show import display, numbers

DEMO = "demo-us"
READERS = frozenset({"lesson", "report"})
HOME = ("index.html", "All lessons")
FINAL = ("final_check.html", "Final check")
Page = tuple[str, str]
"""A page's file name and its title."""


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What is asked for: of which metrics (all where none is named), into which folder, by which seed."""

    data: str
    notebooks: Path
    out: Path
    metrics: Sequence[str] = ()
    policy: str = ""
    seed: int = 1


def lessons(wished: Wished) -> list[str]:
    """Write the pages; their names, the index first.

    Raises InputError for an unknown metric, or without the demo account; OutputError when `out` cannot be written.
    """
    if not Path(wished.data, DEMO, "account.toml").is_file():
        raise InputError("--data", f"a folder that holds {DEMO}", "Run `sellerhealth demo` first.")
    session = open_session(
        account=DEMO, marketplace="", as_of="", policy=wished.policy, data=wished.data, max_reject=""
    )
    subjects = _subjects(session, wished.metrics)
    texts = _texts(wished, {one.definition.notebook for one in subjects})
    notebooks = [(f"{name}.html", _title(name, text)) for name, text in texts.items()]
    cribs = [(f"crib_{one.name}.html", f"{one.label}: crib") for one in subjects]
    nav = [*notebooks, FINAL]
    with _prepared():
        made = [
            _of_notebook(session, wished.data, page, text, nav)
            for page, text in zip(notebooks, texts.values(), strict=True)
        ]
    with output.opened(wished.out) as out:
        for page, blocks in zip(notebooks, made, strict=True):
            _put(out, session, page, nav, blocks)
        for page, one in zip(cribs, subjects, strict=True):
            _put(out, session, page, nav, ([piece("<h1>Crib</h1>"), piece(crib(one).html)], {}))
        _put(out, session, FINAL, nav, (_final(session, wished.seed), {}))
        _put(out, session, HOME, nav, (_index(notebooks, cribs), {}))
    return [HOME[0], *(href for href, _ in [*nav, *cribs])]


@contextmanager
def _prepared() -> Iterator[None]:
    """As a batch's process is prepared, and afterwards as it was: a kernel tells its process that it is a terminal."""
    before = dict(os.environ)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    # A notebook without parameters is none to complain of: the first one has none.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    engine.register()
    display.unchecked()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _subjects(session: Session, asked: Sequence[str]) -> list[course.Subject]:
    """The metrics and states that are asked for, in the order of the course."""
    every = [course.named(one.name, session.policy) for one in course.subjects()]
    wanted = [course.named(word, session.policy) for word in asked]
    return [one for one in every if one in wanted or not asked]


def _texts(wished: Wished, of: Collection[str]) -> Mapping[str, str]:
    """The notebooks of these subjects, after the one to start with; where all are asked for, the overview ends them."""
    first = wished.notebooks / f"{START}.ipynb"
    suite = notebooks_in(wished.notebooks)
    wanted = [path for path in suite if path.stem in of]
    rest = [path for path in suite if path not in wanted] if not wished.metrics else []
    return texts_of([*([first] if first.exists() else []), *wanted, *rest])


def _title(name: str, text: str) -> str:
    try:
        return title(nbformat.reads(text, as_version=4))
    except (nbformat.reader.NotJSONError, nbformat.ValidationError):
        raise InputError(f"{name}.ipynb", "a notebook", "Save it again, or remove it.") from None


def _of_notebook(
    session: Session, data: str, page: Page, text: str, nav: Sequence[Page]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The blocks of a notebook that was run, and its charts."""
    job = Job(
        notebook=Path(page[0]).with_suffix(".ipynb"),
        account=session.account.name,
        marketplace=session.account.marketplace.code,
        as_of=session.as_of,
        policy=session.policy.name,
        data=Path(data).resolve(),
    )
    try:
        done = ran(job, text, lambda _: None, READERS)
    except PapermillExecutionError as error:
        if isinstance(sys.last_value, InputError):
            raise sys.last_value from None
        where = f"Cell {error.cell_index} ended with {error.ename}."
        raise InputError(job.notebook.name, "cells that run to the end", where) from None
    charts: dict[str, Any] = {}
    pages = {name for name, _ in nav}
    return [block for cell in for_reader(done, READERS) for block in with_code(cell, charts, pages)], charts


def _final(session: Session, seed: int) -> list[dict[str, Any]]:
    made = final(session.policy, session.account, session.as_of, seed)
    told = f"<h1>Final check</h1><p>A question on each metric, from the account {escape(session.account.title)}.</p>"
    return [piece(told), piece(made.html, tags=TAGS | QUESTIONS)]


def _index(notebooks: Sequence[Page], cribs: Sequence[Page]) -> list[dict[str, Any]]:
    """The way through the course."""
    pages = {href for href, _ in [*notebooks, *cribs, FINAL]}
    told = "<h1>Lessons</h1><p>Read them in this order, 20 to 30 minutes each. They need no network.</p>"
    parts = (("The lessons", "ol", notebooks), ("At the end", "ul", [FINAL]), ("Cribs, to print", "ul", cribs))
    told += "".join(f"<h2>{head}</h2><{kind}>{''.join(_links(found))}</{kind}>" for head, kind, found in parts if found)
    return [piece(told, pages)]


def _links(pages: Sequence[Page]) -> Iterator[str]:
    return (f'<li><a href="{href}">{escape(name)}</a></li>' for href, name in pages)


def _put(
    out: Output, session: Session, page: Page, nav: Sequence[Page], made: tuple[list[dict[str, Any]], dict[str, Any]]
) -> None:
    """Write a page."""
    (href, head), (blocks, charts) = page, made
    told = laid_out(
        title=head,
        record={**session.context(), "policy": session.policy.label},
        day=numbers.day(session.as_of),
        siblings=nav,
        nav="Lessons",
        here=href,
        home=HOME,
        blocks=blocks,
        **shell(charts, style() + scores()),
    )
    out.put(href, told.encode())
