"""Amazon's documents that are no tables, JSON and XML, as lines of one."""

from dataclasses import dataclass

from sellerhealth.sources.amazon import figures


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document as tab-separated lines below a header, and what is odd about it, a sentence each."""

    lines: str
    notes: tuple[str, ...] = ()


def told(text: str) -> Document | None:
    """The document as a table; None for a text that is none of those this program reads."""
    lines = figures.lines(text)
    return Document(lines=lines) if lines is not None else None
