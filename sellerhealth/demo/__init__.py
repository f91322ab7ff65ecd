"""The demo accounts: two invented sellers, each with something to find, the same bytes on every run and platform."""

from pathlib import Path
from shutil import rmtree

from sellerhealth.demo.fern_street_books import files as fern_street_books
from sellerhealth.demo.harbor_and_pine import files as harbor_and_pine
from sellerhealth.demo.shops import FERN_STREET_BOOKS, HARBOR_AND_PINE


def write(data: Path) -> None:
    """The folders `demo-us` and `demo-uk` under `data`, as their sellers would have downloaded them.

    Files of the same name are overwritten; others in those folders are left alone, but for what was remembered of an
    earlier demo.
    """
    for shop, files in ((HARBOR_AND_PINE, harbor_and_pine), (FERN_STREET_BOOKS, fern_street_books)):
        folder = data / shop.folder
        folder.mkdir(parents=True, exist_ok=True)
        rmtree(folder / ".history", ignore_errors=True)
        for name, text in files().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
