"""A batch for people who do not open the index: files for a mail, a chat and a program."""

from collections.abc import Sequence
from functools import partial
from textwrap import fill
from urllib.parse import urlsplit

from sellerhealth.definition.errors import InputError
from sellerhealth.report.delivery import webhook
from sellerhealth.report.delivery.mail import CID, PICTURE, message
from sellerhealth.report.delivery.news import MOST, Link, News, Point
from sellerhealth.report.index.figures import Figure
from sellerhealth.report.index.portfolio import Entry, Portfolio
from sellerhealth.report.pages.page import environment
from sellerhealth.report.progress.line import one_line
from sellerhealth.show import bars, numbers

COLUMNS = 76


def digest(portfolio: Portfolio, base_url: str = "") -> dict[str, bytes]:
    """digest.html, .txt, .json, .eml and, where there is something to draw, .png; all by name.

    The same portfolio gives the same bytes. With the address at which the output folder is served, all links are
    absolute; without it digest.html links to its neighbours, and the mail, which has none, links to nothing. Raises
    InputError for an address that cannot be one.
    """
    base, news = checked(base_url), News(portfolio)
    drawn = [bar for one in news.worst if (bar := worst_bar(one.entry))]
    picture, alt = bars.png(drawn), bars.said(drawn)
    far, near = partial(_joined, base), partial(_joined, base or "./")
    text = _rendered("txt", news, far)
    html = _rendered("html", news, near, alt=alt, picture=near(PICTURE) if picture else "")
    mailed = _rendered("html", news, far, alt=alt, picture=f"cid:{CID}" if picture else "")
    files = {
        "digest.html": html.encode(),
        "digest.txt": text.encode(),
        "digest.json": webhook.payload(news, far).encode(),
        "digest.eml": message(news.subject, text, mailed, picture),
    }
    return {**files, PICTURE: picture} if picture else files


def worst_bar(entry: Entry) -> bars.Bar | None:
    """The bar of an account: of its figures with a target, the one that has used up the most of it."""
    figures = [figure for figure in entry.figures if figure.used is not None]
    if not figures:
        return None
    worst = max(figures, key=lambda figure: figure.used or 0.0)
    used = worst.used or 0.0
    label = f"{numbers.percent(used)} · {entry.account}, {entry.marketplace}: {worst.label}"
    return bars.Bar(label=label, used=used, is_bad=worst.is_bad)


def checked(base_url: str) -> str:
    """The address of the output folder, ending in a slash; empty when none is given.

    Example:
        >>> checked("https://reports.example.com/weekly")
        'https://reports.example.com/weekly/'
    """
    if not base_url:
        return ""
    try:
        parts = urlsplit(base_url)
    except ValueError:
        parts = urlsplit("")
    is_whole = parts.scheme in ("http", "https") and parts.hostname and base_url.isprintable() and " " not in base_url
    if not is_whole or parts.username or parts.query or parts.fragment:
        raise InputError("base URL", "an address such as https://reports.example.com/", "Check its spelling.")
    return f"{base_url.rstrip('/')}/"


def _joined(base: str, href: str) -> str:
    """The link to a page that is named from the index; empty without a base or a page."""
    return f"{base}{href}" if base and href else ""


def _rendered(kind: str, news: News, link: Link, **picture: str) -> str:
    made = environment()
    made.lstrip_blocks = True
    made.filters.update(line=_line if kind == "html" else one_line, wrapped=_wrapped)
    shown = made.get_template(f"digest.{kind}.j2")
    width = bars.WIDTH + 2 * bars.MARGIN
    return shown.render(news=news, link=link, most=MOST, more=_more, told=_told, width=width, **picture)


def _line(text: str, *most: int) -> str:
    return one_line(text, *most).replace(" %", "\N{NO-BREAK SPACE}%")


def _more(rest: Sequence[Point]) -> str:
    return f"{numbers.count(len(rest), ('more is', 'more are'))} on the index."


def _told(figure: Figure) -> str:
    goal = f", target {figure.target}" if figure.target else ""
    rate = f" {figure.rate}{goal}." if figure.rate else ""
    return f"{figure.label}:{rate} {figure.state}."


def _wrapped(text: str, indent: str = "") -> str:
    """The text in lines; a number stays with its per cent sign."""
    kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = fill(kept, COLUMNS, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False)
    return lines.replace("\N{NO-BREAK SPACE}%", " %")
