"""Load the reference territories: see asv_platform/territories/data/README.md."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asv_platform.territories.reference import ReferenceIncomplete, load_reference

LABELS = {
    "regions": "régions",
    "departments": "départements",
    "epci": "intercommunalités (EPCI)",
    "ept": "établissements publics territoriaux (EPT)",
    "communes": "communes",
    "former_codes": "anciens codes et arrondissements municipaux",
    "qpv2024": "QPV 2024",
    "qpv2024_contours": "contours de QPV 2024",
    "qpv2015": "QPV 2015",
    "qpv2015_contours": "contours de QPV 2015",
    "successions": "correspondances 2015 → 2024 proposées",
    "commune_contours": "contours de communes",
    "department_contours": "contours de départements",
}


class Command(BaseCommand):
    help = "Charge les territoires de référence (COG 2026, QPV 2024 et 2015). Sans effet si rien n’a changé."
    # Run at every start of the site: importing all the pages to check them would double its time.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="recharger même si les données n’ont pas changé")

    def handle(self, *args, force: bool = False, **options):
        start = time.monotonic()
        try:
            report = load_reference(at=timezone.now(), force=force)
        except ReferenceIncomplete as incomplete:
            raise CommandError(str(incomplete)) from incomplete
        for name, label in LABELS.items():
            self.stdout.write(f"{report.counts[name]:>7,} {label}".replace(",", "\u202f"))
        verb = "Territoires chargés" if report.changed else "Territoires déjà à jour"
        seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
        self.stdout.write(self.style.SUCCESS(f"{verb} en {seconds} s."))
