from pathlib import Path

import pytest

from tests.ground.documents import ROOT, written


@pytest.mark.parametrize("document", [Path("README.md"), Path("data/README.md")], ids=str)
def test_made_parts_are_up_to_date(document: Path) -> None:
    path = ROOT / document
    assert written(path) == path.read_text(encoding="utf-8"), "run `make docs`"


def test_every_picture_and_page_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [part.split(")")[0] for part in text.split("](")[1:]]
    assert [name for name in named if not (ROOT / name).exists()] == []
