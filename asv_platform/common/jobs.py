"""Work outside the request: a row in the table Job, a handler, a worker that runs it.

A handler is registered with ``@job("app.verb")`` in the app's ``tasks.py``; it receives the Job and its arguments,
must be idempotent and may raise: it is tried again, later and later, at most MAX_TRIES times.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from asv_platform.common.models import Job, JobState

logger = logging.getLogger(__name__)

MAX_TRIES = 8
# How long a job waits for a worker that died; templates/components/job_progress.html says it.
LEASE = dt.timedelta(minutes=10)
Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}


class GiveUp(Exception):
    """Raised by a handler that knows another try is useless."""


def job(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of the jobs called ``name``: ``handler(job, **args)``."""

    def register(handler: Handler) -> Handler:
        _handlers[name] = handler
        return handler

    return register


def enqueue(name: str, *, asv=None, dedupe_key: str | None = None, delay: dt.timedelta | None = None, **args) -> Job:
    """Write a job in the caller's transaction and wake a worker after the commit.

    With a ``dedupe_key`` already known, returns the existing job and writes nothing.
    """
    fields = {"name": name, "asv": asv, "args": args, "due_at": timezone.now() + (delay or dt.timedelta())}
    if dedupe_key is None:
        row = Job.objects.create(**fields)
    else:
        row, _ = Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    transaction.on_commit(lambda: wake(row.pk), robust=True)
    return row


def wake(job_id: int) -> None:
    """Tell Celery that a job waits. Without a broker, the local worker (``manage.py work``) finds it by itself."""
    if settings.CELERY_BROKER_URL:
        from asv_platform.common.tasks import run_job_task  # noqa: PLC0415 -- tasks import this module

        run_job_task.delay(job_id)


def run_job(job_id: int) -> bool:
    """Run one due job, if nobody else does. Returns False when there was nothing to do."""
    row = _claim(job_id)
    if row is None:
        return False
    try:
        _handlers[row.name](row, **row.args)
    except Exception as error:  # noqa: BLE001 -- a failed job is kept with its reason, and tried again
        _postpone(row, error)
    else:
        _finish(row, JobState.DONE)
    return True


def run_due_jobs(*, limit: int = 100) -> int:
    """Run the due jobs one after the other in this process; returns how many ran."""
    return sum(run_job(pk) for pk in due_job_ids(limit=limit))


def due_job_ids(*, limit: int = 500) -> list[int]:
    """Jobs that wait and are due, and those whose worker died (lease over), oldest first."""
    now = timezone.now()
    due = Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    return list(Job.objects.filter(due).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def progress(row: Job, percent: int, label: str) -> None:
    """Say where a running job is; shown on its page."""
    Job.objects.filter(pk=row.pk).update(percent=percent, label=label[:200], lease_until=timezone.now() + LEASE)


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        rows = Job.objects.filter(pk=job_id, due_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)).first()
        if row is None:
            return None
        row.state, row.lease_until, row.tries = JobState.RUNNING, now + LEASE, row.tries + 1
        row.save(update_fields=["state", "lease_until", "tries"])
    return row


def _finish(row: Job, state: JobState, error: str = "") -> None:
    fields = {"state": state, "error": error, "finished_at": timezone.now(), "lease_until": None}
    if state == JobState.DONE:
        fields |= {"percent": 100}
    Job.objects.filter(pk=row.pk).update(**fields)


def _postpone(row: Job, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"[:2000]
    logger.warning("job %s (%s), try %s: %s", row.pk, row.name, row.tries, reason, exc_info=error)
    if isinstance(error, GiveUp) or row.tries >= MAX_TRIES:
        _finish(row, JobState.FAILED, reason)
        return
    Job.objects.filter(pk=row.pk).update(
        state=JobState.WAITING, due_at=timezone.now() + retry_delay(row.tries), lease_until=None, error=reason
    )


def retry_delay(tries: int) -> dt.timedelta:
    """How long to wait after the given number of failed tries: 30 s, 1 min, 2 min … about half an hour."""
    return dt.timedelta(seconds=15 * 2**tries)


def overdue_jobs() -> int:
    """How many jobs have been due for more than ten minutes: a sign that no worker runs."""
    return Job.objects.filter(state=JobState.WAITING, due_at__lt=timezone.now() - dt.timedelta(minutes=10)).count()
