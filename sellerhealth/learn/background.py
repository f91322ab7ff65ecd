"""What stands behind a lesson: the words it uses, and how Amazon's rule read over the years."""

from html import escape

from sellerhealth.definition.glossary import TERMS
from sellerhealth.learn.course import Subject
from sellerhealth.show.card import Card


def glossary(metric: Subject) -> Card:
    """The words of a lesson, each with its meaning."""
    told = {term: TERMS[term] for term in metric.definition.lesson.terms}
    html = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in told.items())
    return Card(html=f'<dl class="meaning">{html}</dl>', text="\n".join(f"{one}: {text}" for one, text in told.items()))


def history(metric: Subject) -> Card:
    """How the rule read, the oldest first, each with where that is known from."""
    eras = metric.definition.lesson.eras
    rows = "".join(
        f'<tr><th scope="row">{escape(era.since)}</th><td>{escape(era.rule)}</td><td>{escape(era.source)}</td></tr>'
        for era in eras
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Since", "The rule", "Known from"))
    html = f"<table><caption>How the rule changed</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return Card(html=html, text="\n".join(f"{era.since}: {era.rule} [{era.source}]" for era in eras))
