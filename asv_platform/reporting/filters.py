"""The filters of the lists of reporting."""

import django_filters

from asv_platform.common.folding import holding
from asv_platform.reporting.enums import EditionKind, EditionState, RecipientKind
from asv_platform.reporting.models import Edition, Recipient


class EditionFilter(django_filters.FilterSet):
    document = django_filters.ChoiceFilter(
        field_name="kind", label="Document", choices=EditionKind.choices, empty_label="Tous"
    )
    etat = django_filters.ChoiceFilter(
        field_name="state", label="État", choices=EditionState.choices, empty_label="Tous"
    )
    annee = django_filters.NumberFilter(field_name="year", label="Année")

    class Meta:
        model = Edition
        fields: list[str] = []


class RecipientFilter(django_filters.FilterSet):
    nom = django_filters.CharFilter(label="Nom", method="named")
    qualite = django_filters.ChoiceFilter(
        field_name="kind", label="Qualité", choices=RecipientKind.choices, empty_label="Toutes"
    )

    class Meta:
        model = Recipient
        fields: list[str] = []

    def named(self, rows, name, value):
        return rows.filter(holding(value, "name"))
