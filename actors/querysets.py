import calendar
import datetime as dt

from django.db import models
from django.db.models import Q

from actors.enums import Freshness
from asv_platform.territories.normalise import normalise
from asv_platform.territories.scoping import ScopedManager, ScopedQuerySet

TO_CONFIRM_AFTER_MONTHS = 6
OVERDUE_AFTER_MONTHS = 8


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month, ``months`` earlier; the last of the month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def freshness_of(confirmed_on: dt.date | None, on: dt.date) -> Freshness:
    """What a record confirmed on that day is worth on day ``on``."""
    if confirmed_on is None:
        return Freshness.NEVER
    if confirmed_on < months_before(on, OVERDUE_AFTER_MONTHS):
        return Freshness.OVERDUE
    return Freshness.TO_CONFIRM if confirmed_on < months_before(on, TO_CONFIRM_AFTER_MONTHS) else Freshness.FRESH


class SearchedQuerySet(ScopedQuerySet):
    def matching(self, text: str):
        """Rows whose name holds every word, whatever the accents and the order, or whose e-mail holds the text."""
        words = normalise(text).split()
        names = Q()
        for word in words:
            names &= Q(search_name__contains=word)
        return self.filter((names if words else Q(pk=None)) | Q(email__icontains=text.strip()))


class OrganisationQuerySet(SearchedQuerySet):
    def funders(self):
        return self.filter(is_funder=True)

    def with_freshness(self, state: str, on: dt.date):
        """Rows whose record is worth ``state`` on that day; same limits as ``freshness_of``."""
        late, due = months_before(on, OVERDUE_AFTER_MONTHS), months_before(on, TO_CONFIRM_AFTER_MONTHS)
        return self.filter(
            {
                Freshness.NEVER: Q(confirmed_on__isnull=True),
                Freshness.OVERDUE: Q(confirmed_on__lt=late),
                Freshness.TO_CONFIRM: Q(confirmed_on__gte=late, confirmed_on__lt=due),
                Freshness.FRESH: Q(confirmed_on__gte=due),
            }[Freshness(state)]
        )

    def with_tags(self):
        """The tags of each row, in one query a tag list whatever the number of rows."""
        return self.prefetch_related("sectors", "themes", "publics", "neighbourhoods")

    def covering(self, neighbourhood: models.Model):
        """Rows that work in this neighbourhood, or in the whole perimeter."""
        links = self.model._meta.get_field("neighbourhoods").remote_field.through  # type: ignore[union-attr]
        there = links._base_manager.filter(neighbourhood=neighbourhood)
        return self.filter(Q(covers_perimeter=True) | Q(pk__in=there.values("organisation_id")))

    def seen_on(self, on: dt.date):
        """Rows that know the day they are read, for their freshness."""
        return self.annotate(seen_on=models.Value(on, output_field=models.DateField()))


class OrganisationManager(ScopedManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    pass


class PersonManager(ScopedManager.from_queryset(SearchedQuerySet)):  # type: ignore[misc]
    pass
