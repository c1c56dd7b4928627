"""What happened: business events, written in the transaction of the service that acts."""

from django.db import models

from asv_platform.audit.models import AuditEntry


def record(event: str, *, by, subject: models.Model, **details) -> AuditEntry:
    """Write one line of the activity log.

    ``event`` is ``model.participle`` and stable for ever (``proposal.filed``); ``by`` is a user, or None for the
    system; ``details`` must be JSON-serialisable and hold no personal data beyond what the subject already shows.
    """
    return AuditEntry.objects.create(
        event=event,
        actor=by if by is not None and by.pk else None,
        asv_id=getattr(subject, "asv_id", None),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:250],
        details=details,
    )


def name_again(subject: models.Model) -> None:
    """Have the lines about ``subject`` name it as it is called now: a name that was erased is not kept there."""
    lines = AuditEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    lines.update(subject_label=str(subject)[:250])
