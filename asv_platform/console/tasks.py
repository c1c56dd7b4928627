"""The daily task of the platform."""

from celery import shared_task
from django.utils import timezone

from asv_platform.console.purge import purge


@shared_task(name="console.purge")
def purge_task() -> None:
    """Erase what has been kept long enough (beat runs it every night)."""
    purge(now=timezone.now())
