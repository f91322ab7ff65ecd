"""The accounts of a data folder on object storage.

They are looked up in a process of its own, which this module is the program of: the library's threads must not be
there in a process that forks later on.
"""

import json
import subprocess
import sys
from dataclasses import astuple

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote.address import checked
from sellerhealth.sources.remote.bucket import PATIENCE, Bucket, side_by_side


def names(data: str) -> list[str]:
    """The accounts of a data folder on object storage: its folders that hold an account.toml, by name.

    Raises InputError for storage that cannot be read.
    """
    # The address holds no secret once it is checked.
    asked = [sys.executable, "-m", __name__, checked(data)]
    try:
        told = subprocess.run(asked, stdout=subprocess.PIPE, check=True, timeout=PATIENCE.total)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise InputError(checked(data), "a list of its folders in time", "Check your network.") from None
    answer = json.loads(told.stdout)
    if "error" in answer:
        raise InputError(*answer["error"])
    return list(answer["names"])


def look_up(bucket: Bucket) -> list[str]:
    """The folders of a bucket that hold an account.toml, or may hold one."""
    from sellerhealth.sources.settings import FILE  # noqa: PLC0415

    def is_account(folder: str) -> bool:
        try:
            return bucket.has(f"{folder}/{FILE}")
        except InputError:
            # It is refused by itself when it is fetched, and no other with it.
            return True

    folders = bucket.folders()
    found = side_by_side(is_account, folders)
    return [folder for folder, is_account in zip(folders, found, strict=True) if is_account]


def _answer(data: str) -> dict[str, object]:
    try:
        return {"names": look_up(Bucket(data))}
    except InputError as error:
        return {"error": astuple(error)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(sys.argv[1])))
