"""Many counts of one ASV in one query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from asv_platform.territories.models import Asv


def count_of(rows: QuerySet) -> Coalesce:
    """How many of these rows, as a column: they all belong to the ASV in scope."""
    return column_of(rows, Count("pk", distinct=True))


def sum_of(rows: QuerySet, expression: Any) -> Coalesce:
    """The sum of an expression over these rows, as a column."""
    return column_of(rows, Sum(expression))


def column_of(rows: QuerySet, aggregate: Any) -> Coalesce:
    """An aggregate of these rows, as a column; 0 when there are none."""
    grouped = rows.order_by().values("asv").annotate(figure=aggregate).values("figure")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), Value(0))


def counts(asv: Asv, columns: dict[str, Coalesce]) -> dict[str, int]:
    """All the columns in one query."""
    row: Any = Asv.objects.filter(pk=asv.pk).values(**columns)[0]
    return dict(row)
