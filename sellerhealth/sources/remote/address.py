"""The address of a data folder: on this machine, or on object storage. Imports nothing heavy: `--help` passes here."""

import re
from urllib.parse import SplitResult, urlsplit

from sellerhealth.definition.errors import InputError

FILE_SYSTEMS = ("abfs", "abfss", "adl")
"""Their addresses name a container before an "@"; elsewhere a name there is a user's."""
SCHEMES = ("s3", "s3a", "gs", "gcs", "az", "azure", *FILE_SYSTEMS, "file")
IN_THE_ENVIRONMENT = "Leave out what is before an @ or after a ? or #: credentials are taken from the environment."


def is_remote(data: str) -> bool:
    """Whether a data folder is an address, such as s3://bucket/accounts, and no folder of this machine.

    Example:
        >>> is_remote("s3://bucket/accounts"), is_remote("data"), is_remote("C:/data")
        (True, False, False)
    """
    return "://" in data


def checked(data: str) -> str:
    """The address as the library for object storage takes it.

    Raises InputError for an address that holds a secret, is no address, or is of a kind that holds no folders. What
    may be a secret is not part of the error.

    Example:
        >>> checked("gcs://bucket/accounts/")
        'gs://bucket/accounts'
        >>> checked("s3://key:secret@bucket/accounts")
        Traceback (most recent call last):
        sellerhealth.definition.errors.InputError: data: expected an address without credentials. Leave out ...
    """
    scheme, parts = data.partition("://")[0].lower(), _split(data)
    if scheme not in SCHEMES:
        way_out = "Write it such as s3://bucket/accounts, or gs://, az:// or file://."
        raise InputError("data", "a folder, or an address of object storage", way_out)
    is_user = parts.password is not None or (parts.username is not None and scheme not in FILE_SYSTEMS)
    if is_user or parts.query or parts.fragment:
        raise InputError("data", "an address without credentials", IN_THE_ENVIRONMENT)
    if not (parts.netloc or scheme == "file"):
        raise InputError("data", "an address that names a bucket", "Write it such as s3://bucket/accounts.")
    return re.sub("^gcs://", "gs://", data, flags=re.IGNORECASE).rstrip("/")


def _split(data: str) -> SplitResult:
    try:
        return urlsplit(data)
    except ValueError:
        raise InputError("data", "an address", "Write it such as s3://bucket/accounts.") from None
