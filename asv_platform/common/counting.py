"""Several figures asked in one query: each one is a column of another query.

``rows`` may refer to the other query with ``OuterRef``; it is neither sliced nor ``distinct(…)`` on fields. A row that
joins return several times counts once, and no row makes 0.
"""

from typing import Any

from django.db.models import F, IntegerField, Model, QuerySet, Subquery


class CountRows(Subquery):
    """How many rows, or how many different values of the field ``of`` (nulls are not values)."""

    template = "(SELECT COUNT(DISTINCT counted) FROM (%(subquery)s) AS counted_rows)"
    output_field = IntegerField()
    # For rows that cannot exist (``none()``, ``filter(pk__in=[])``), which are not asked to the database.
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet, of: str = "pk") -> None:
        super().__init__(rows.order_by().values(counted=F(of)))


def figures_of(row: Model, /, **columns: Any) -> dict[str, Any]:
    """The value of each column (CountRows or any expression) for ``row``, all in one query.

    A column is not named like a field of ``row``.
    """
    return type(row)._default_manager.filter(pk=row.pk).values(**columns).get()
