"""One source of versions: pyproject.toml says what is wanted, the lock which, constraints.txt the same for conda."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.ground.constraints import LOCK, constraints

ROOT = LOCK.parent
COMPILE = ("pip", "compile", "pyproject.toml", "--universal", "--all-extras", "--group", "dev", "--generate-hashes")
UNREACHABLE = re.compile(
    r"Failed to fetch|dns error|error sending request|Could not connect|network was disabled|connectivity is disabled"
)
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;\\]+)(?P<marker> ; [^\\]+)? \\")


def pins() -> list[Requirement]:
    """Every pin of the lock; a package may have several, under markers that exclude each other."""
    return [Requirement(line) for line in constraints().splitlines()]


def wanted() -> Iterator[Requirement]:
    """What pyproject.toml asks for, extras and groups included."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = told["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values(), *told["dependency-groups"].values()]
    for one in lists:
        yield from map(Requirement, one)


def test_the_lock_names_no_address():
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?i)(^|\s)(--(extra-)?index|--find-links|-f\s|-i\s)|@ ", text)


def test_every_pin_has_hashes():
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.read_text(encoding="utf-8").strip())
    assert len(blocks) > 100
    for block in blocks:
        assert PIN.match(block), block.splitlines()[0]
        assert re.search(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$", block, re.MULTILINE), block.splitlines()[0]


def test_constraints_are_the_lock_without_hashes():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert text == constraints()


@pytest.mark.parametrize("requirement", list(wanted()), ids=str)
def test_a_dependency_is_locked_within_its_range(requirement: Requirement):
    name = canonicalize_name(requirement.name)
    locked = [pin for pin in pins() if canonicalize_name(pin.name) == name]
    assert locked, f"{name} is not in the lock: run `make lock`"
    for pin in locked:
        version = str(pin.specifier).removeprefix("==")
        assert requirement.specifier.contains(version, prereleases=True), f"{name} {version} is not {requirement}"


def test_the_lock_is_what_compiling_gives(tmp_path: Path):
    copy = shutil.copy(LOCK, tmp_path / LOCK.name)
    uv = shutil.which("uv", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    if not uv:
        pytest.skip("uv is not installed")
    command = [uv, *COMPILE, "--no-header", "--quiet", "-o", str(copy)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    if ran.returncode and UNREACHABLE.search(ran.stderr):
        pytest.skip(f"the package index cannot be reached: {ran.stderr.strip().splitlines()[0]}")
    assert ran.returncode == 0, ran.stderr
    assert Path(copy).read_text(encoding="utf-8") == LOCK.read_text(encoding="utf-8"), "run `make lock`"
