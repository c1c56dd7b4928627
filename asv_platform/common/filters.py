"""The filters that the lists of several apps share."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django_filters.fields import ModelChoiceField

from asv_platform.common.forms import choice_label

ARCHIVED, EVERY = "archivees", "toutes"


def by_archive(rows: QuerySet, asked: str) -> QuerySet:
    """The rows that are not archived, those that are, or all of them, as ``asked`` says (``?fiches=``)."""
    return rows if asked == EVERY else rows.filter(archived_at__isnull=asked != ARCHIVED)


class RowChoiceField(ModelChoiceField):
    """One row, under the label that it has in the forms."""

    def label_from_instance(self, row: Any) -> str:
        return choice_label(row)


class RowFilter(django_filters.ModelChoiceFilter):
    """One row of another model."""

    field_class = RowChoiceField


class ArchivedFilter(django_filters.ChoiceFilter):
    """Named ``fiches`` and shown beside the others; ``ListPage`` applies it: it holds when nothing is asked."""

    def __init__(self):
        choices = [(ARCHIVED, "Archivées"), (EVERY, "Toutes")]
        super().__init__(label="Fiches", choices=choices, empty_label="Actives")

    def filter(self, qs, value):
        return qs


class ArchiveFilters(django_filters.FilterSet):
    """For a list that is filtered by nothing else."""

    fiches = ArchivedFilter()


class SearchFilter(django_filters.CharFilter):
    """Free text, found by the queryset's ``matching``."""

    def __init__(self, label: str):
        super().__init__(label=label, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))

    def filter(self, qs, value):
        return qs.matching(value) if value else qs
