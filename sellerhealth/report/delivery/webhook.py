"""The digest for a webhook: a few lines for a chat, and every account's figures for a program.

`text` is for a chat, with &, < and > written as chats want them. The rest is `version` (1), `subject`, `summary`
(numbers of accounts), `accounts` (the worst first, each with its `figures`), `not_reported` and `unreadable`. A link
is `href`, from the index, and `url` where the address of the output folder is known.
"""

import json
from collections import Counter
from dataclasses import asdict
from html import escape
from typing import Any

from sellerhealth.report.delivery.news import Link, News, name
from sellerhealth.report.index.portfolio import Entry, Portfolio
from sellerhealth.report.progress.line import one_line

VERSION = 1
IN_CHAT = 5


def payload(news: News, link: Link) -> str:
    """The JSON text; the same news give the same."""
    told = {
        "version": VERSION,
        "text": _chat(news, link),
        "subject": news.subject,
        "summary": _summary(news.portfolio),
        "accounts": [_account(entry, link) for entry in news.portfolio.entries],
        "not_reported": [{**asdict(one), **_url(one.href, link)} for one in news.portfolio.refused],
        "unreadable": news.portfolio.unreadable,
    }
    return json.dumps(told, separators=(",", ":"), allow_nan=False) + "\n"


def _chat(news: News, link: Link) -> str:
    """A few lines for a chat, where <!channel> in a name would call everybody."""
    worst = [one.entry for one in news.worst if one.entry.status == "bad"]
    points = [f"{name(entry)}: {entry.verdict}" for entry in worst[:IN_CHAT]]
    points += [f"{point.name}: {point.told}" for point in (*news.changed[:IN_CHAT], *news.troubles[:IN_CHAT])]
    lines = [news.portfolio.summary, *(f"• {point}" for point in points), link("index.html")]
    return "\n".join(escape(one_line(line), quote=False) for line in lines if line)


def _summary(portfolio: Portfolio) -> dict[str, int]:
    status = Counter(entry.status for entry in portfolio.entries)
    return {
        "accounts": len(portfolio.entries),
        **{name: status[name] for name in ("bad", "good", "none")},
        "changed": sum(bool(entry.changes) for entry in portfolio.entries),
        "stale": sum(entry.is_stale for entry in portfolio.entries),
        "failed": sum(bool(entry.failed) for entry in portfolio.entries),
        "not_reported": len(portfolio.refused),
    }


def _account(entry: Entry, link: Link) -> dict[str, Any]:
    return {
        "account": entry.account,
        "title": entry.title,
        "marketplace": entry.marketplace,
        "as_of": entry.as_of.isoformat(),
        "policy": entry.policy,
        "status": entry.status,
        "verdict": entry.verdict,
        "alarms": entry.alarms,
        "changes": entry.changes,
        "since": entry.since and entry.since.isoformat(),
        "is_stale": entry.is_stale,
        "why": entry.why,
        "failed": [{**asdict(lost), "as_of": lost.as_of.isoformat(), **_url(lost.href, link)} for lost in entry.failed],
        "figures": [asdict(figure) for figure in entry.figures],
        "href": entry.href,
        **_url(entry.href, link),
    }


def _url(href: str, link: Link) -> dict[str, str]:
    return {"url": link(href)} if link(href) else {}
