"""Load the published figures: see diagnostics/data/README.md."""

import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from diagnostics.models import IndicatorValue
from diagnostics.reference import load_indicators

LABELS = {
    "indicators": "indicateurs",
    "values": "valeurs publiées",
    "hidden": "valeurs sous secret statistique",
    "refused": "valeurs refusées (part supérieure à 100 %)",
}


class Command(BaseCommand):
    help = "Charge les indicateurs publiés, du QPV à la France. Sans effet si rien n’a changé."
    # Run at every start of the site: importing all the pages to check them would double its time.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="recharger même si les données n’ont pas changé")
        parser.add_argument("--refused", action="store_true", help="lister chaque valeur refusée")

    def handle(self, *args, force: bool = False, refused: bool = False, **options):
        start = time.monotonic()
        report = load_indicators(at=timezone.now(), force=force)
        for name, label in LABELS.items():
            self.stdout.write(f"{report.counts[name]:>7,} {label}".replace(",", "\u202f"))
        if refused:
            self.list_refused()
        verb = "Indicateurs chargés" if report.changed else "Indicateurs déjà à jour"
        seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
        self.stdout.write(self.style.SUCCESS(f"{verb} en {seconds} s."))

    def list_refused(self):
        for value in IndicatorValue.objects.filter(is_refused=True).select_related("indicator"):
            self.stdout.write(
                f"{value.source_file}, ligne {value.source_line} : {value.geography_name} ({value.geography_code}), "
                f"{value.indicator.name}. {value.note}"
            )
