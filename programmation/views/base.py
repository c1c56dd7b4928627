"""What the team's pages share: addresses, crumbs, and who may do what."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from asv_platform.common.lists import ListPage
from asv_platform.common.views import Action, ConfirmPage
from programmation.models import Programme
from programmation.selectors import current_programme

Crumbs = list[tuple[str, str]]


class TeamMixin:
    """A page of the programme for the team of an ASV."""

    view_permission = "programmation.view"
    edit_permission = "programmation.edit"
    request: Any
    object: Any

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"programmation:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(f"programmation.{permission}", self.request.asv)

    @cached_property
    def current_programme(self) -> Programme | None:
        """The programme people work on; one query a page."""
        return current_programme()

    @property
    def now(self) -> dt.datetime:
        return timezone.now()

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def tab(self, label: str, name: str, current: str) -> dict[str, Any]:
        """One tab of a page about one row."""
        return {"label": label, "url": self.url(name, pk=self.object.pk), "current": name == current}


class YearListPage(TeamMixin, ListPage):
    """A list that shows the latest programme it has rows of; its filter « Programme » leads to the other years.

    An address that names a programme, every year (« programme= ») or any other filter is taken as it is.
    """

    programme_field = "programme"

    def filtered(self, rows: QuerySet) -> QuerySet:
        asked = self.filterset_class.base_filters.keys() & self.request.GET.keys()  # type: ignore[union-attr]
        latest = None if asked else self._latest(rows)
        if latest:
            self.request.GET = self.request.GET.copy()
            self.request.GET["programme"] = str(latest)
        return super().filtered(rows)

    def _latest(self, rows: QuerySet) -> int | None:
        programme = self.programme_field
        on_offer = rows.filter(**{f"{programme}__archived_at": None}).order_by(f"-{programme}__year")
        return on_offer.values_list(programme, flat=True).first()

    def url_with(self, **changes: str | None) -> str:
        if "programme" in changes and changes["programme"] is None:
            changes["programme"] = ""  # left out, the current programme would come back
        return super().url_with(**changes)

    def reset_url(self) -> str:
        return f"{super().reset_url()}?programme="


class RowCrumbs(TeamMixin):
    """Crumbs of the pages about one row: the list, then the row."""

    list_name = ""
    list_label = ""
    detail_name = ""

    def crumbs(self) -> Crumbs:
        return [
            (self.list_label, self.url(self.list_name)),
            (str(self.object), self.url(self.detail_name, pk=self.object.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url(self.detail_name, pk=self.object.pk)


class MovePage(ConfirmPage):
    """Ask, then make one transition."""

    transition: Any

    def load(self, **kwargs) -> None:
        super().load(**kwargs)
        # The button says the verb: nobody confirms without reading what.
        self.submit_label = str(self.transition.label)

    def get_title(self) -> str:
        return f"{self.transition.label} ?"

    def get_success_message(self, result) -> str:
        return f"« {result} » : {result.get_state_display().lower()}."


def transition_actions(view: Any, workflow, *, prefix: str, danger: frozenset = frozenset(), hidden=frozenset()):
    """The buttons of the transitions possible from the state of ``view.object``; the first one is primary."""
    moves = [move for move in workflow.available(view.object.state) if move not in hidden]
    buttons = []
    for rank, move in enumerate(moves):
        kind = "secondary" if rank or move in danger else "primary"
        buttons.append(Action(str(move.label), view.url(f"{prefix}_{move.value}", pk=view.object.pk), kind=kind))
    return buttons
