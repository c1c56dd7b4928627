"""The demonstration: three ASV on real territories, over two years."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from asv_platform.console.demo.build import LOGINS, build, issued_files
from asv_platform.console.demo.scale import multiply
from asv_platform.territories.models import Asv


class Command(BaseCommand):
    help = "Met en place la démonstration : trois ASV, deux années de programme, leurs rapports."

    def add_arguments(self, parser):
        parser.add_argument("--show", action="store_true", help="dit où sont les documents et qui peut se connecter")
        parser.add_argument(
            "--scale", type=int, default=1, help="multiplie les lignes du premier ASV (pour les mesures)"
        )

    def handle(self, *, show: bool, scale: int, **options):
        if show:
            self.show()
            return
        for line in build(today=timezone.localdate()):
            self.stdout.write(line)
        if scale > 1:
            multiply(Asv.objects.earliest("pk"), scale)
        self.stdout.write("Comptes et documents : manage.py demo --show")

    def show(self) -> None:
        """Where the documents and the mail are, and who can log in."""
        self.stdout.write("Rapports émis (PDF) :")
        for path in issued_files():
            self.stdout.write(f"  {path}")
        self.stdout.write(f"Boîte aux lettres : {settings.SITE_URL}{reverse('operations:mail_list')}")
        self.stdout.write("Comptes de démonstration :")
        for who, email, secret in LOGINS:
            self.stdout.write(f"  {who:34} {email:32} {secret}")
