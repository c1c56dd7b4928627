"""What ``{% pager %}`` shows of a page of results."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict


@dataclass(frozen=True)
class PageLink:
    """One number of the pager; without a URL it stands for the pages left out."""

    number: int | str
    url: str
    current: bool


@dataclass(frozen=True)
class Pager:
    """Where one is in a list of several pages."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    pages: list[PageLink]

    @property
    def needed(self) -> bool:
        """Whether there is more than one page."""
        return len(self.pages) > 1


def build_pager(page: Page, query: QueryDict, name: str = "page") -> Pager:
    """The pager of a page; the other parameters of the address are kept."""

    def url(number: int) -> str:
        kept = query.copy()
        kept[name] = str(number)
        return f"?{kept.urlencode()}"

    paginator = page.paginator
    links = [
        PageLink(number, url(number) if isinstance(number, int) else "", number == page.number)
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return Pager(
        page.start_index(),
        page.end_index(),
        paginator.count,
        url(page.number - 1) if page.has_previous() else "",
        url(page.number + 1) if page.has_next() else "",
        links,
    )
