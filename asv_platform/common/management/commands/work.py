"""The local worker: runs the jobs of the database without Celery nor Redis."""

import signal
import time

from django.core.management.base import BaseCommand

from asv_platform.common.jobs import run_due_jobs


class Command(BaseCommand):
    help = "Exécute les travaux en attente (rapports, envois) sans Celery ni Redis."

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="s’arrête quand plus rien n’est à faire")
        parser.add_argument("--pause", type=float, default=1.0, help="secondes entre deux relevés")

    def handle(self, *, until_empty: bool, pause: float, **options):
        self.running = True
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self.stop)
        while self.running:
            if run_due_jobs():
                continue
            if until_empty:
                return
            time.sleep(pause)

    def stop(self, signum, frame):
        self.running = False
