"""Who is told what about reports: one mail a person for one act."""

from django.conf import settings
from django.urls import reverse

from actors.selectors import partner_addresses
from asv_platform.accounts.selectors import coordinator_addresses
from asv_platform.notifications.services import send_each
from evaluation.models import ActionReport


def _tell(report: ActionReport, addresses: list[str], *, subject: str, template: str, url: str, once: str = "") -> None:
    context = {
        "report": report,
        "action": report.action,
        "organisation": report.action.organisation,
        "url": f"{settings.SITE_URL}{url}",
    }
    send_each(
        addresses,
        subject=subject,
        template=template,
        context=context,
        asv=report.asv,
        key=f"{template.rpartition('/')[2]}:{report.pk}:{once or report.version}",
    )


def _tell_partners(report: ActionReport, said: str, *, template: str, once: str = "") -> None:
    """Tell everybody who may write the report: the accesses of the organisation."""
    _tell(
        report,
        partner_addresses(report.action.organisation_id),
        subject=f"{said} : {report.action.title}",
        template=template,
        url=reverse("partner_evaluation:report", kwargs={"pk": report.pk}),
        once=once,
    )


def report_asked(report: ActionReport) -> None:
    """The partner learns that a report is due, and that the log already writes part of it."""
    _tell_partners(report, "Bilan attendu", template="email/evaluation/report_asked")


def report_reminded(report: ActionReport) -> None:
    """The partner is reminded of a report that is due; once a day at most."""
    _tell_partners(
        report, "Rappel, bilan attendu", template="email/evaluation/report_reminded", once=str(report.reminded_on)
    )


def report_filed_for_partner(report: ActionReport) -> None:
    """The partner learns that the team filed the report in its name."""
    _tell_partners(report, "Bilan déposé en votre nom", template="email/evaluation/report_filed_for")


def report_filed(report: ActionReport) -> None:
    """The coordination learns that a report is to be read."""
    _tell(
        report,
        coordinator_addresses(report.asv_id),
        subject=f"Bilan à lire : {report.action.title}",
        template="email/evaluation/report_filed",
        url=reverse("evaluation:report_detail", kwargs={"asv": report.asv.slug, "pk": report.pk}),
    )


def report_returned(report: ActionReport) -> None:
    """The partner learns what to correct."""
    _tell_partners(report, "Bilan à corriger", template="email/evaluation/report_returned")


def report_approved(report: ActionReport) -> None:
    """The partner learns that the report is approved."""
    _tell_partners(report, "Bilan approuvé", template="email/evaluation/report_approved")
