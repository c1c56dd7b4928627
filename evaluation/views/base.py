"""What the pages of the evaluation share: addresses, crumbs, who may do what."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from evaluation.models import Session
from evaluation.selectors import ShownProgramme, shown_programmes
from evaluation.services import archive_counted, restore_counted
from programmation.models import Action

Crumbs = list[tuple[str, str]]


class TodayMixin:
    """Dates come from the page: services take them as arguments."""

    request: Any
    object: Any

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    @property
    def now(self) -> dt.datetime:
        return timezone.now()


class TeamMixin(TodayMixin):
    """A page of the evaluation for the team of an ASV."""

    view_permission = "evaluation.view"
    edit_permission = "evaluation.edit"

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"evaluation:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(f"evaluation.{permission}", self.request.asv)

    def action_url(self, action: Action) -> str:
        return self.url("action", pk=action.pk)

    def action_crumbs(self, action: Action) -> Crumbs:
        return [("Évaluation", self.url("overview")), (action.title, self.action_url(action))]


class CountsMixin(TeamMixin):
    """The pages of a row that counts people: the numbers of its history are for those who may write them."""

    counts: Collection[str] = ()

    def unread_fields(self) -> Collection[str]:
        return () if self.may("edit") else self.counts


class CountedRowMixin(CountsMixin):
    """A page about a row that an action counts: it is archived and put back while the action may still change."""

    def archive_row(self) -> Any:
        return archive_counted(row=self.object, by=self.request.user)

    def restore_row(self) -> Any:
        return restore_counted(row=self.object, by=self.request.user)


class ShownMixin(TeamMixin):
    """A page that shows counts of people of any programme: read once, and hidden as everywhere else."""

    @cached_property
    def programmes(self) -> dict[int, ShownProgramme]:
        return shown_programmes()

    def shown(self, action: Action) -> ShownProgramme:
        """The counts of the programme of an action as may be read."""
        return self.programmes.get(action.programme_id, ShownProgramme())

    def secrets(self, action: Action) -> frozenset[int]:
        """The counts hidden of an action."""
        return self.shown(action).secrets_of(action.pk)


def actions() -> QuerySet[Action]:
    """The actions, with what their pages show."""
    return Action.objects.active().select_related("asv", "programme", "organisation", "proposal__theme")


class OfAction(TeamMixin):
    """A form about an action named in the address: ``self.action``."""

    action: Action

    def load(self, **kwargs) -> None:
        self.action = get_object_or_404(actions(), pk=kwargs["pk"])

    def permission_object(self) -> Action:
        return self.action

    def crumbs(self) -> Crumbs:
        return self.action_crumbs(self.action)

    def get_success_url(self, result: Any) -> str:
        return self.action_url(self.action)


def session_initial(action: Action, *, on: dt.date) -> dict[str, Any]:
    """Today, and the place, hour, length and neighbourhood of the last session: nothing to type again."""
    last = Session.objects.active().filter(action=action).exclude(place="").order_by("-held_on", "-pk").first()
    if last is None:
        return {"held_on": on}
    return {
        "held_on": on,
        "place": last.place,
        "starts_at": last.starts_at,
        "hours": last.hours,
        "neighbourhood": last.neighbourhood_id,
    }
