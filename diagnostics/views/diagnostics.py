"""The editions: list, page of one, creation, moves, what changed since the last one."""

from functools import cached_property

from asv_platform.common.filters import ArchiveFilters
from asv_platform.common.knots import Knot
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, DetailPage, EditPage, FormPage
from diagnostics.enums import DiagnosticState, DiagnosticTransition
from diagnostics.forms import DiagnosticForm, NewDiagnosticForm, ValidateForm
from diagnostics.models import Diagnostic
from diagnostics.selectors import (
    chain_counts,
    chapter_cards,
    compare_editions,
    current_diagnostic,
    diagnostics_with_counts,
    missing,
)
from diagnostics.services import archive_diagnostic, change_diagnostic, change_state, create_diagnostic
from diagnostics.views.base import DiagnosticsMixin, OpenEditionMixin
from diagnostics.workflow import DIAGNOSTIC

MOST_NEEDS = 8
TONES = {
    DiagnosticState.PREPARATION: "info",
    DiagnosticState.CONSULTATION: "warn",
    DiagnosticState.VALIDATED: "good",
    DiagnosticState.ARCHIVED: "off",
}
# What each move means for the people who work in it, and how its page asks.
MOVES = {
    DiagnosticTransition.CONSULT: (
        "diagnostic_consult", "megaphone", "L’équipe annonce que les voix se recueillent ; tout reste modifiable."),
    DiagnosticTransition.PREPARE: (
        "diagnostic_prepare", "undo-2", "Le diagnostic redevient un document de travail de l’équipe."),
    DiagnosticTransition.VALIDATE: (
        "diagnostic_validate", "gavel", "Les chapitres, les besoins et les priorités ne changeront plus."),
    DiagnosticTransition.REOPEN: (
        "diagnostic_reopen", "lock-open", "La date du comité est retirée : il faudra valider de nouveau."),
    DiagnosticTransition.CLOSE: (
        "diagnostic_close", "lock", "L’édition reste lisible ; elle ne peut plus être rouverte."),
}  # fmt: skip


class DiagnosticList(DiagnosticsMixin, ListPage):
    permission = "diagnostics.view"
    title = "Diagnostic partagé"
    lead = "Ce que disent les habitants, les professionnels et les chiffres, année après année."
    filterset_class = ArchiveFilters
    default_sort = ("-year", "pk")
    nouns = ("édition", "éditions")
    columns = [
        Column("Année", "year", kind="title", sort="year", sub="title"),
        Column("Titre", "title", shown=False),
        Column("État", "get_state_display", kind="state", tone=lambda row: TONES[row.state]),
        Column("Comité du", "validated_on", kind="date", sort="validated_on"),
        Column("Paroles", "voice_total", kind="number"),
        Column("Besoins", "need_total", kind="number"),
        Column("Priorités", "priority_total", kind="number"),
        Column("Périmètre", "perimeter", shown=False),
        Column("Méthode", "method", shown=False),
    ]

    def get_queryset(self):
        return diagnostics_with_counts()

    def row_url(self, row):
        return self.url("diagnostic_detail", pk=row.pk)

    def actions(self):
        indicators = Action("Indicateurs", self.url("indicator_list"), "chart-column", "secondary")
        if not self.can("create_diagnostic"):
            return [indicators]
        return [indicators, Action("Nouvelle édition", self.url("diagnostic_create"), "plus")]

    def get_empty(self):
        text = (
            "Un diagnostic rassemble les voix des habitants, des professionnels et les chiffres, puis choisit des "
            "priorités. L’édition suivante part de celle-ci."
        )
        if not self.can("create_diagnostic"):
            return Empty("Aucun diagnostic pour l’instant", text)
        return Empty("Aucun diagnostic pour l’instant", text, "Créer le diagnostic", self.url("diagnostic_create"))


class DiagnosticMixin(DiagnosticsMixin):
    """A page about one edition."""

    edit_permission = "diagnostics.change_state"
    object: Diagnostic

    def get_queryset(self):
        return Diagnostic.objects.select_related("previous")

    def edition(self):
        return self.object

    def crumbs(self):
        return self.edition_crumbs(self.object)

    def get_success_url(self, result):
        return self.url("diagnostic_detail", pk=self.object.pk)

    def archive_row(self):
        return archive_diagnostic(diagnostic=self.object, by=self.request.user)


class DiagnosticDetail(DiagnosticMixin, DetailPage):
    permission = "diagnostics.view"
    template_name = "diagnostics/diagnostic_detail.html"

    def get_title(self):
        return self.object.title

    def crumbs(self):
        return [self.home_crumb(), (f"Édition {self.object.year}", "")]

    def actions(self):
        pk = self.object.pk
        actions = [Action("Historique", self.url("diagnostic_history", pk=pk), "history", "secondary")]
        if self.object.previous:
            actions.append(Action("Comparer", self.url("diagnostic_compare", pk=pk), "git-compare", "secondary"))
        if self.object.archived_at:
            restore = Action("Rétablir", self.url("diagnostic_restore", pk=pk), "archive-restore")
            return [*actions, restore] if self.can("change_state") else actions
        if self.can("edit") and self.object.is_open:
            actions.append(Action("Modifier", self.url("diagnostic_edit", pk=pk), "pencil", "secondary"))
        return [*actions, *self.moves()]

    def moves(self):
        """The moves that may start now; those that bring the diagnostic nearer to the committee lead."""
        if not self.can("change_state"):
            return []
        moves = []
        leading = {DiagnosticTransition.CONSULT, DiagnosticTransition.VALIDATE}
        for move in DIAGNOSTIC.available(self.object.state):
            name, icon, _ = MOVES[move]
            kind = "primary" if move in leading else "secondary"
            moves.append(Action(str(move.label), self.url(name, pk=self.object.pk), icon, kind))
        return moves

    def extra_context_data(self):
        diagnostic = self.object
        cards, counts = chapter_cards(diagnostic), chain_counts(diagnostic)
        needs = diagnostic.needs.active().with_counts().order_by("-severity", "number")[:MOST_NEEDS]
        priorities = diagnostic.priorities.active().with_counts().order_by("rank", "pk")
        lacking = missing(diagnostic, cards=cards, counts=counts)
        return {
            "state_tone": TONES[DiagnosticState(diagnostic.state)],
            "chapters": [(card, self.url("chapter_detail", pk=card.pk)) for card in cards],
            "needs": [(need, self.url("need_detail", pk=need.pk)) for need in needs],
            "need_total": counts.need_total,
            "priorities": [(priority, self.url("priority_detail", pk=priority.pk)) for priority in priorities],
            "missing": [self.missing_line(line) for line in lacking],
            "knots": self.knots(counts),
            "urls": self.page_urls(),
            "may_edit": self.can("edit") and diagnostic.is_open,
            "may_archive": self.can("change_state") and diagnostic.is_open,
        }

    def page_urls(self):
        pages = ("need_list", "voice_list", "priority_list", "need_create", "voice_create", "priority_create")
        return {name: self.list_url(name, diagnostic=self.object.pk) for name in pages} | {
            "indicator_list": self.url("indicator_list"),
            "diagnostic_archive": self.url("diagnostic_archive", pk=self.object.pk),
        }

    def missing_line(self, line):
        url = self.url(line.page, pk=line.pk) if line.pk else self.list_url(line.page, **dict(line.filters))
        editable = self.can("edit") and self.object.is_open
        is_form = line.page.endswith("_edit")
        return {
            "state": "Manque", "tone": "warn", "icon": "", "title": line.title, "sub": line.todo,
            "url": url if editable or not is_form else "", "action_label": "Compléter" if is_form else "Voir",
        }  # fmt: skip

    def knots(self, counts):
        def url(name: str) -> str:
            return self.list_url(name, diagnostic=self.object.pk)

        return [
            _knot("Paroles", counts.voice_total, url("voice_list"), counts.voices_without_need, "sans besoin"),
            Knot("Diagnostic", str(self.object.year), sub=self.object.get_state_display().lower(), state="current"),
            _knot("Besoins", counts.need_total, url("need_list"), counts.needs_without_priority, "sans priorité"),
            _knot(
                "Priorités", counts.priority_total, url("priority_list"), counts.priorities_without_need, "sans besoin"
            ),
        ]


def _knot(kind: str, total: int, url: str, loose: int, words: str) -> Knot:
    sub = f"{loose} {words}" if loose else ""
    return Knot(kind, label=str(total) if total else "À écrire", url=url, sub=sub, state="done" if total else "todo")


class DiagnosticCreate(DiagnosticsMixin, FormPage):
    permission = "diagnostics.create_diagnostic"
    title = "Nouvelle édition du diagnostic"
    form_class = NewDiagnosticForm
    submit_label = "Créer l’édition"

    def crumbs(self):
        return [self.home_crumb()]

    def get_initial(self):
        last = current_diagnostic()
        year = last.year + 1 if last else self.today.year
        return {
            "year": year,
            "title": f"Diagnostic partagé {year}",
            "previous": last,
            "perimeter": last.perimeter if last else "",
            "method": "",
        }

    def act(self, data):
        return create_diagnostic(asv=self.request.asv, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("diagnostic_detail", pk=result.pk)

    def get_success_message(self, result):
        taken = f" Les chapitres et les besoins de {result.previous.year} sont repris." if result.previous else ""
        return f"Le diagnostic {result.year} est créé.{taken}"


class DiagnosticEdit(DiagnosticMixin, OpenEditionMixin, EditPage):
    permission = "diagnostics.edit"
    title = "Modifier le diagnostic"
    form_class = DiagnosticForm
    success_message = "Le diagnostic est enregistré."

    def act(self, data):
        return change_diagnostic(diagnostic=self.object, by=self.request.user, version=self.sent_version(), **data)


class DiagnosticMove(DiagnosticMixin, ConfirmPage):
    """Ask, then move the diagnostic to its next state."""

    permission = "diagnostics.change_state"
    transition = DiagnosticTransition.CONSULT

    def get_title(self):
        return f"{self.transition.label} {self.object.year}"

    def get_text(self):
        return MOVES[self.transition][2]

    @property
    def submit_label(self):
        return str(self.transition.label)

    def consequences(self):
        return self.lacking if self.transition == DiagnosticTransition.VALIDATE else []

    @cached_property
    def lacking(self):
        return [line.title for line in missing(self.object)]

    def act(self, data):
        return change_state(
            diagnostic=self.object,
            transition=self.transition,
            by=self.request.user,
            today=self.today,
            **data,
        )

    def get_success_message(self, result):
        return f"Diagnostic {result.year} : {result.get_state_display().lower()}."


class DiagnosticConsult(DiagnosticMove):
    transition = DiagnosticTransition.CONSULT


class DiagnosticPrepare(DiagnosticMove):
    transition = DiagnosticTransition.PREPARE


class DiagnosticReopen(DiagnosticMove):
    transition = DiagnosticTransition.REOPEN


class DiagnosticClose(DiagnosticMove):
    transition = DiagnosticTransition.CLOSE


class DiagnosticValidate(DiagnosticMove):
    transition = DiagnosticTransition.VALIDATE
    form_class = ValidateForm

    def get_text(self):
        todo = " Il manque encore ce qui suit ; le comité peut valider en l’état." if self.consequences() else ""
        return super().get_text() + todo


class DiagnosticCompare(DiagnosticMixin, DetailPage):
    """What changed since the edition this one started from."""

    permission = "diagnostics.view"
    template_name = "diagnostics/diagnostic_compare.html"

    def get_title(self):
        previous = self.object.previous
        return f"{self.object.year} comparé à {previous.year}" if previous else "Comparer à l’édition précédente"

    def extra_context_data(self):
        previous = self.object.previous
        return {
            "previous": previous,
            "comparison": compare_editions(self.object, previous) if previous else None,
            "back_url": self.url("diagnostic_detail", pk=self.object.pk),
        }
