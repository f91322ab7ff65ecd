"""Print constraints.txt: requirements.lock without its hashes and comments."""

import re
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements.lock"


def constraints() -> str:
    lines = [re.sub(r"\s*\\$", "", line) for line in LOCK.read_text(encoding="utf-8").splitlines()]
    return "".join(f"{line}\n" for line in lines if re.match(r"[a-z0-9]", line))


if __name__ == "__main__":
    print(constraints(), end="")
