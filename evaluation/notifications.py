"""Who is told what about reports: one mail a person for one act."""

from django.conf import settings
from django.urls import reverse

from actors.selectors import partner_addresses
from asv_platform.accounts.selectors import coordinator_addresses
from asv_platform.notifications.services import send_each
from evaluation.models import ActionReport


def _partners(report: ActionReport) -> list[str]:
    """Everybody who may write the report: the accesses of the organisation."""
    return partner_addresses(report.action.organisation_id)


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


def _partner_page(report: ActionReport) -> str:
    return reverse("partner_evaluation:report", kwargs={"pk": report.pk})


def report_asked(report: ActionReport) -> None:
    """The partner learns that a report is due, and that the log already writes part of it."""
    _tell(
        report,
        _partners(report),
        subject=f"Bilan attendu : {report.action.title}",
        template="email/evaluation/report_asked",
        url=_partner_page(report),
    )


def report_reminded(report: ActionReport) -> None:
    """The partner is reminded of a report that is due; once a day at most."""
    _tell(
        report,
        _partners(report),
        subject=f"Rappel, bilan attendu : {report.action.title}",
        template="email/evaluation/report_reminded",
        url=_partner_page(report),
        once=str(report.reminded_on),
    )


def report_filed_for_partner(report: ActionReport) -> None:
    """The partner learns that the team filed the report in its name."""
    _tell(
        report,
        _partners(report),
        subject=f"Bilan déposé en votre nom : {report.action.title}",
        template="email/evaluation/report_filed_for",
        url=_partner_page(report),
    )


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
    _tell(
        report,
        _partners(report),
        subject=f"Bilan à corriger : {report.action.title}",
        template="email/evaluation/report_returned",
        url=_partner_page(report),
    )


def report_approved(report: ActionReport) -> None:
    """The partner learns that the report is approved."""
    _tell(
        report,
        _partners(report),
        subject=f"Bilan approuvé : {report.action.title}",
        template="email/evaluation/report_approved",
        url=_partner_page(report),
    )
