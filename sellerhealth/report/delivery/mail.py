"""A message to hand to a mail program: words, the same with a look, and its picture."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

PICTURE = "digest.png"
CID = "digest.png@sellerhealth"
"""By this the HTML part names the picture: `cid:digest.png@sellerhealth`."""


def message(subject: str, text: str, html: str, png: bytes) -> bytes:
    """The message; the same content gives the same bytes.

    Who sends it adds From, To, Date and Message-ID: a date would make each run another, and of two messages with
    the same id a mail program shows one.
    """
    made = EmailMessage(policy=SMTP)
    made["Subject"] = subject
    made["X-Unsent"] = "1"  # opened by hand, it is a draft
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    if png:
        *_, shown = made.iter_parts()
        shown.add_related(png, "image", "png", cid=f"<{CID}>", filename=PICTURE, disposition="inline")
    _bound(made, sha256(f"{subject}\0{text}\0{html}".encode() + png).hexdigest()[:32])
    return made.as_bytes()


def _bound(made: EmailMessage, digest: str) -> None:
    """Boundaries from the content, not from chance."""
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"sellerhealth-{number}-{digest}")
