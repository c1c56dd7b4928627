"""The history of one row, the same page for every app."""

from collections.abc import Collection
from typing import Any

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator

from asv_platform.audit.selectors import HistoryEntry, history_of
from asv_platform.common.lists import Pager
from asv_platform.common.views import DetailPage

PER_PAGE = 50
MOST_ENTRIES = 1000


class HistoryPage(DetailPage):
    """Who changed the row, when, each field before and after. Declare ``permission``, ``get_queryset``, ``crumbs``."""

    crumb = "Historique"
    template_name = "common/history.html"

    def get_title(self) -> str:
        return f"Historique de « {self.object} »"

    def tabs(self, current: str) -> list[dict[str, Any]]:
        """The pages of the row, when it has several: ``current`` is the name of this one's address."""
        return []

    def unread_fields(self) -> Collection[str]:
        """The fields whose values the reader may not see."""
        return ()

    def entries(self) -> list[HistoryEntry]:
        """What happened to the row, the latest first."""
        return history_of(self.object, limit=MOST_ENTRIES, without=self.unread_fields())

    def extra_context_data(self) -> dict[str, Any]:
        pages = Paginator(self.entries(), PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return {
            "entries": page.object_list,
            "pager": _pager(page) if pages.num_pages > 1 else None,
            "tabs": self.tabs(self.request.resolver_match.url_name),
        }


def _pager(page: PageOfRows) -> Pager:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Pager(
        items=[
            (str(number), f"?page={number}" if isinstance(number, int) else "", number == page.number)
            for number in numbers
        ],
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
    )
