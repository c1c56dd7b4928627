"""What the partner's pages share."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from actors.enums import PartnerRole
from actors.rules import partner_roles
from programmation.models import Proposal
from programmation.selectors import STEPS


class PartnerMixin:
    """A page of « Mes dossiers »: rows are found among those of the user's organisations only."""

    request: Any
    object: Any

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"partner:{name}", kwargs=kwargs)

    @property
    def roles(self) -> dict[int, str]:
        return partner_roles(self.request.user)

    @property
    def owned_ids(self) -> list[int]:
        return [pk for pk, role in self.roles.items() if role == PartnerRole.OWNER]

    @property
    def now(self) -> dt.datetime:
        return timezone.now()

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Mes dossiers", self.url("home"))]


class ProposalMixin(PartnerMixin):
    """A page about one proposal of the user's organisations."""

    def get_queryset(self):
        rows = Proposal.objects.of_organisations(self.roles)
        return rows.select_related("call__programme", "organisation", "asv", "theme", "ottawa_axis")

    def load(self, **kwargs) -> None:
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])

    def permission_object(self):
        return self.object

    def step_url(self, step: str) -> str:
        return self.url(f"step_{step}", pk=self.object.pk)

    def step_urls(self) -> dict[str, str]:
        return {step: self.step_url(step) for step in STEPS}

    def crumbs(self):
        return [*super().crumbs(), (str(self.object), self.url("proposal", pk=self.object.pk))]
