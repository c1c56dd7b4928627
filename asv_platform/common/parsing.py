"""Reading what addresses and hidden fields carry: anybody may have written anything there."""

# More digits than any identifier or version of a row; int() itself refuses thousands of them.
MOST_DIGITS = 18


def whole_number(text: str | None) -> int | None:
    """The number that plain digits write; None for anything else (``"²".isdigit()`` is true, and int() refuses it)."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        return None
    return int(text)
