"""The rows that a person adds to a step and takes off it; the buttons work without a script."""

from collections.abc import Sequence

from asv_platform.common.parsing import whole_number


def rows_sent(data, count: str, *, most: int) -> int:
    """How many rows were sent; the field is hidden, and anything may come in it."""
    return min(whole_number(data.get(count)) or 0, most)


def less_row(data, index: int, *, count: str, prefix: str, names: Sequence[str], most: int):
    """What was sent, less one row; the rows after it move up."""
    data = data.copy()
    rows = rows_sent(data, count, most=most)
    for row in range(index, rows):
        for name in names:
            data.setlist(f"{prefix}_{row}_{name}", data.getlist(f"{prefix}_{row + 1}_{name}"))
    data[count] = str(max(rows - 1, 0))
    return data


def removed_row(data) -> int | None:
    """The row whose « Retirer » was pressed."""
    go = data.get("go", "") if data is not None else ""
    return whole_number(go.removeprefix("remove-")) if go.startswith("remove-") else None
