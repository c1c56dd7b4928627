"""Celery only wakes workers: what has to be done is written in the table common.Job (ADR-0003)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asv_platform.settings.production")
app = Celery("asv_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
