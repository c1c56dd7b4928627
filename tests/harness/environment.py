"""What belongs to one pytest process: its Redis database and its folder for files and mail."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings

CACHE_PREFIX = "test"


def redis_url() -> str:
    """The Redis database of this process: the one given, or the next ones for the workers of xdist."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker or not settings.REDIS_URL:
        return settings.REDIS_URL
    parts = urlsplit(settings.REDIS_URL)
    number = int(parts.path.strip("/") or 0) + 1 + int(worker.removeprefix("gw"))
    return urlunsplit(parts._replace(path=f"/{number}"))


def own_settings(folder: Path) -> override_settings:
    """The settings that keep this process apart from the others."""
    url = redis_url()
    own_cache = {**settings.CACHES["default"], "KEY_PREFIX": CACHE_PREFIX, **({"LOCATION": url} if url else {})}
    return override_settings(
        VAR_DIR=folder / "test",
        MEDIA_ROOT=folder / "test" / "media",
        MAILBOX_DIR=folder / "test" / "mailbox",
        REDIS_URL=url,
        CACHES={"default": own_cache},
        CELERY_BROKER_URL=url,
        CELERY_TASK_ROUTES=["tests.harness.worker.route"],
    )


def forget_cached() -> None:
    """Empty the cache. Not cache.clear(): it would empty the whole Redis database, Celery's queues included."""
    if settings.REDIS_URL:
        with redis.Redis.from_url(settings.REDIS_URL) as client:
            keys = client.keys(cache.make_key("*"))
            if keys:
                client.delete(*keys)
