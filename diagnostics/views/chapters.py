"""A theme in five voices."""

from asv_platform.audit.views import HistoryPage
from asv_platform.common.formats import plural
from asv_platform.common.knots import Knot
from asv_platform.common.views import Action, DetailPage, EditPage
from diagnostics.forms import ChapterForm
from diagnostics.models import ThemeChapter
from diagnostics.selectors import chapter_page
from diagnostics.services import change_chapter
from diagnostics.views.base import DiagnosticsMixin, OpenEditionMixin


class ChapterMixin(DiagnosticsMixin):
    object: ThemeChapter

    def get_queryset(self):
        return ThemeChapter.objects.select_related("diagnostic", "theme")

    def edition(self):
        return self.object.diagnostic

    def crumbs(self):
        return [
            *self.edition_crumbs(self.edition()),
            (str(self.object), self.url("chapter_detail", pk=self.object.pk)),
        ]

    def get_success_url(self, result):
        return self.url("chapter_detail", pk=self.object.pk)

    def may_edit(self):
        return self.can("edit") and self.object.diagnostic.is_open


class ChapterDetail(ChapterMixin, DetailPage):
    permission = "diagnostics.view"
    template_name = "diagnostics/chapter_detail.html"

    def load(self, **kwargs):
        super().load(**kwargs)
        self.chapter = chapter_page(self.object)

    def get_title(self):
        return self.object.theme.label

    def get_lead(self):
        chapter = self.chapter
        said = (
            f"{chapter.resident_words} ; {chapter.professional_words} ; "
            f"{plural(chapter.figure_total, 'chiffre publié', 'chiffres publiés')}."
        )
        debated = chapter.disagreement_total
        return f"{said} {plural(debated, 'désaccord')} à débattre au comité." if debated else said

    def crumbs(self):
        return [*self.edition_crumbs(self.object.diagnostic), (str(self.object), "")]

    def actions(self):
        pk, diagnostic, theme = self.object.pk, self.object.diagnostic_id, self.object.theme_id
        history = Action("Historique", self.url("chapter_history", pk=pk), "history", "secondary")
        if not self.may_edit():
            return [history]
        voice = self.list_url("voice_create", diagnostic=diagnostic, theme=theme)
        return [
            history,
            Action("Écrire le chapitre", self.url("chapter_edit", pk=pk), "pencil", "secondary"),
            Action("Ajouter une parole", voice, "plus"),
        ]

    def extra_context_data(self):
        diagnostic, theme = self.object.diagnostic_id, self.object.theme_id
        return {
            "chapter": self.chapter,
            "subjects": [(subject, self.url("need_detail", pk=subject.need.pk)) for subject in self.chapter.subjects],
            "tabs": self.tabs(),
            "knots": self.knots(),
            "may_edit": self.may_edit(),
            "edit_url": self.url("chapter_edit", pk=self.object.pk),
            "need_create_url": self.list_url("need_create", diagnostic=diagnostic, theme=theme),
            "voice_list_url": self.list_url("voice_list", diagnostic=diagnostic, lien="sans"),
        }

    def tabs(self):
        chapters = self.object.diagnostic.chapters.select_related("theme")
        return [
            {
                "label": row.theme.label,
                "url": self.url("chapter_detail", pk=row.pk),
                "current": row.pk == self.object.pk,
            }
            for row in chapters
        ]

    def knots(self):
        chapter, code = self.chapter, self.object.theme.code
        edition = {"diagnostic": self.object.diagnostic_id, "theme": code}
        open_needs = [subject for subject in chapter.subjects if not subject.priorities]
        knots = [
            Knot("Paroles", plural(chapter.voice_total, "parole"), self.list_url("voice_list", **edition)),
            Knot("Chapitre", self.object.theme.label, state="current", sub=_validated(self.object.diagnostic)),
            Knot("Besoins", plural(len(chapter.subjects), "besoin écrit", "besoins écrits"),
                 self.list_url("need_list", **edition), sub=_numbers(chapter.subjects)),
        ]  # fmt: skip
        knots += [
            Knot(f"Priorité {row.rank}", row.title, self.url("priority_detail", pk=row.pk))
            for row in chapter.priorities
        ]
        if open_needs and chapter.priorities:
            need = open_needs[0].need
            url = self.url("need_detail", pk=need.pk)
            knots.append(_missing(f"Besoin n° {need.number}", "Sans priorité", url, "Voir ce besoin"))
        if not chapter.priorities:
            url = self.list_url("priority_list", **edition)
            knots.append(_missing("Priorité", "Aucune pour ce thème", url, "Voir les priorités"))
        return knots


def _missing(kind: str, label: str, url: str, action: str) -> Knot:
    return Knot(kind, label, state="missing", action_url=url, action_label=action)


def _validated(diagnostic) -> str:
    from_committee = diagnostic.validated_on
    return f"validé le {from_committee:%d/%m/%Y}" if from_committee else diagnostic.get_state_display().lower()


def _numbers(subjects) -> str:
    numbers = [str(subject.need.number) for subject in subjects]
    return f"n° {', '.join(numbers[:6])}{'…' if len(numbers) > 6 else ''}" if numbers else ""


class ChapterEdit(ChapterMixin, OpenEditionMixin, EditPage):
    permission = "diagnostics.edit"
    form_class = ChapterForm
    success_message = "Le chapitre est enregistré."

    def get_title(self):
        return f"Écrire le chapitre « {self.object.theme.label} »"

    def act(self, data):
        return change_chapter(chapter=self.object, by=self.request.user, version=self.sent_version(), **data)


class ChapterHistory(ChapterMixin, HistoryPage):
    permission = "diagnostics.view"
