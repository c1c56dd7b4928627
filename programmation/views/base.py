"""What the team's pages share: addresses, crumbs, and who may do what."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from asv_platform.common.views import Action, ConfirmPage

Crumbs = list[tuple[str, str]]


class TeamMixin:
    """A page of the programme for the team of an ASV."""

    request: Any
    object: Any

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"programmation:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(f"programmation.{permission}", self.request.asv)

    @property
    def now(self) -> dt.datetime:
        return timezone.now()

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def tab(self, label: str, name: str, current: str) -> dict[str, Any]:
        """One tab of a page about one row."""
        return {"label": label, "url": self.url(name, pk=self.object.pk), "current": name == current}


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
    """Ask, then make one transition: a subclass is made for each by ``move_pages``."""

    transition: Any

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
