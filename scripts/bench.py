"""`make bench`: ratios measured in one run, on the demonstration at the scale asked for.

Prints the PDF ratio (our rendering of the annual report against bare WeasyPrint on the same HTML), the number of
queries that reading it takes, and the queries and weight of every page of an ASV that its coordinator can open.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asv_platform.settings.test")
django.setup()

import weasyprint  # noqa: E402 -- after django.setup()
from django.core.management import call_command  # noqa: E402 -- after django.setup()
from django.db import connection  # noqa: E402 -- after django.setup()
from django.test import Client  # noqa: E402 -- after django.setup()
from django.test.utils import CaptureQueriesContext  # noqa: E402 -- after django.setup()
from django.urls import reverse  # noqa: E402 -- after django.setup()

from asv_platform.accounts.enums import Role  # noqa: E402 -- after django.setup()
from asv_platform.accounts.models import Membership  # noqa: E402 -- after django.setup()
from asv_platform.reporting.enums import EditionKind  # noqa: E402 -- after django.setup()
from asv_platform.reporting.kinds import KINDS  # noqa: E402 -- after django.setup()
from asv_platform.reporting.models import Edition  # noqa: E402 -- after django.setup()
from asv_platform.reporting.rendering import PDF_ASSETS, STYLESHEETS, render_pdf  # noqa: E402 -- after django.setup()
from asv_platform.territories.scoping import asv_scope, every_asv  # noqa: E402 -- after django.setup()
from scripts.bootstrap import say  # noqa: E402 -- after django.setup()
from tests.harness.urls import addresses  # noqa: E402 -- after django.setup()

ROUNDS = 3
PDF_BAR = 1.15


def seed(scale: int) -> None:
    """Fill an empty database with the reference data and the demonstration, ``scale`` times larger."""
    call_command("migrate", verbosity=0)
    for command in ("load_territories", "load_indicators"):
        say(command)
        call_command(command)
    say(f"demo --scale {scale}")
    call_command("demo", scale=scale)
    call_command("work", until_empty=True)


def timed(function: Callable[[], object]) -> float:
    """How long a call takes, in seconds of processor time."""
    started = time.process_time()
    function()
    return time.process_time() - started


def measure_report() -> None:
    """The annual report: queries to read it, queries to render it, time against bare WeasyPrint."""
    with every_asv(reason="mesure"):
        reports = Edition.objects.filter(kind=EditionKind.ANNUAL_REPORT).select_related("asv")
        edition = reports.order_by("-year", "asv_id").first()
    if edition is None:
        say("La démonstration n’a pas de rapport annuel : rien à mesurer.")
        return
    kind = KINDS[edition.kind]
    with asv_scope(edition.asv_id), CaptureQueriesContext(connection) as reading:
        snapshot = kind.read(edition.asv, year=edition.year, on=edition.data_on)
    with CaptureQueriesContext(connection) as rendering:
        html = kind.document(snapshot).html
        pdf = render_pdf(html)
    ours, bare = measure_rendering(html)
    print(f"  rapport annuel {edition.year} : {pdf.page_count} pages, {len(pdf.content) // 1024} Ko")
    print(f"  requêtes : {len(reading)} pour lire, {len(rendering)} pour rendre")
    print(f"  rendu : {ours:.2f} s ; WeasyPrint nu : {bare:.2f} s ; rapport {ours / bare:.2f} (barre : {PDF_BAR})")


def measure_rendering(html: str) -> tuple[float, float]:
    """Median time of our rendering and of bare WeasyPrint, taken in turns: the machine's mood touches both."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(timed(lambda: bare_weasyprint(html)))
        ours.append(timed(lambda: render_pdf(html)))
    return statistics.median(ours), statistics.median(bare)


def bare_weasyprint(html: str) -> bytes:
    """What anybody would write: the same HTML and stylesheets, tagged as PDF/UA-1."""
    document = weasyprint.HTML(string=html, base_url=f"{PDF_ASSETS.as_uri()}/")
    stylesheets = [weasyprint.CSS(filename=PDF_ASSETS / name) for name in STYLESHEETS]
    return document.write_pdf(stylesheets=stylesheets, pdf_variant="pdf/ua-1", pdf_tags=True)


def measure_pages() -> None:
    """Queries, processor time and weight of every page whose address holds nothing but the ASV."""
    member = Membership.objects.filter(role=Role.COORDINATOR).select_related("user", "asv").earliest("pk")
    client = Client(raise_request_exception=False)
    client.force_login(member.user)
    print(f"  {'page':44} {'état':>4} {'requêtes':>9} {'ms':>7} {'Ko':>7}")
    for address in addresses():
        if address.kwargs == ("asv",):
            path = reverse(address.name, kwargs={"asv": member.asv.slug})
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                started = time.process_time()
                response: Any = client.get(path)
                body = b"".join(response.streaming_content) if response.streaming else response.content
                spent = (time.process_time() - started) * 1000
            figures = f"{len(queries):>9} {spent:>7.1f} {len(body) / 1024:>7.1f}"
            print(f"  {address.name:44} {response.status_code:>4} {figures}")


def main() -> None:
    """Seed, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    seed(parser.parse_args().scale)
    say("Rapport annuel")
    measure_report()
    say("Pages d’un ASV")
    measure_pages()


if __name__ == "__main__":
    main()
