"""Filters of the rows of a diagnostic that lists, pages and « ce qui manque » share."""

from django.db import models

from asv_platform.territories.scoping import ScopedManager, ScopedQuerySet


def _active(relation: str) -> models.Count:
    return models.Count(relation, filter=models.Q(**{f"{relation}__archived_at__isnull": True}), distinct=True)


class NeedQuerySet(ScopedQuerySet):
    def with_counts(self):
        """Annotate the active voices, evidences and priorities of each need."""
        return self.annotate(
            voice_total=_active("voices"), evidence_total=_active("evidences"), priority_total=_active("priorities")
        )

    def without_priority(self):
        """Needs that no active priority answers."""
        return self.annotate(_priorities=_active("priorities")).filter(_priorities=0)

    def without_evidence(self):
        """Needs that nothing proves: no active evidence, no active voice."""
        return self.annotate(_evidences=_active("evidences"), _voices=_active("voices")).filter(_evidences=0, _voices=0)


class VoiceQuerySet(ScopedQuerySet):
    def without_need(self):
        """Words that no active need has taken up."""
        return self.filter(models.Q(need__isnull=True) | models.Q(need__archived_at__isnull=False))


class PriorityQuerySet(ScopedQuerySet):
    def with_counts(self):
        """Annotate the active needs that each priority answers."""
        return self.annotate(need_total=_active("needs"))

    def without_need(self):
        """Priorities that answer no active need."""
        return self.annotate(_needs=_active("needs")).filter(_needs=0)


class NeedManager(ScopedManager.from_queryset(NeedQuerySet)):  # type: ignore[misc]
    """``Need.objects``, inside the scope of an ASV."""


class VoiceManager(ScopedManager.from_queryset(VoiceQuerySet)):  # type: ignore[misc]
    """``Voice.objects``, inside the scope of an ASV."""


class PriorityManager(ScopedManager.from_queryset(PriorityQuerySet)):  # type: ignore[misc]
    """``Priority.objects``, inside the scope of an ASV."""
