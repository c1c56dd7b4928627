"""The filters of the lists: French names in the address, so that a link says what it shows."""

import django_filters
from django import forms
from django.db.models import Q

from actors.models import Term
from asv_platform.common.filters import ArchivedFilter, RowFilter
from asv_platform.common.folding import holding
from diagnostics.enums import Severity, VoiceKind
from diagnostics.models import Diagnostic, Need, Priority, Voice

WITHOUT, WITH = "sans", "avec"


class LinkFilter(django_filters.ChoiceFilter):
    """Rows without a link, through the queryset's method ``without``; with it, the others."""

    def __init__(self, label: str, without: str, words: tuple[str, str]):
        choices = [(WITHOUT, words[0]), (WITH, words[1])]
        super().__init__(label=label, choices=choices, empty_label="Indifférent")
        self.without = without

    def filter(self, qs, value):
        if not value:
            return qs
        lacking = getattr(qs, self.without)()
        return lacking if value == WITHOUT else qs.exclude(pk__in=lacking.order_by().values("pk"))


def _terms(kind: str):
    return lambda request: Term.objects.filter(kind=kind)


class EditionFilters(django_filters.FilterSet):
    """What the three lists of a diagnostic share."""

    q = django_filters.CharFilter(
        label="Chercher", max_length=100, widget=forms.TextInput(attrs={"type": "search"}), method="holding"
    )
    diagnostic = RowFilter(label="Édition", queryset=lambda request: Diagnostic.objects.active(), empty_label="Toutes")
    theme = RowFilter(label="Thème", queryset=_terms("theme"), empty_label="Tous", to_field_name="code")
    quartier = RowFilter(
        label="Quartier",
        queryset=lambda request: request.asv.neighbourhoods.order_by("name"),
        empty_label="Tous",
        to_field_name="code",
        method="in_neighbourhood",
    )
    texts: tuple[str, ...] = ()

    def holding(self, rows, name, value):
        return rows.filter(holding(value, *self.texts))

    def in_neighbourhood(self, rows, name, value):
        """Rows about that neighbourhood, and those about the whole perimeter (no neighbourhood named)."""
        return rows.filter(Q(neighbourhoods=value) | Q(neighbourhoods__isnull=True)).distinct()


class NeedFilters(EditionFilters):
    public = RowFilter(
        field_name="publics", label="Public", queryset=_terms("public"), empty_label="Tous", to_field_name="code"
    )
    gravite = django_filters.ChoiceFilter(
        field_name="severity", label="Gravité", choices=Severity.choices, empty_label="Toutes"
    )
    voix = django_filters.ChoiceFilter(
        label="Dit par", choices=VoiceKind.choices, empty_label="Indifférent", method="said_by"
    )
    preuve = LinkFilter("Parole ou preuve", "without_evidence", ("Sans", "Avec"))
    priorite = LinkFilter("Priorité", "without_priority", ("Sans", "Avec"))
    fiches = ArchivedFilter()
    texts = ("statement", "comment")

    class Meta:
        model = Need
        fields: list[str] = []

    def said_by(self, rows, name, value):
        return rows.filter(voices__kind=value, voices__archived_at__isnull=True).distinct()


class VoiceFilters(EditionFilters):
    voix = django_filters.ChoiceFilter(
        field_name="kind", label="Qui parle", choices=VoiceKind.choices, empty_label="Tous"
    )
    lien = LinkFilter("Besoin", "without_need", ("Sans besoin", "Rattachées"))
    fiches = ArchivedFilter()
    texts = ("words", "context")

    class Meta:
        model = Voice
        fields: list[str] = []

    def in_neighbourhood(self, rows, name, value):
        return rows.filter(neighbourhood=value)


class PriorityFilters(EditionFilters):
    besoin = LinkFilter("Besoin", "without_need", ("Sans besoin", "Avec"))
    fiches = ArchivedFilter()
    texts = ("title", "rationale")

    class Meta:
        model = Priority
        fields: list[str] = []
