"""The activity log of an ASV: who did what, and when."""

import django_filters
from django import forms

from asv_platform.audit.events import event_choices
from asv_platform.audit.models import AuditEntry
from asv_platform.audit.selectors import activity, activity_row, actors_of
from asv_platform.common.forms import DateField
from asv_platform.common.lists import Column, Empty, ListPage


class DateFilter(django_filters.DateFilter):
    field_class = DateField


class JournalFilters(django_filters.FilterSet):
    actor = django_filters.ChoiceFilter(label="Qui", empty_label="Tout le monde")
    event = django_filters.ChoiceFilter(label="Quoi", empty_label="Tout", lookup_expr="startswith")
    since = DateFilter(label="Depuis le", field_name="at", lookup_expr="date__gte")
    until = DateFilter(label="Jusqu’au", field_name="at", lookup_expr="date__lte")

    class Meta:
        model = AuditEntry
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        assert self.request is not None  # noqa: S101 -- ListPage always gives it
        self.filters["actor"].extra["choices"] = actors_of(self.request.asv)
        self.filters["event"].extra["choices"] = event_choices()


def _row(name: str):
    return lambda entry: getattr(activity_row(entry), name)


class JournalPage(ListPage):
    """What was done in the ASV, the latest first."""

    permission = "console.view"
    title = "Journal d’activité"
    lead = "Ce qui a été fait dans l’atelier, par qui et quand."
    filterset_class = JournalFilters
    default_sort = ("-at", "-pk")
    nouns = ("entrée", "entrées")
    empty = Empty("Rien pour l’instant", "Chaque création, modification ou décision laissera une ligne ici.")
    columns = [
        Column("Date", "at", kind="datetime", sort="at"),
        Column("Qui", _row("actor")),
        Column("Quoi", _row("sentence")),
        Column("Objet", "subject_label"),
    ]

    def get_queryset(self):
        return activity(self.request.asv)
