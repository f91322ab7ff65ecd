"""A step of what is worked by hand: what is asked, and the lines that answer it."""

from dataclasses import dataclass
from html import escape

from sellerhealth.show.card import Card


@dataclass(frozen=True)
class Step:
    """What is asked, and what is found, line by line."""

    title: str
    lines: tuple[str, ...]

    @property
    def html(self) -> str:
        """The step for a page."""
        first, *rest = (escape(line) for line in self.lines)
        listed = f"<ul>{''.join(f'<li>{line}</li>' for line in rest)}</ul>" if rest else ""
        return f"<strong>{escape(self.title)}</strong><p>{first}</p>{listed}"

    @property
    def text(self) -> str:
        """The step for everything else."""
        return "\n".join([self.title, *(f"  {line}" for line in self.lines)])


def beside(hand: str, code: str, *, is_same: bool) -> Card:
    """What was found by hand, and what the code finds of the same rows."""
    agree = "They are the same." if is_same else "They differ: that is an error of this lesson."
    rows = {"By hand": hand, "By code": code}
    html = "".join(f"<dt>{name}</dt><dd>{escape(told)}</dd>" for name, told in rows.items())
    text = "\n".join(f"{name}: {told}" for name, told in rows.items())
    return Card(html=f'<dl class="meaning">{html}</dl><p>{agree}</p>', text=f"{text}\n{agree}")
