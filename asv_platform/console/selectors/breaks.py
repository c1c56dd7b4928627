"""The broken links of a year as the pages of the console show them: for each kind, why it matters and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from asv_platform.common.formats import date_short, number, plural, shorten
from asv_platform.reporting.selectors import breaks
from asv_platform.reporting.selectors.year import Year
from diagnostics.enums import DiagnosticState
from diagnostics.models import Need, Priority, Voice
from evaluation.models import ActionReport
from programmation.models import Action, Objective


@dataclass(frozen=True)
class BrokenLink:
    """One place where the thread breaks: what, where, and what to do about it."""

    text: str
    sub: str
    url: str
    action: str
    is_words: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of broken link: the knot it hangs at, the rows it is about, and the link each row makes."""

    knot: str
    title: str
    why: str
    rows: QuerySet
    link: Callable[[Any], BrokenLink]


def page_of(year: Year, name: str, pk: int | None = None) -> str:
    """The address of a page of the ASV of this year."""
    return reverse(name, kwargs={"asv": year.asv.slug} | ({"pk": pk} if pk else {}))


def _repair(year: Year, page: str, pk: int, words: str) -> tuple[str, str]:
    """Where a row of the diagnostic is linked, and the words; a validated edition is first opened again."""
    edition = year.diagnostic
    if edition and edition.state == DiagnosticState.VALIDATED:
        return page_of(year, "diagnostics:diagnostic_detail", edition.pk), "Rouvrir le diagnostic pour relier"
    return page_of(year, page, pk), words if edition and edition.is_open else "Voir la fiche"


def kinds(year: Year) -> Iterator[Kind]:
    """Every kind, in the order of the thread; nothing is read yet."""
    yield _voices_without_need(year)
    yield _needs_without_priority(year)
    if year.programme:
        yield _needs_without_answer(year)
        yield _priorities_without_action(year)
        yield _objectives_without_priority(year)
        yield _actions_without_need(year)
        yield _actions_without_session(year)
        yield _late_reports(year)


def _voices_without_need(year: Year) -> Kind:
    def link(row: Voice) -> BrokenLink:
        place = f"{row.neighbourhood.short_name}, " if row.neighbourhood else ""
        sub = f"{place}{row.context or row.get_kind_display()}{', ' + date_short(row.heard_on) if row.heard_on else ''}"
        url, words = _repair(year, "diagnostics:voice_detail", row.pk, "Relier à un besoin")
        return BrokenLink(f"« {shorten(row.words)} »", sub, url, words, is_words=True)

    why = "Ces paroles ont été recueillies, mais ne nourrissent aucun besoin."
    rows = breaks.voices_without_need(year).select_related("neighbourhood")
    return Kind("Paroles", "Paroles sans besoin", why, rows, link)


def _needs_without_priority(year: Year) -> Kind:
    def link(row: Need) -> BrokenLink:
        said = f", entendu {number(row.mentions)} fois" if row.mentions else ""
        sub = f"Besoin n° {row.number}, {row.theme}{said}"
        url, words = _repair(year, "diagnostics:need_detail", row.pk, "Relier à une priorité")
        return BrokenLink(row.statement, sub, url, words)

    why = "Un besoin reconnu qu’aucune priorité ne reprend reste sans suite."
    rows = breaks.needs_without_priority(year).select_related("theme")
    return Kind("Besoins", "Besoins sans priorité", why, rows, link)


def _needs_without_answer(year: Year) -> Kind:
    def link(row: Any) -> BrokenLink:
        sub = f"Besoin n° {row.number}, entendu dès le {date_short(row.first_heard)}, sans action cette année"
        return BrokenLink(row.statement, sub, page_of(year, "diagnostics:need_detail", row.pk), "Voir le besoin")

    why = "Ces besoins ont été dits il y a plus de deux ans et aucune action de l’année n’y répond."
    return Kind("Besoins", "Besoins sans réponse depuis deux ans", why, breaks.needs_without_answer(year), link)


def _priorities_without_action(year: Year) -> Kind:
    def link(row: Priority) -> BrokenLink:
        votes = [
            plural(row.committee_votes, "voix du comité", "voix du comité") if row.committee_votes else "",
            f"{row.shown_resident_votes} voix d’habitants" if row.resident_votes else "",
        ]
        sub = f"Priorité {row.rank}" + "".join(f", {vote}" for vote in votes if vote)
        return BrokenLink(row.title, sub, page_of(year, "diagnostics:priority_detail", row.pk), "Voir la priorité")

    why = f"Aucune action du programme {year.number} ne répond à ces priorités."
    return Kind("Priorités", "Priorités sans action", why, breaks.priorities_without_action(year), link)


def _objectives_without_priority(year: Year) -> Kind:
    def link(row: Objective) -> BrokenLink:
        url = page_of(year, "programmation:objective_detail", row.pk)
        return BrokenLink(row.title, f"Objectif {year.number}", url, "Relier à une priorité")

    why = "On ne sait pas à quoi ils répondent."
    return Kind("Objectifs", "Objectifs sans priorité", why, breaks.objectives_without_priority(year), link)


def _action_link(year: Year, page: str, words: str) -> Callable[[Action], BrokenLink]:
    return lambda row: BrokenLink(row.title, str(row.organisation), page_of(year, page, row.pk), words)


def _actions_without_need(year: Year) -> Kind:
    why = "Ces actions ne répondent à aucun besoin écrit."
    rows = breaks.actions_without_need(year).select_related("organisation")
    link = _action_link(year, "programmation:action_detail", "Relier à un objectif")
    return Kind("Actions", "Actions sans besoin", why, rows, link)


def _actions_without_session(year: Year) -> Kind:
    why = "Ces actions sont en cours, mais aucune séance n’a été notée depuis deux mois."
    rows = breaks.actions_without_session(year).select_related("organisation")
    link = _action_link(year, "evaluation:action", "Voir l’action")
    return Kind("Séances", "Actions sans séance récente", why, rows, link)


def _late_reports(year: Year) -> Kind:
    def link(row: ActionReport) -> BrokenLink:
        sub = f"{row.action.organisation}, programme {row.action.programme.year}, attendu le {date_short(row.due_on)}"
        url = page_of(year, "evaluation:report_detail", row.pk)
        return BrokenLink(row.action.title, sub, url, "Voir le bilan")

    why = "Sans bilan, l’élu lit « attendu »."
    rows = breaks.late_reports(year).select_related("action__organisation", "action__programme")
    return Kind("Bilans", "Bilans en retard", why, rows, link)
