"""Build the demonstration, one ASV after the other; an ASV that exists already is left as it is."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from asv_platform.accounts.models import User
from asv_platform.common.formats import plural
from asv_platform.common.models import Job
from asv_platform.console.demo.diagnostic import build_diagnostics
from asv_platform.console.demo.network import PASSWORD, account, build_network, open_asv
from asv_platform.console.demo.programme import build_programmes, close_last_year
from asv_platform.console.demo.reports import build_reports
from asv_platform.console.demo.results import build_results
from asv_platform.console.demo.story import Story, read
from asv_platform.notifications.models import Message
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Edition
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import every_asv

STORIES = ("blanc-mesnil-dugny", "aubervilliers", "gueret")
OPERATOR = "operation@demo.example"
LOGINS = (
    ("Coordination, avec administration", "coordination@demo.example", PASSWORD),
    ("Contribution", "contribution@demo.example", PASSWORD),
    ("Lecture", "lecture@demo.example", PASSWORD),
    ("Coordination d’Aubervilliers", "aubervilliers@demo.example", PASSWORD),
    ("Coordination de Guéret", "gueret@demo.example", PASSWORD),
    ("Exploitation (administration)", OPERATOR, PASSWORD),
    ("Partenaire Passerelles Santé", "partenaire@demo.example", "code reçu par courriel"),
    ("Partenaire La Marmite du Moulin", "marmite@demo.example", "code reçu par courriel"),
)


def build(*, today: dt.date) -> Iterator[str]:
    """Build what is missing, reports included; yields one French line for each thing done."""
    _operator()
    for name in STORIES:
        data = read(name)
        if Asv.objects.filter(slug=data["asv"]["slug"]).exists():
            yield f"{data['asv']['name']} : déjà en place."
        else:
            story = build_story(data, today)
            organisations, proposals = len(story.organisations), len(data["proposals"])
            yield f"{story.asv.name} : {plural(organisations, 'organisation')}, {plural(proposals, 'proposition')}."
        yield from build_reports(data)


@transaction.atomic
def build_story(data: dict, today: dt.date) -> Story:
    """Write everything one data file tells; all or nothing."""
    story = open_asv(data, today=today)
    build_network(story)
    build_diagnostics(story)
    build_programmes(story)
    build_results(story)
    close_last_year(story)
    _forget_past_mail(story.asv)
    return story


def _forget_past_mail(asv: Asv) -> None:
    """Two years of receipts and decisions would bury, in the mailbox, the reports that are sent next."""
    messages = Message.objects.filter(asv=asv)
    Job.objects.filter(dedupe_key__in=[f"message:{pk}" for pk in messages.values_list("pk", flat=True)]).delete()
    messages.delete()


def _operator() -> User:
    user = account(OPERATOR, first_name="Claire", last_name="Exploitation")
    if not user.is_superuser:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return user


def issued_files() -> list[str]:
    """Where the issued PDF files are, newest first."""
    with every_asv(reason="list the files of the demonstration"):
        rows = Edition.objects.filter(state=EditionState.ISSUED).order_by("-issued_at")
        return [edition.file.path for edition in rows]
