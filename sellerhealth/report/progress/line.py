"""Text of unknown origin as one line: for a terminal, a log, a mail's header."""

MOST = 240


def one_line(text: str, most: int = MOST) -> str:
    r"""The text without line ends and anything else that acts on its reader, cut where it is too long.

    A name may hold an escape that clears a terminal, or a sign that turns the writing's direction.

    Example:
        >>> one_line("Shop\r\nBcc: all"), one_line("\x1b[2Jcaf\u00e9\u202e"), one_line("abcdef", most=4)
        ('Shop Bcc: all', '�[2Jcafé�', 'abc…')
    """
    whole = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))
    return whole if len(whole) <= most else whole[: most - 1] + "…"
