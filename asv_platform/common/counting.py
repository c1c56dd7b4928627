"""Several counts asked in one query."""

from django.db.models import IntegerField, QuerySet, Subquery


class CountRows(Subquery):
    """The number of rows of a queryset, as one column of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk"))
