"""environment.yml: conda brings Python and pip, and pip the rest. Parsed, not solved."""

import re
import tomllib
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec

from tests.ground.imports import ROOT

TEXT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA = [line for line in TEXT["dependencies"] if isinstance(line, str)]
PIP = [line for line in TEXT["dependencies"] if not isinstance(line, str)]
# MatchSpec takes almost anything: `polars >=2 <3 ==` would become a build string.
SPEC = re.compile(r"[a-z0-9][a-z0-9._-]* (>=|<=|==|!=|=|<|>)[0-9]+(\.[0-9]+)*(,(>=|<=|==|!=|<|>)[0-9]+(\.[0-9]+)*)*")


def test_the_file_says_what_it_should():
    assert set(TEXT) == {"name", "channels", "dependencies"}
    assert TEXT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("line", CONDA)
def test_a_conda_line_is_a_name_and_a_range(line: str):
    assert SPEC.fullmatch(line)
    spec = MatchSpec(line)
    name, _, versions = line.partition(" ")
    assert spec.name.normalized == name
    assert str(spec.version).removesuffix(".*") == versions.removeprefix("=")
    assert spec.build is None


def test_conda_brings_python_and_pip_only():
    assert [line.split()[0] for line in CONDA] == ["python", "pip"]


def test_the_one_python_is_one_of_the_package_s():
    """Binder's builder knows `=` only: a range would be passed over without a word."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, _, one = CONDA[0].partition(" =")
    assert name == "python"
    assert SpecifierSet(project["requires-python"]).contains(f"{one}.0")


def test_pip_brings_the_rest_at_the_versions_of_the_lock():
    assert PIP == [{"pip": ["-c constraints.txt", "-e .[lab]"]}]
