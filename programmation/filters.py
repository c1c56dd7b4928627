"""The filters of the lists: French names in the address, so that a link says what it shows."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from actors.enums import TermKind
from actors.models import Organisation, Term
from asv_platform.common.filters import ArchivedFilter, RowChoiceField, RowFilter, SearchFilter
from asv_platform.common.formats import with_year
from programmation.enums import ActionState, ProposalState
from programmation.models import Action, Call, Objective, Programme, Proposal
from programmation.workflow import BEFORE_REVIEW

TO_CHECK, LIVE, LATE = "a-verifier", "a-compter", "late"


class ProgrammeFilter(django_filters.ChoiceFilter):
    """Of which year; « programme= » in the address says every year."""

    def __init__(self, field_name: str = "programme"):
        super().__init__(field_name=field_name, label="Programme", empty_label="Toutes les années")

    @cached_property
    def field(self):
        # A list, not a queryset: read once for the check of the choice and for what is offered.
        self.extra["choices"] = [(row.pk, row.choice_label) for row in Programme.objects.active()]
        return super().field


class NeighbourhoodFilter(RowFilter):
    """One neighbourhood of the ASV, by its code."""

    def __init__(self):
        super().__init__(
            field_name="neighbourhoods",
            label="Quartier",
            queryset=lambda request: request.asv.neighbourhoods.order_by("name"),
            empty_label="Tous",
            to_field_name="code",
        )


def _objectives() -> QuerySet[Objective]:
    return Objective.objects.active().select_related("programme").order_by("-programme__year", "position", "pk")


class ObjectiveField(RowChoiceField):
    """An objective of any year: the forms offer those of one programme, and need not say which."""

    def label_from_instance(self, row: Any) -> str:
        return with_year(row.title, row.programme.year)


class ObjectiveFilter(RowFilter):
    """What answers one objective."""

    field_class = ObjectiveField

    def __init__(self):
        super().__init__(
            field_name="objectives",
            label="Objectif",
            queryset=lambda request: _objectives(),
            empty_label="Tous",
        )


class ProposalFilters(django_filters.FilterSet):
    q = SearchFilter("Titre, porteur ou n°")
    programme = ProgrammeFilter("call__programme")
    etat = django_filters.ChoiceFilter(
        label="État",
        choices=[
            (TO_CHECK, "À vérifier"),
            *(choice for choice in ProposalState.choices if choice[0] != ProposalState.DRAFT),
        ],
        empty_label="Tous",
        method="in_state",
    )
    appel = RowFilter(
        field_name="call",
        label="Appel",
        queryset=lambda request: Call.objects.active().select_related("programme"),
        empty_label="Tous",
    )
    theme = RowFilter(
        field_name="theme",
        label="Thème",
        queryset=lambda request: Term.objects.filter(kind=TermKind.THEME),
        empty_label="Tous",
        to_field_name="code",
    )
    quartier = NeighbourhoodFilter()
    objectif = ObjectiveFilter()
    porteur = RowFilter(
        field_name="organisation",
        label="Porteur",
        queryset=lambda request: Organisation.objects.active().filter(proposals__number__isnull=False).distinct(),
        empty_label="Tous",
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def in_state(self, rows, name, value):
        return rows.filter(state__in=BEFORE_REVIEW if value == TO_CHECK else [value])


class ActionFilters(django_filters.FilterSet):
    q = SearchFilter("Titre ou porteur")
    programme = ProgrammeFilter()
    etat = django_filters.ChoiceFilter(
        label="État",
        choices=[(LIVE, "Toutes sauf annulées"), *ActionState.choices, (LATE, "En retard")],
        empty_label="Tous",
        method="in_state",
    )
    quartier = NeighbourhoodFilter()
    objectif = ObjectiveFilter()
    droit = django_filters.ChoiceFilter(
        field_name="is_common_law",
        label="Crédits",
        choices=[("true", "Droit commun"), ("false", "Crédits spécifiques")],
        empty_label="Tous",
        method="funded",
    )
    fiches = ArchivedFilter()

    class Meta:
        model = Action
        fields: list[str] = []

    def in_state(self, rows, name, value):
        if value == LIVE:
            return rows.live()
        return rows.late(timezone.localdate()) if value == LATE else rows.filter(state=value)

    def funded(self, rows, name, value):
        return rows.filter(is_common_law=value == "true")


def live_in(programme: Programme) -> str:
    """The part of an address that makes the list of the actions show those of a year that count."""
    return f"?programme={programme.pk}&etat={LIVE}"


class ProgrammeFilters(django_filters.FilterSet):
    """For objectives, envelopes and calls: the programme of which year."""

    programme = ProgrammeFilter()
    fiches = ArchivedFilter()
