"""Vega as a page carries it: one script, packed, made once and kept in the user's own cache."""

import base64
import hashlib
import os
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

DRAW = "window.drawChart=(at,spec,options)=>vegaEmbed(at,spec,options)"
MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle(sys.argv[1]).encode())"


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The script, and the same packed as a page holds it."""

    script: str
    packed: str


@cache
def digest(script: str) -> str:
    """The hash of a script as a Content-Security-Policy names it.

    Example:
        >>> digest("")
        'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


@cache
def bundle() -> Bundle:
    """Vega, Vega-Lite and its embedder. Taken from the cache; made, in about two seconds, where it is not there."""
    place = cached()
    found = _read(place)
    if not found:
        found = _made()
        _keep(found, place)
    return found


def cached() -> Path:
    """Where the bundle of this version is kept; `XDG_CACHE_HOME` is honoured."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    name = f"vega-{version('vl-convert-python')}-{hashlib.sha256(DRAW.encode()).hexdigest()[:12]}.txt"
    return Path(home, "sellerhealth", name)


def _read(place: Path) -> Bundle | None:
    """What is kept there; None when it is not there, damaged, or another user could have put it there."""
    try:
        if not _is_own(place.parent):
            return None
        said, packed = place.read_text(encoding="ascii").split()
        script = zlib.decompress(base64.b64decode(packed, validate=True)).decode()
        return Bundle(script=script, packed=packed) if digest(script) == said else None
    except (OSError, ValueError, zlib.error):
        return None


def _is_own(folder: Path) -> bool:
    """Whether only this user can write there: what lies there will run in pages."""
    told = folder.stat()
    return not hasattr(os, "geteuid") or (told.st_uid == os.geteuid() and not told.st_mode & 0o022)


def _made() -> Bundle:
    """Made in a process of its own: the threads of V8 would make this one unfit to fork."""
    made = subprocess.run([sys.executable, "-c", MAKE, DRAW], check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own
    packed = base64.b64encode(zlib.compress(made.stdout, 9)).decode()
    return Bundle(script=made.stdout.decode(), packed=packed)


def _keep(made: Bundle, place: Path) -> None:
    """Written beside its place and renamed; where nothing can be written, the next process makes it anew."""
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent, prefix=".") as work:
            beside = Path(work, place.name)
            beside.write_text(f"{digest(made.script)}\n{made.packed}\n", encoding="ascii", newline="\n")
            beside.replace(place)
