"""environment.yml: conda brings Python and pip, and pip the rest. Parsed, not solved."""

import re
import tomllib
from typing import Any

import pytest
import yaml
from rattler import MatchSpec

from tests.ground.imports import ROOT

TEXT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA = [line for line in TEXT["dependencies"] if isinstance(line, str)]
PIP = [line for line in TEXT["dependencies"] if not isinstance(line, str)]
# MatchSpec takes almost anything: `polars >=2 <3 ==` would become a build string.
SPEC = re.compile(r"[a-z0-9][a-z0-9._-]* (>=|<=|==|!=|<|>)[0-9]+(\.[0-9]+)*(,(>=|<=|==|!=|<|>)[0-9]+(\.[0-9]+)*)*")


def test_the_file_says_what_it_should():
    assert set(TEXT) == {"name", "channels", "dependencies"}
    assert TEXT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("line", CONDA)
def test_a_conda_line_is_a_name_and_a_range(line: str):
    assert SPEC.fullmatch(line)
    spec = MatchSpec(line)
    name, _, versions = line.partition(" ")
    assert spec.name.normalized == name
    assert str(spec.version) == versions
    assert spec.build is None


def test_conda_brings_python_and_pip_only():
    assert [line.split()[0] for line in CONDA] == ["python", "pip"]


def test_the_range_of_python_is_the_package_s():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CONDA[0].removeprefix("python ") == project["requires-python"]


def test_pip_brings_the_rest_at_the_versions_of_the_lock():
    assert PIP == [{"pip": ["-c constraints.txt", "-e .[lab]"]}]
