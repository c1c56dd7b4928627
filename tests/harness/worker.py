"""A real Celery worker process on the test database and the real Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from asv_platform.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent
HEARD = "celery"
UNHEARD = "unheard"
START_SECONDS = 40


class _Ears:
    queue = UNHEARD


def route(name, args, kwargs, options, task=None, **extra) -> dict[str, str]:
    """Where this process sends its tasks: to the worker only during the tests that ask for it.

    Tasks of the other tests go to a queue nobody reads: the worker must not run their jobs behind their back.
    """
    return {"queue": _Ears.queue}


@contextmanager
def heard() -> Iterator[None]:
    """Send the tasks of the block to the worker."""
    _Ears.queue = HEARD
    try:
        yield
    finally:
        _Ears.queue = UNHEARD


def database_url() -> str:
    """The address of the database the tests use, the number of the xdist worker included."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = ":".join(filter(None, [values["USER"], values["PASSWORD"]]))
    return f"postgres://{login}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


class CeleryWorker:
    """The worker process: starts, is waited for, can be killed in the middle of its work and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process and return once it answers a ping."""
        command = [sys.executable, "-m", "celery", "-A", "asv_platform.celery", "worker", "--concurrency", "1"]
        command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle", "--queues", HEARD]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "asv_platform.settings.test",
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "VAR_DIR": str(self.folder),
        }
        with (self.folder / "celery.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self.wait_until(lambda: bool(app.control.ping(timeout=0.5)), seconds=START_SECONDS)

    def stop(self) -> None:
        """End the process as an operator would: the running task finishes."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End the process and its children at once, as a power cut would."""
        if self.process is None:
            return
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for pid in (self.process.pid, *map(int, children)):
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                continue
        self.process.wait(20)

    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def wait_until(self, condition: Callable[[], bool], *, seconds: float = 30) -> None:
        """Wait for what the worker should bring about; fails with the end of its log."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline or not self.running():
                tail = (self.folder / "celery.log").read_text(errors="replace")[-4000:]
                raise AssertionError(f"not reached in {seconds} s, worker running: {self.running()}\n{tail}")
            time.sleep(0.1)
