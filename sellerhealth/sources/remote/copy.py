"""The copy of an account on object storage: opened by one process at a time, and its files fetched whole."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote.bucket import Bucket, Patience, Stamp
from sellerhealth.sources.remote.held import Held, looks_like_md5
from sellerhealth.sources.remote.place import SYNC, locked, place
from sellerhealth.sources.remote.refusal import ChangedError
from sellerhealth.sources.settings import ACCOUNT_NAME
from sellerhealth.sources.work import sweep, workdir


@dataclass(frozen=True, kw_only=True)
class Copy:
    """An account on object storage, what its copy holds, and a folder in which files grow until they are whole."""

    bucket: Bucket
    account: str
    place: Path
    held: Held
    work: Path

    @property
    def folder(self) -> Path:
        """The account's folder here."""
        return self.place / self.account

    @property
    def where(self) -> str:
        """The account's folder there."""
        return f"{self.bucket.address}/{self.account}"

    def whole(self, name: str, stamp: Stamp) -> tuple[Path, str]:
        """An object of the account as a new file with its time, and the MD5 of its bytes.

        Raises ChangedError when it is no longer that of the stamp, or was damaged on the way.
        """
        beside = self.work / hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
        md5 = self.bucket.get(f"{self.account}/{name}", stamp, beside)
        # Encrypted storage has ETags that only look like an MD5: the same bytes twice are no damage.
        is_in_doubt = looks_like_md5(stamp) not in ("", md5) and self.held.tells_md5
        if is_in_doubt and self.bucket.get(f"{self.account}/{name}", stamp, beside) != md5:
            raise ChangedError
        os.utime(beside, ns=(stamp.nanoseconds, stamp.nanoseconds))
        return beside, md5


@contextmanager
def opened(data: str, account: str, patience: Patience) -> Iterator[Copy]:
    """The copy of an account, for one process at a time; who comes later waits.

    Raises InputError for an address or an account's name that cannot be one, and for a disk that cannot be written to.
    """
    name = account.partition("/")[0]
    if not ACCOUNT_NAME.fullmatch(name):
        raise InputError("account", "letters, digits, dot, dash or underline", "Rename the folder.")
    try:
        here = place(data)
        with locked(here, name):
            sweep(here / SYNC)
            with workdir(here / SYNC) as work:
                held = Held.of(here, name)
                yield Copy(bucket=Bucket(data, patience), account=name, place=here, held=held, work=work)
    except OSError as error:
        way_out = f"{error.strerror or 'It failed'}. Look after the disk and run the same command again."
        raise InputError(f"the copy of {name}", "a disk that can be written to", way_out) from None
