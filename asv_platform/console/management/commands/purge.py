"""The same as the task of the night, where no beat runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from asv_platform.console.purge import purge


class Command(BaseCommand):
    help = "Efface ce dont la durée de conservation est passée (beat le fait chaque nuit)."

    def handle(self, **options):
        for name, count in purge(now=timezone.now()).items():
            self.stdout.write(f"{name} : {count}")
