"""What goes wrong with object storage, in plain words.

What the library says of an error may quote a key, a signature or an answer of the storage: it is looked at here, and
never passed on.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sellerhealth.definition.errors import InputError

VARIABLES = {
    "s3": "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "gs": "GOOGLE_SERVICE_ACCOUNT to the file of a service account",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
LATER = "Run the same command again later: what is there already is not fetched again."
KINDS = (
    (
        r"InvalidObjectState",
        "files that can be read at once",
        "Some lie in an archive: restore them, or move them elsewhere.",
    ),
    (
        r"Missing ?\w*Key|token request|/latest/(api/token|meta-data)|Account must be specified",
        "credentials in the environment",
        "Set {variables}.",
    ),
    (
        r"status code: 40[13]|Permission denied",
        "storage that lets you in",
        "Check the credentials in the environment, and that they may list, read and (for the history) write there.",
    ),
    (r"status code: 404|canonicalize", "a bucket or folder that is there", "Check the address for a typing error."),
    (
        r"incorrectly configured region|AuthorizationHeaderMalformed|PermanentRedirect",
        "the region of the bucket",
        "Set AWS_REGION to it.",
    ),
    (r"status code: (5\d\d|429)", "storage that answers", f"It fails at the moment. {LATER}"),
    (r"builder error", "an address of https", "Set AWS_ALLOW_HTTP=true to go without encryption."),
    (r"TimedOut|timed out", "an answer in time", f"Check your network. {LATER}"),
    (r"HTTP error", "storage that can be reached", f"Check the address and your network. {LATER}"),
)
"""What tells a kind of error, what was expected instead, and what to do; the first that fits is meant."""
OTHERWISE = ("storage that can be read", "Check that it is the address of a folder, and of storage of its kind.")
BAD_NAME = "Rename the objects whose names have `//`, `/./` or `/../` in them, or marks that cannot be shown."


class ChangedError(Exception):
    """An object is another than it was a moment ago, or did not come whole."""


class GoneError(ChangedError):
    """An object is not there."""


@contextmanager
def plain(where: str) -> Iterator[None]:
    """What the library for object storage raises, as an error in plain words that quotes nothing of it.

    Raises GoneError and ChangedError where there is something to be done about it, InputError otherwise.
    """
    from obstore import exceptions  # noqa: PLC0415

    try:
        yield
    except FileNotFoundError:
        raise GoneError from None
    except (exceptions.PreconditionError, exceptions.AlreadyExistsError):
        raise ChangedError from None
    except exceptions.InvalidPathError:
        raise InputError(where, "names of files", BAD_NAME) from None
    except exceptions.BaseError as error:
        raise refusal(where, str(error)) from None


def refusal(where: str, said: str) -> InputError:
    """What an error means, of which the library said this.

    Example:
        >>> print(refusal("s3://bucket", "Server returned non-2xx status code: 503 Service Unavailable: <Error>"))
        s3://bucket: expected storage that answers. It fails at the moment. Run the same command again later: what \
is there already is not fetched again.
    """
    found = ((expected, way_out) for pattern, expected, way_out in KINDS if re.search(pattern, said))
    expected, way_out = next(found, OTHERWISE)
    scheme = where.partition("://")[0]
    variables = VARIABLES.get(scheme[:2], VARIABLES["az"])
    return InputError(where, expected, way_out.format(variables=variables))
