"""The demo accounts: two invented sellers, each with something to find, the same bytes on every run and platform."""

from pathlib import Path

from sellerhealth.demo import fern_street_books, harbor_and_pine


def write(data: Path) -> None:
    """The folders `demo-us` and `demo-uk` under `data`, as their sellers would have downloaded them.

    Files of the same name are overwritten; others in those folders are left alone.
    """
    for seller in (harbor_and_pine, fern_street_books):
        folder = data / seller.SHOP.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in seller.files().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
