"""The list page: filters in the URL, sort, pages, a count, an empty state that teaches, exports of what is shown."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from asv_platform.common.exports import cents, csv_response, xlsx_response
from asv_platform.common.filters import by_archive
from asv_platform.common.formats import plural
from asv_platform.common.views import Page, PermissionView

EXPORTS: dict[str, Callable[..., HttpResponseBase]] = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True)
class Column:
    """One column: how a row's value is read, shown, sorted and exported.

    ``kind`` is text, title, money, number, percent, date, datetime, state or tags. ``value`` is an attribute path
    ("organisation.name") or a function of the row. ``sort`` is the field of the ORDER BY. ``sub`` is a second line,
    ``tone`` the tone of a state. A column with ``shown=False`` is exported only; ``whole`` is what exports write
    where the page shortens the value.
    """

    label: str
    value: str | Callable[[Any], Any]
    kind: str = "text"
    sort: str = ""
    sub: str | Callable[[Any], Any] = ""
    whole: str | Callable[[Any], Any] = ""
    tone: Callable[[Any], str] | None = None
    shown: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind in {"money", "number", "percent"}

    def read(self, row: Any, source: str | Callable[[Any], Any] | None = None) -> Any:
        """The value of this column for ``row``."""
        source = self.value if source is None else source
        if callable(source):
            return source(row)
        for part in source.split(".") if source else ():
            row = getattr(row, part, None)
            row = row() if callable(row) else row
        return row if source else ""

    def exported(self, row: Any) -> Any:
        """The value as exports write it: all the cents of an amount, the day of a date as on the page.

        A bar parts the items of a list, whose labels may hold commas.
        """
        value = self.read(row, self.whole or self.value)
        if self.kind == "money":
            return cents(value)
        if self.kind == "date" and isinstance(value, dt.datetime):
            return timezone.localdate(value)
        return " | ".join(str(item) for item in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Cell:
    """One cell, ready for the template."""

    kind: str
    text: Any
    label: str
    sub: Any = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    cells: list[Cell]
    url: str = ""


@dataclass(frozen=True)
class Heading:
    """A column header: its label, its sort link and the order in force."""

    label: str
    numeric: bool
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty list says: why, and what to do."""

    title: str
    text: str = ""
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class Pager:
    """The pages of a list: (text, url, is current), and where the neighbours are."""

    items: list[tuple[str, str, bool]]
    previous_url: str = ""
    next_url: str = ""


@dataclass
class ListContext(Page):
    """What templates/common/list.html shows."""

    columns: list[Heading] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    count_label: str = ""
    filter_form: Any = None
    active_filters: list[tuple[str, str]] = field(default_factory=list)
    reset_url: str = ""
    pager: Pager | None = None
    exports: list[tuple[str, str]] = field(default_factory=list)
    empty: Empty | None = None
    empty_filtered: bool = False
    sort: str = ""
    totals: list[Cell] = field(default_factory=list)


class ListPage(PermissionView):
    """Base of the list pages. Declare columns, a filterset, and where a row leads."""

    template_name = "common/list.html"
    http_method_names = ["get", "head", "options"]
    columns: list[Column] = []
    filterset_class: type | None = None
    default_sort: tuple[str, ...] = ("pk",)
    per_page = 50
    nouns = ("ligne", "lignes")
    empty = Empty("Rien à afficher")

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError

    def row_url(self, row: Any) -> str:
        """Where the title of a row leads; empty for nowhere."""
        return ""

    def get_empty(self) -> Empty:
        """The empty state, when no filter hides anything."""
        return self.empty

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:  # type: ignore[override]
        rows = self.filtered(self.kept(self.get_queryset()))
        if export := EXPORTS.get(request.GET.get("format", "")):
            return export(self.export_name(), self.export_headers(), self.export_rows(rows))
        return self.render(rows)

    # Filters and order

    def kept(self, rows: QuerySet) -> QuerySet:
        """Without what is archived unless the filter « Fiches » asks for it; a list that lacks it chooses by itself."""
        if self.filterset_class and "fiches" in self.filterset_class.base_filters:  # type: ignore[attr-defined]
            return by_archive(rows, self.request.GET.get("fiches", ""))
        return rows

    def filtered(self, rows: QuerySet) -> QuerySet:
        self.filterset = None
        if self.filterset_class:
            self.filterset = self.filterset_class(self.request.GET or None, queryset=rows, request=self.request)
            rows = self.filterset.qs
        return rows.order_by(*self.ordering())

    def ordering(self) -> tuple[str, ...]:
        asked = self.request.GET.get("tri", "")
        known = {column.sort for column in self.columns if column.sort}
        if asked.removeprefix("-") not in known:
            return self.default_sort
        return (asked, "pk")

    def url_with(self, **changes: str | None) -> str:
        """This page's address with some parameters changed (None removes one)."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}" if query else self.request.path

    def headings(self) -> list[Heading]:
        asked = self.ordering()[0]
        return [self._heading(column, asked) for column in self.columns if column.shown]

    def _heading(self, column: Column, asked: str) -> Heading:
        if not column.sort:
            return Heading(column.label, column.numeric)
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked, "")
        target = f"-{column.sort}" if state == "ascending" else column.sort
        return Heading(column.label, column.numeric, self.url_with(tri=target), state)

    def active_filters(self) -> list[tuple[str, str]]:
        """The filters in force, each with the address of the page without it."""
        if not self.filterset or not self.filterset.form.is_bound or not self.filterset.form.is_valid():
            return []
        form = self.filterset.form
        return [
            (f"{form[name].label} : {self._filter_text(form, name, value)}", self.url_with(**{name: None}))
            for name, value in form.cleaned_data.items()
            if value not in (None, "", []) and (not hasattr(value, "exists") or value)
        ]

    def reset_url(self) -> str:
        """The address of this page without any filter."""
        return self.request.path

    @staticmethod
    def _filter_text(form, name: str, value: Any) -> str:
        values = list(value) if isinstance(value, list | tuple | QuerySet) else [value]
        if isinstance(values[0], Model):
            return ", ".join(form.fields[name].label_from_instance(row) for row in values)
        choices = {str(key): label for key, label in getattr(form.fields[name], "choices", None) or []}
        return ", ".join(str(choices.get(str(item), item)) for item in values)

    # Rendering

    def render(self, rows: QuerySet) -> HttpResponse:
        page = Paginator(rows, self.per_page).get_page(self.request.GET.get("page"))
        total = page.paginator.count
        active_filters = self.active_filters()
        context = ListContext(
            **self.page_fields(),
            columns=self.headings(),
            rows=[self._row(row) for row in page.object_list],
            total=total,
            count_label=plural(total, *self.nouns),
            filter_form=self.filterset.form if self.filterset else None,
            sort=self.request.GET.get("tri", ""),
            active_filters=active_filters,
            reset_url=self.reset_url(),
            pager=self._pager(page) if page.paginator.num_pages > 1 else None,
            exports=[("CSV", self.url_with(format="csv")), ("Excel (XLSX)", self.url_with(format="xlsx"))],
            empty=None if total else self.get_empty(),
            empty_filtered=bool(active_filters) and total == 0,
            totals=self.totals(rows),
        )
        return self.render_to_response({"page": context, **self.extra_context_data()})

    def _row(self, row: Any) -> Row:
        url = self.row_url(row)
        cells = [self._cell(column, row, url) for column in self.columns if column.shown]
        return Row(cells=cells, url=url)

    def _cell(self, column: Column, row: Any, url: str) -> Cell:
        return Cell(
            kind=column.kind,
            text=column.read(row),
            label=column.label,
            sub=self._sub(column, row),
            url=url if column.kind == "title" else "",
            tone=column.tone(row) if column.tone else "",
        )

    @staticmethod
    def _sub(column: Column, row: Any) -> str:
        sub = column.read(row, column.sub) if column.sub else ""
        if column.kind == "title" and getattr(row, "archived_at", None):
            return f"{sub}, fiche archivée" if sub else "Fiche archivée"
        return sub

    def _pager(self, page) -> Pager:
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return Pager(
            items=[
                (str(number), self.url_with(page=str(number)) if isinstance(number, int) else "", number == page.number)
                for number in numbers
            ],
            previous_url=self.url_with(page=str(page.number - 1)) if page.has_previous() else "",
            next_url=self.url_with(page=str(page.number + 1)) if page.has_next() else "",
        )

    def totals(self, rows: QuerySet) -> list[Cell]:
        """The cells of a total row, one for each shown column; none by default."""
        return []

    # Exports

    def export_name(self) -> str:
        return slugify(f"{self.get_title()}")[:80] or "export"

    def export_headers(self) -> list[str]:
        return [column.label for column in self.columns]

    def export_rows(self, rows: QuerySet) -> Iterator[list]:
        for row in rows.iterator(chunk_size=500):
            yield [column.exported(row) for column in self.columns]
