from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.functional import cached_property

from asv_platform.common.exports import cents, csv_response, xlsx_response
from asv_platform.common.formats import date_short, money, number, percent, period, plural
from asv_platform.common.lists import Cell, Heading, Row
from asv_platform.common.masking import HIDDEN
from asv_platform.common.views import Action as Button
from asv_platform.common.views import DetailPage, Page, PermissionView
from evaluation.filters import held_in
from evaluation.selectors import (
    AGE_FIELDS,
    ActionResultRow,
    ActionResults,
    ProgrammeResults,
    ShownAttendance,
    action_results,
    evaluated_programme,
    months_chart,
    programme_results,
    sessions_chart,
    shown_charts,
)
from evaluation.selectors.attendance import SEX_FIELDS, UNKNOWN_AGE
from evaluation.views.base import TeamMixin, actions
from programmation.models import Programme

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}
AGE_LABELS = [*(str(band.label) for band in AGE_FIELDS.values()), UNKNOWN_AGE]
HEADERS = [
    "N°", "Action", "Porteur", "Thème", "Quartiers", "État", "Séances tenues", "Séances à venir", "Participations",
    *SEX_FIELDS.values(), *AGE_LABELS,
    "Quartiers prioritaires", "Personnes attendues", "Personnes différentes déclarées", "Cibles atteintes",
    "Indicateurs", "Subventions accordées", "Coût total réalisé", "Bilan",
]  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One figure on top of the page."""

    value: str
    label: str
    trend: str = ""
    url: str = ""


class Overview(TeamMixin, PermissionView):
    """The year in results: what was done, for whom, and how well it is known."""

    permission = "evaluation.view"
    template_name = "evaluation/overview.html"
    http_method_names = ["get", "head", "options"]

    def get_title(self):
        return f"Évaluation {self.programme.year}" if self.programme else "Évaluation"

    def get_lead(self):
        return "Ce qui était prévu, ce qui a eu lieu, pour qui. Aucun nom : des nombres de personnes."

    def load(self, **kwargs):
        # The scope is opened for members only, and the permission is checked right after.
        self.programmes = list(Programme.objects.active().order_by("-year"))
        asked = self.request.GET.get("annee", "")
        chosen = [row for row in self.programmes if str(row.year) == asked]
        self.programme = chosen[0] if chosen else evaluated_programme()

    def actions(self):
        if self.programme is None or not self.may("ask_report"):
            return []
        if self.programme.year > self.today.year:
            return []
        return [Button("Demander les bilans", f"{self.url('report_ask')}?annee={self.programme.year}", "file-clock")]

    def get(self, request, *args, **kwargs) -> HttpResponseBase:  # type: ignore[override]
        page = Page(**self.page_fields())
        if self.programme is None:
            return self.render_to_response({"page": page, "results": None})
        results = programme_results(self.programme, on=self.today)
        if export := EXPORTS.get(request.GET.get("format", "")):
            name = f"resultats-{self.programme.year}"
            return export(name, HEADERS, (export_row(row) for row in results.rows))
        return self.render_to_response({"page": page, **self.context(results)})

    def context(self, results: ProgrammeResults) -> dict:
        found = results.attendance
        year = results.programme.year
        return {
            "results": results,
            "exports": [("CSV", f"?annee={year}&format=csv"), ("Excel (XLSX)", f"?annee={year}&format=xlsx")],
            "years": [
                {"label": str(row.year), "url": f"?annee={row.year}", "current": row.pk == results.programme.pk}
                for row in self.programmes
            ],
            "figures": self.figures(results),
            "charts": shown_charts(found) if found.people else [],
            # None is a count that is hidden, not zero.
            "has_participations": found.people != 0,
            "months": months_chart(results),
            "states": [(str(state.label), state.tone, count) for state, count in results.states],
            "quality": quality(results),
            "headings": [Heading(label, numeric) for label, numeric in COLUMNS],
            "table": [self.table_row(row) for row in results.rows],
            "totals": totals(results),
        }

    def figures(self, results: ProgrammeResults) -> list[Figure]:
        expected = f"{number(results.expected_people)} attendues, " if results.expected_people else ""
        told = f"{plural(results.shown.declared_by, 'action')} sur {number(results.actions)}"
        coming = f"{number(results.sessions_planned)} à venir" if results.sessions_planned else ""
        held = self.url("session_list") + held_in(results.programme)
        return [
            Figure(number(results.sessions_held), "séances tenues", coming, held),
            Figure(results.attendance.text, "participations"),
            Figure(results.shown.people_text or "–", "personnes différentes déclarées", f"{expected}{told}"),
            Figure(
                out_of(results.targets.reached, results.targets.total),
                "cibles atteintes",
                url=f"{self.url('indicator_list')}?programme={results.programme.pk}",
            ),
            Figure(money(results.granted), f"de subventions accordées ; {spent_text(results)}"),
        ]

    def table_row(self, row: ActionResultRow) -> Row:
        url = self.url("action", pk=row.pk)
        report = row.report
        return Row(
            url=url,
            cells=[
                Cell("title", row.title, "Action", row.organisation, url),
                Cell("state", row.state_label, "État", tone=row.tone),
                Cell("text", out_of(row.held, row.announced) if row.announced else "", "Séances"),
                count_cell(
                    row.attendance.people if row.held else None,
                    row.attendance.text if row.held else "",
                    "Participations",
                ),
                count_cell(row.attendance.from_qpv, qpv_text(row.attendance), "Quartiers prioritaires"),
                count_cell(row.people_known, row.people, "Personnes"),
                Cell("text", out_of(row.targets.reached, row.targets.total) if row.targets.total else "", "Cibles"),
                Cell(
                    "state",
                    report.state_label if report else "Pas demandé",
                    "Bilan",
                    f"le {date_short(report.due_on)}" if report and report.is_waiting else "",
                    tone=report.tone if report else "off",
                ),
            ],
        )


COLUMNS = [
    ("Action", False), ("État", False), ("Séances", False), ("Participations", True), ("Quartiers prioritaires", True),
    ("Personnes", True), ("Cibles", False), ("Bilan", False),
]  # fmt: skip


def count_cell(count: int | None, text: str, label: str) -> Cell:
    """A number of people, or the word that hides it."""
    return Cell("text", text, label) if count is None else Cell("number", count, label)


def out_of(part: int, whole: int) -> str:
    """« 14 sur 22 », on one line."""
    return f"{number(part)}\u00a0sur\u00a0{number(whole)}"


def totals(results: ProgrammeResults) -> list[Cell]:
    """The total row of the table of actions."""
    found, targets = results.attendance, results.targets
    held = out_of(found.sessions, found.sessions + results.sessions_planned)
    return [
        Cell("text", "Total", ""),
        Cell("text", plural(results.actions, "action"), "État"),
        Cell("text", held, "Séances"),
        count_cell(found.people, found.text, "Participations"),
        count_cell(found.from_qpv, qpv_text(found), "Quartiers prioritaires"),
        count_cell(
            results.shown.people_total if results.shown.declared_by else None, results.shown.people_text, "Personnes"
        ),
        Cell("text", out_of(targets.reached, targets.total) if targets.total else "", "Cibles"),
        Cell("text", out_of(results.reported, results.actions), "Bilan"),
    ]


def export_row(row: ActionResultRow) -> list:
    found = row.attendance
    return [
        row.number, row.title, row.organisation, row.theme, ", ".join(row.neighbourhoods), row.state_label, row.held,
        row.planned, exported(found.people, found.text), *parts_exported(row), row.expected_people,
        exported(row.people_known, row.people), row.targets.reached, row.targets.total, cents(row.granted),
        cents(row.spent),
        row.report.state_label if row.report else "",
    ]  # fmt: skip


def parts_exported(row: ActionResultRow) -> list:
    """The counts by sex, age and neighbourhood; « masqué » for a part that would give a small count away."""
    found = row.attendance
    sexes, ages = dict.fromkeys(SEX_FIELDS.values(), 0), dict.fromkeys(AGE_LABELS, 0)
    return [
        *_exported_part(found.sexes, sexes, bool(row.held)),
        *_exported_part(found.ages, ages, bool(row.held)),
        *_exported_part(found.places, {"Quartiers prioritaires": 0}, bool(row.held)),
    ]


def _exported_part(part, columns: dict[str, int], is_held: bool) -> list:
    if not part:
        return [HIDDEN if is_held else 0] * len(columns)
    told = columns | {label: exported(count, text) for label, text, count in part}
    return [told[label] for label in columns]


def exported(count: int | None, text: str) -> int | str:
    """A number for the spreadsheet, or the word that hides it."""
    return text if count is None else count


def qpv_text(found: ShownAttendance) -> str:
    """The participations from priority neighbourhoods, as may be read."""
    told = {label: text for label, text, _ in found.places}
    return told.get("Quartiers prioritaires", "" if found.people == 0 else HIDDEN)


def spent_text(results: ProgrammeResults) -> str:
    """What the reports filed say the actions cost in all; grants are only a part of it."""
    if not results.spent_told_by:
        return "coût total réalisé : aucun bilan reçu"
    return f"coût total réalisé : {money(results.spent)}, selon {plural(results.spent_told_by, 'bilan')}"


def quality(results: ProgrammeResults) -> list[dict]:
    """How well the year is known: shares of the actions, for meters."""
    total = results.actions
    rows = [
        ("Une séance notée", results.with_session, "action"),
        ("Une mesure notée", results.with_measure, "action"),
        ("Un bilan rendu", results.reported, "action"),
    ]
    found = [
        {
            "label": label,
            "share": round(100 * count / total) if total else 0,
            "text": f"{plural(count, noun)} sur {number(total)}",
        }
        for label, count, noun in rows
    ]
    if results.ages_share is not None:
        text = f"âge noté pour {percent(results.ages_share)} des participations"
        found.append({"label": "Âges notés", "share": results.ages_share, "text": text})
    return found


class ActionFollowUp(TeamMixin, DetailPage):
    """One action, from the need it answers to its report."""

    permission = "evaluation.view"
    template_name = "evaluation/action.html"

    def get_queryset(self):
        return actions()

    def get_title(self):
        return self.object.title

    def get_lead(self):
        when = period(self.object.starts_on, self.object.ends_on)
        return ", ".join(part for part in (str(self.object.organisation), when) if part)

    def crumbs(self):
        return [("Évaluation", self.url("overview")), (self.object.title, "")]

    def actions(self):
        pk, buttons = self.object.pk, []
        if self.may("edit") and self.results.is_open:
            buttons.append(Button("Noter une séance", self.url("session_create", pk=pk), "plus"))
            buttons.append(Button("Prévoir des séances", self.url("session_plan", pk=pk), "calendar-plus", "secondary"))
        if self.may("ask_report"):
            buttons.append(Button("Demander un bilan", self.url("report_ask_one", pk=pk), "file-clock", "secondary"))
        return buttons

    @cached_property
    def results(self) -> ActionResults:
        return action_results(self.object, on=self.today)

    def extra_context_data(self):
        return {
            "results": self.results,
            "chart": sessions_chart(self.results),
            "may_edit": self.may("edit"),
            "may_measure": self.may("edit") and self.results.is_open,
        }
