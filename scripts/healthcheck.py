"""Health of a container: ``python scripts/healthcheck.py web|worker|beat``, exit code 0 when well."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BEAT_SCHEDULE = Path(__file__).resolve().parent.parent / "var" / "celerybeat-schedule"  # see scripts/entrypoint
# Beat writes its schedule every three minutes.
BEAT_SECONDS = 600


def web() -> bool:
    """The site answers, as it does to the proxy in front of it."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request("http://127.0.0.1:8000/sante/", headers=headers)
    with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310 -- our own address
        return response.status == 200


def worker() -> bool:
    """The Celery worker of this container answers a ping."""
    name = f"celery@{os.uname().nodename}"
    command = [sys.executable, "-m", "celery", "-A", "asv_platform.celery", "inspect", "ping", "-d", name, "-t", "5"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def beat() -> bool:
    """Beat has written its schedule lately."""
    return any(time.time() - path.stat().st_mtime < BEAT_SECONDS for path in BEAT_SCHEDULE.parent.glob("celerybeat-*"))


if __name__ == "__main__":
    raise SystemExit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
