"""Plateforme ASV. Every process that loads Django knows the Celery app, else its tasks would leave for nowhere."""

from asv_platform.celery import app as celery_app

__all__ = ["celery_app"]
