"""The report of an action: what fills itself, what is missing, and what the page shows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from actors.models import Organisation, PartnerAccess
from asv_platform.common.formats import date_long, join_and, number, plural, shorten
from evaluation.enums import ReportKind, ReportPath, SessionState
from evaluation.models import ActionReport, Session
from evaluation.selectors.attendance import HELD, PLANNED, UNKNOWN_AGE, Attendance, attendance_of, sums
from evaluation.selectors.indicators import IndicatorResult, indicator_results
from evaluation.selectors.money import FinancialReport, financial_report
from evaluation.selectors.shown import ShownAttendance, shown_action
from programmation.models import Action

# The texts of the report, in the order of the Cerfa, and the sentence said when one is missing.
TEXTS = {
    "summary": "Racontez la mise en œuvre de l’action.",
    "public_reached": "Décrivez les publics touchés.",
    "places": "Indiquez les dates et les lieux.",
    "objectives_reached": "Dites si les objectifs sont atteints.",
}
REASONS = {
    ReportPath.NOT_CARRIED_OUT: {"difficulties": "Dites pourquoi l’action n’a pas eu lieu."},
    ReportPath.DATES_CHANGED: {
        "difficulties": "Dites pourquoi l’action demande plus de temps.",
        "next_steps": "Donnez les nouvelles dates et la suite prévue.",
    },
}


@dataclass(frozen=True)
class Missing:
    """What still keeps a report from being filed, and the field of the form where it is written."""

    field: str
    text: str

    def __str__(self):
        return self.text


def missing_before_filing(report: ActionReport) -> list[Missing]:
    """What still keeps this report from being filed; empty when it is ready. One query for the lines."""
    missing = [
        Missing(name, text) for name, text in _asked_texts(report.path).items() if not getattr(report, name).strip()
    ]
    if report.path == ReportPath.CARRIED_OUT and report.people_reached is None:
        missing.append(Missing("people_reached", "Indiquez le nombre de personnes différentes touchées."))
    if report.path != ReportPath.NOT_CARRIED_OUT:
        missing += _missing_reasons(financial_report(report.lines.all()))
    if not report.signatory.strip():
        missing.append(Missing("signatory", "Indiquez le nom de la personne qui signe."))
    return missing


def _asked_texts(path: str) -> dict[str, str]:
    return TEXTS if path == ReportPath.CARRIED_OUT else REASONS[ReportPath(path)]


def _missing_reasons(money: FinancialReport) -> list[Missing]:
    return [
        Missing(f"explanation_{line.pk}", f"Expliquez l’écart de plus de 10 % sur « {line.label} ».")
        for line in money.unexplained()
    ]


def warnings_before_filing(report: ActionReport) -> list[str]:
    """What deserves a second look and forbids nothing."""
    found = [
        f"L’indicateur « {row.name} » n’est pas mesuré."
        for row in indicator_results(report.action)
        if row.value is None and report.path == ReportPath.CARRIED_OUT
    ]
    money = financial_report(report.lines.all())
    if money.is_told and money.balance:
        found.append("Le total des charges réalisées et celui des produits réalisés diffèrent.")
    return found


# What fills itself from the sessions and the measures


@dataclass(frozen=True)
class SessionFacts:
    """What the log of sessions says of an action, in figures and in words."""

    planned: int
    cancelled: int
    first_on: dt.date | None
    last_on: dt.date | None
    places: tuple[tuple[str, int], ...]
    attendance: Attendance

    @property
    def held(self) -> int:
        return self.attendance.sessions

    @property
    def announced(self) -> int:
        """Held and still to come."""
        return self.held + self.planned


def session_facts(action: Action) -> SessionFacts:
    """Count the sessions of an action; two queries."""
    sessions = Session.objects.active().filter(action=action)
    found = sessions.order_by().aggregate(
        **sums(HELD),
        planned=Count("pk", filter=PLANNED),
        cancelled=Count("pk", filter=Q(state=SessionState.CANCELLED)),
        first_on=Min("held_on", filter=HELD),
        last_on=Max("held_on", filter=HELD),
    )
    places = sessions.held().exclude(place="").order_by().values_list("place").annotate(n=Count("pk"))
    return SessionFacts(
        planned=found["planned"],
        cancelled=found["cancelled"],
        first_on=found["first_on"],
        last_on=found["last_on"],
        places=tuple(sorted(places, key=lambda pair: (-pair[1], pair[0]))[:6]),
        attendance=attendance_of(found),
    )


def suggestions(facts: SessionFacts, found: ShownAttendance, indicators: tuple[IndicatorResult, ...]) -> dict[str, str]:
    """The texts of the report that the log already writes, by field; empty without a held session."""
    if not facts.held:
        return {}
    return {
        "summary": _summary(facts, found),
        "public_reached": _public(found),
        "places": _places(facts),
        "objectives_reached": "\n".join(_objective(row) for row in indicators if row.shown_value),
    }


def _summary(facts: SessionFacts, found: ShownAttendance) -> str:
    announced = f" sur {number(facts.announced)} prévues" if facts.planned else ""
    when = f"du {date_long(facts.first_on)} au {date_long(facts.last_on)}"
    average = f", {plural(found.average, 'personne')} en moyenne" if found.average else ""
    return f"{plural(facts.held, 'séance tenue', 'séances tenues')}{announced}, {when}{average}."


def _public(found: ShownAttendance) -> str:
    """Only what may be read: these words go into the report that is published."""
    if found.people is None:
        return ""
    sexes = join_and([f"{text} {label.lower()}" for label, text, count in found.sexes if count])
    ages = [f"{label} : {text}" for label, text, count in found.ages if count and label != UNKNOWN_AGE]
    lines = [f"{plural(found.people, 'participation')}{' : ' if sexes else ''}{sexes}."]
    lines += [f"Âges : {', '.join(ages)}."] if ages else []
    if found.from_qpv is not None:
        lines.append(f"{plural(found.from_qpv, 'participation')} d’habitants des quartiers prioritaires.")
    return "\n".join(lines)


def _places(facts: SessionFacts) -> str:
    when = f"Du {date_long(facts.first_on)} au {date_long(facts.last_on)}."
    lines = [f"{place} : {plural(count, 'séance')}" for place, count in facts.places]
    return "\n".join([when, *lines])


def _objective(row: IndicatorResult) -> str:
    target = f" (cible : {row.shown_target})" if row.target is not None else ""
    return f"{row.name} : {row.shown_value}{target}."


# The page


@dataclass(frozen=True)
class ReportSheet:
    """Everything a report says, read once."""

    report: ActionReport
    facts: SessionFacts
    attendance: ShownAttendance
    people: str  # the distinct people declared, as may be read
    indicators: tuple[IndicatorResult, ...]
    money: FinancialReport
    texts: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    suggested: dict[str, str]

    @property
    def filled_share(self) -> int:
        """How much of what is asked is already written, by hand or by the log, in percent."""
        asked = [*_asked_texts(self.report.path), "people_reached", "signatory"]
        done = [name for name in asked if getattr(self.report, name) not in {None, ""} or self.suggested.get(name)]
        return round(100 * len(done) / len(asked))


def report_sheet(report: ActionReport) -> ReportSheet:
    """The whole report (its action, programme and organisation loaded); about ten queries."""
    facts = session_facts(report.action)
    attendance, programme = shown_action(report.action)
    indicators = indicator_results(report.action, programme.secrets_of(report.action_id))
    names = (*TEXTS, "difficulties", "lessons", "next_steps", "indirect_rule")
    labels = {field.name: str(field.verbose_name) for field in ActionReport._meta.concrete_fields}
    # The same page is read by the team and by the partner.
    labels["lessons"] = "enseignements"
    return ReportSheet(
        report=report,
        facts=facts,
        attendance=attendance,
        people=programme.reached(report),
        indicators=indicators,
        money=financial_report(report.lines.all()),
        texts=tuple((labels[name].capitalize(), getattr(report, name)) for name in names if getattr(report, name)),
        missing=tuple(missing_before_filing(report)) if report.is_waiting else (),
        warnings=tuple(warnings_before_filing(report)) if report.is_waiting else (),
        suggested=suggestions(facts, attendance, indicators),
    )


@dataclass(frozen=True)
class ReportRow:
    """One report of a list."""

    pk: int
    is_final: bool
    kind_label: str
    state: str
    state_label: str
    partner_label: str
    tone: str
    due_on: dt.date
    is_late: bool
    is_waiting: bool
    filed_on: dt.datetime | None
    approved_on: dt.datetime | None
    correction_request: str = ""


def report_row(report: ActionReport, *, on: dt.date) -> ReportRow:
    """One report as lists show it; no query."""
    late = report.is_late(on)
    return ReportRow(
        pk=report.pk,
        is_final=report.kind == ReportKind.FINAL,
        kind_label=report.get_kind_display(),
        state=report.state,
        state_label="En retard" if late else report.get_state_display(),
        partner_label="En retard" if late else report.state_enum.label_for_partner,
        tone="bad" if late else report.state_enum.tone,
        due_on=report.due_on,
        is_late=late,
        is_waiting=report.is_waiting,
        filed_on=report.filed_at,
        approved_on=report.approved_at,
        correction_request=report.correction_request,
    )


def out_of_reach(organisation_ids: Iterable[int]) -> list[str]:
    """The organisations, among these, where nobody receives what is written to them."""
    reached = PartnerAccess.objects.filter(user__is_active=True).values("organisation")
    rows = Organisation.objects.filter(pk__in=set(organisation_ids)).exclude(pk__in=reached)
    return [str(row) for row in rows.order_by("name")]


def report_title(report: ActionReport) -> str:
    """« Bilan final 2025 : Bien manger, bien vivre »."""
    return f"{report.get_kind_display()} {report.action.programme.year} : {shorten(report.action.title, 90)}"
