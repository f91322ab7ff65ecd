"""Whether the command line takes the words a schedule gives it."""

from collections.abc import Sequence

from sellerhealth.cli import app


def taken(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The command and what it is given, as text; an unknown option is an error."""
    command, bound, _ = app.parse_args(list(words), exit_on_error=False, print_error=False)
    return command.__name__, {name: str(value) for name, value in bound.arguments.items()}
