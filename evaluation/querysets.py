"""Chainable filters of sessions, indicators, measures and reports."""

import datetime as dt

from django.db.models import F

from asv_platform.common.folding import holding
from asv_platform.territories.scoping import ScopedManager, ScopedQuerySet
from evaluation.enums import ReportState, SessionState

WAITING_STATES = (ReportState.DRAFT, ReportState.TO_CORRECT)
RENDERED_STATES = (ReportState.FILED, ReportState.APPROVED)


class SessionQuerySet(ScopedQuerySet):
    def held(self):
        """Sessions that took place."""
        return self.active().filter(state=SessionState.HELD)

    def planned(self):
        """Sessions announced and not yet told."""
        return self.active().filter(state=SessionState.PLANNED)

    def with_people(self):
        """Each row with ``present``, everybody who came."""
        return self.annotate(present=F("women") + F("men") + F("unspecified"))


class MeasureQuerySet(ScopedQuerySet):
    def open(self):
        """Measures that may still change."""
        return self.active().filter(approved_at__isnull=True)


class ReportQuerySet(ScopedQuerySet):
    def waiting(self):
        """Reports the partner still has to file."""
        return self.active().filter(state__in=WAITING_STATES)

    def late(self, on: dt.date):
        """Reports due before ``on`` and not filed."""
        return self.waiting().filter(due_on__lt=on)

    def rendered(self):
        """Reports filed or approved."""
        return self.active().filter(state__in=RENDERED_STATES)

    def matching(self, text: str):
        """Rows whose action or organisation holds the words."""
        return self.filter(holding(text, "action__title", "action__organisation__name"))


class SessionManager(ScopedManager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    pass


class MeasureManager(ScopedManager.from_queryset(MeasureQuerySet)):  # type: ignore[misc]
    pass


class ReportManager(ScopedManager.from_queryset(ReportQuerySet)):  # type: ignore[misc]
    pass
