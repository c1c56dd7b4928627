"""The filters that the lists of several apps share."""

import django_filters
from django import forms
from django.db.models import QuerySet

ARCHIVED, EVERY = "archivees", "toutes"


def by_archive(rows: QuerySet, asked: str) -> QuerySet:
    """The rows that are not archived, those that are, or all of them, as ``asked`` says (``?fiches=``)."""
    return rows if asked == EVERY else rows.filter(archived_at__isnull=asked != ARCHIVED)


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
