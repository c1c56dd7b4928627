"""The filters of the lists of the evaluation."""

import datetime as dt

import django_filters
from django import forms
from django.utils import timezone

from actors.models import Organisation
from asv_platform.common.filters import ArchivedFilter, RowFilter, SearchFilter
from evaluation.enums import ReportKind, ReportState, SessionState
from evaluation.models import ActionIndicator, ActionReport, Session
from programmation.models import Action, Programme

YES = [("true", "Oui")]
COUNTED = "comptees"


def _actions(request):
    return Action.objects.active().select_related("programme")


def _organisations(request):
    return Organisation.objects.active().filter(actions__isnull=False).distinct()


def _programmes(request):
    return Programme.objects.active()


def _neighbourhoods(request):
    return request.asv.neighbourhoods.order_by("name")


def day(label: str, lookup: str) -> django_filters.DateFilter:
    """A bound of the period, both days included."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(field_name="held_on", lookup_expr=lookup, label=label, widget=widget)


class SessionFilters(django_filters.FilterSet):
    action = RowFilter(label="Action", queryset=_actions, empty_label="Toutes")
    porteur = RowFilter(field_name="action__organisation", label="Porteur", queryset=_organisations, empty_label="Tous")
    programme = RowFilter(field_name="action__programme", label="Programme", queryset=_programmes, empty_label="Tous")
    quartier = RowFilter(
        field_name="neighbourhood", label="Quartier", queryset=_neighbourhoods, empty_label="Tous",
        to_field_name="code",
    )  # fmt: skip
    etat = django_filters.ChoiceFilter(
        label="État",
        choices=[*SessionState.choices, (COUNTED, "Tenue, sauf actions annulées")],
        empty_label="Tous",
        method="in_state",
    )
    depuis = day("Du", "gte")
    jusque = day("Au", "lte")
    fiches = ArchivedFilter()

    class Meta:
        model = Session
        fields: list[str] = []

    def in_state(self, rows, name, value):
        if value == COUNTED:
            return rows.filter(state=SessionState.HELD, action__in=Action.objects.live())
        return rows.filter(state=value)


def held_in(programme: Programme) -> str:
    """The part of an address that makes the list show the sessions of a year that count: held, of a live action."""
    return f"?programme={programme.pk}&etat={COUNTED}"


class IndicatorFilters(django_filters.FilterSet):
    action = RowFilter(label="Action", queryset=_actions, empty_label="Toutes")
    programme = RowFilter(field_name="action__programme", label="Programme", queryset=_programmes, empty_label="Tous")
    porteur = RowFilter(field_name="action__organisation", label="Porteur", queryset=_organisations, empty_label="Tous")
    mesure = django_filters.ChoiceFilter(
        label="Mesure",
        choices=[("aucune", "Pas encore mesuré"), ("a-valider", "À valider"), ("validee", "Validée")],
        empty_label="Tous",
        method="by_measure",
    )
    fiches = ArchivedFilter()

    class Meta:
        model = ActionIndicator
        fields: list[str] = []

    def by_measure(self, rows, name, value):
        if value == "aucune":
            return rows.filter(last_value__isnull=True)
        return rows.filter(last_value__isnull=False, last_approved_at__isnull=value != "validee")


class ReportFilters(django_filters.FilterSet):
    q = SearchFilter("Action ou porteur")
    state = django_filters.ChoiceFilter(label="État", choices=ReportState.choices, empty_label="Tous")
    late = django_filters.ChoiceFilter(label="En retard", choices=YES, empty_label="Tous", method="only_late")
    kind = django_filters.ChoiceFilter(label="Nature", choices=ReportKind.choices, empty_label="Toutes")
    organisation = RowFilter(
        field_name="action__organisation", label="Porteur", queryset=_organisations, empty_label="Tous"
    )
    programme = RowFilter(field_name="action__programme", label="Programme", queryset=_programmes, empty_label="Tous")
    fiches = ArchivedFilter()

    class Meta:
        model = ActionReport
        fields: list[str] = []

    def only_late(self, rows, name, value):
        return rows.late(self.today)

    @property
    def today(self) -> dt.date:
        return timezone.localdate()
