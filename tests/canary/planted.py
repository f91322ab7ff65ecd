"""An account whose every column, key and file holds a person's data wherever no reader may look, and the texts to find."""

import gzip
from itertools import count
from pathlib import Path

from tests.bad_input import sound
from tests.sources.folder import ALL_ORDERS, CLAIMS, FEEDBACK, MESSAGES, ORDER_REPORT, order, put, text

NAME, STREET, PHONE, TOKEN = "Zaphodia Bëeblebroxx", "Kakrafoonstraße", "555-0142-4711", "Qx7Trillianne9Vz"
PLAIN = "zaphodia"
"""In every name, e-mail address and token, so that no folding of letters hides them."""
TEXTS = [NAME, PLAIN, STREET, PHONE, PHONE.replace("-", ""), PHONE.replace("-", " "), TOKEN]
KINDS = (
    ("mail", "zaphodia.{}@example.com"),
    ("phone", f"+1-{PHONE} {{}}"),
    ("token", f"{TOKEN}{{}}"),
    ("address", f"{STREET} {{}}"),
    ("city", f"{STREET}dorf {{}}"),
    ("postal", f"{TOKEN} {{}}"),
    ("comment", f"{NAME} {{}}: call +1-{PHONE} or {STREET} 9 or zaphodia@example.com"),
    ("text", f"{NAME} {{}}: call +1-{PHONE} or {STREET} 9 or zaphodia@example.com"),
    ("message", f"Dear {NAME} {{}} of {STREET}"),
)
SHOP, REFUSED, BROKEN = "shop", "refused", "broken"
NUMBERS = count(1)


def plant(column: str) -> str:
    """What a person's column holds, with a number of its own: a name, where the heading does not say more."""
    name = column.casefold()
    found = next((form for part, form in KINDS if part in name), f"{NAME} {{}} {TOKEN}")
    return found.format(next(NUMBERS))


def write(data: Path) -> frozenset[Path]:
    """Three accounts: one that opens, one that is refused for too many bad rows, one whose file is no report at all."""
    toml = f'label = "Shop"\ncontact = "{plant("mail")}"\nmarketplace = "US"\nmax_reject = 1\n{sound.SOURCE}'
    american = [name for name, kind in sound.TABLES.items() if kind.marketplace == "US"]
    files = {name: sound.whole(name, plant) for name in (*american, *sound.sound_documents.DOCUMENTS)}
    put(data, {**files, **_in_wrong_places()}, toml, SHOP)
    put(data, {"orders.tsv": text(ALL_ORDERS, order(), order(order_status=plant("x")))}, name=REFUSED)
    put(data, {"letter.txt": f"{plant('name')}\t{plant('address')}\n{plant('mail')}\t{plant('phone')}\n"}, name=BROKEN)
    return frozenset(path for path in data.rglob("*") if path.is_file())


def _in_wrong_places() -> dict[str, str | bytes]:
    """People's data under headings that are read: ids that are names, words that are none, cells moved by a tab."""
    ids = [plant(kind) for kind in ("name", "mail", "phone", "address")]
    day, moment = "2026-03-05", "2026-03-05T10:00:00+00:00"
    talk = [
        {"thread_id": one, "message_id": one, "sender": "buyer", "sent_at": moment, "subject": one, "text": one}
        for one in ids
    ]
    wrong = ("amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sales-channel", "quantity")
    claims = {"order_id": ids[0], "opened_at": day, "claim_type": "chargeback", "status": "open"}
    return {
        # The first to be read, and one that has to be unpacked and decoded: killed there, a copy of it would be left.
        "0.tsv.gz": gzip.compress(text(ALL_ORDERS, order(product_name=plant("comment"))).encode("utf-16")),
        "talk.csv": text(MESSAGES, *talk, delimiter=","),
        "wrong.tsv": text(ALL_ORDERS, *({**order(), column: plant("comment")} for column in wrong)),
        "moved.tsv": text(FEEDBACK, {"Date": "3/5/26", "Rating": plant("comment"), "Order ID": plant("mail")}),
        "shifted.tsv": text(ORDER_REPORT) + "\t".join(plant(name) for name in [*ORDER_REPORT, "more"]) + "\n",
        "named.csv": text(CLAIMS, claims, delimiter=","),
    }
