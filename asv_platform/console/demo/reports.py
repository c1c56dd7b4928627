"""The reports of the demonstration: made, issued and sent to the demonstration élus, as a coordinator would."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from asv_platform.accounts.models import Membership
from asv_platform.common.formats import plural
from asv_platform.common.jobs import run_due_jobs
from asv_platform.console.demo.story import reference_year
from asv_platform.reporting import services
from asv_platform.reporting.enums import Channel, EditionKind, RecipientKind
from asv_platform.reporting.models import Edition, Recipient
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import asv_scope

CHANNELS = {EditionKind.ELECTED_NOTE: Channel.ATTACHMENT, EditionKind.ANNUAL_REPORT: Channel.LINK}
KIND_OF_ROLE = {"elected": RecipientKind.ELECTED, "correspondent": RecipientKind.INSTITUTION}


def build_reports(data: dict[str, Any]) -> Iterator[str]:
    """Issue last year's annual report and note, and send them; nothing where an edition exists already."""
    asv = Asv.objects.get(slug=data["asv"]["slug"])
    with asv_scope(asv.pk):
        if Edition.objects.filter(asv=asv).exists():
            return
        by = Membership.objects.filter(asv=asv, role="coordinator").select_related("user").earliest("pk").user
        recipients = [_recipient(asv, by, row) for row in data["people"] if row.get("recipient")]
        for kind in EditionKind:
            edition = _issue(asv, by, kind, data.get("editorial", {}))
            services.send_edition(
                edition=edition, recipients=recipients, channel=CHANNELS[kind], by=by, now=timezone.now()
            )
            yield f"{asv.name} : {edition} ({plural(edition.page_count, 'page')}) {edition.file.path}"
    run_due_jobs()


def _recipient(asv: Asv, by, row: dict[str, Any]) -> Recipient:
    return services.create_recipient(
        asv=asv,
        by=by,
        name=f"{row['first_name']} {row['last_name']}",
        function=row["function"],
        kind=KIND_OF_ROLE.get(row["role"], RecipientKind.OTHER),
        email=row["email"],
    )


def _issue(asv: Asv, by, kind: str, editorial: dict[str, Any]) -> Edition:
    year = reference_year(timezone.localdate()) - 1
    edition = services.request_edition(asv=asv, kind=kind, year=year, by=by, **_dated(editorial))
    run_due_jobs()
    edition = services.issue_edition(edition=edition, by=by, on=timezone.localdate())
    run_due_jobs()
    return Edition.objects.get(pk=edition.pk)


def _dated(editorial: dict[str, Any]) -> dict[str, Any]:
    """The decisions awaited within some days of today, as the form keeps them."""
    today = timezone.localdate()
    decisions = [
        {"what": row["what"], "who": row["who"], "before": (today + dt.timedelta(days=row["days"])).isoformat()}
        for row in editorial.get("decisions", [])
    ]
    return editorial | {"decisions": decisions}
