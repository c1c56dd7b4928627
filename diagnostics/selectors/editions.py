"""The diagnostics of an ASV: the one of the year, what it still lacks, what changed since the last one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from asv_platform.common.formats import shorten
from diagnostics.enums import DiagnosticState
from diagnostics.models import Diagnostic, ThemeChapter
from diagnostics.selectors.chain import ChainCounts, chain_counts

VOICES = ("residents_say", "professionals_say", "figures_say", "resources", "proposals")


@dataclass(frozen=True)
class Missing:
    """One thing the diagnostic still lacks: where to look (``page``, ``filters``) and what to do about it."""

    title: str
    todo: str
    page: str
    filters: tuple[tuple[str, str], ...] = ()
    pk: int | None = None


@dataclass(frozen=True)
class ChapterCard:
    """One theme on the page of the diagnostic."""

    pk: int
    theme: str
    residents_say: str
    written: int
    disagreement: str
    needs: int
    voices: int

    @property
    def is_complete(self) -> bool:
        return self.written == len(VOICES)


@dataclass(frozen=True)
class Change:
    """What changed between two editions, in one line: ``kind`` is added, kept, changed or removed."""

    kind: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class EditionComparison:
    """An edition beside the one it started from."""

    chapters: tuple[Change, ...]
    needs: tuple[Change, ...]
    priorities: tuple[Change, ...]


def current_diagnostic() -> Diagnostic | None:
    """The most recent diagnostic of the ASV in scope that is not archived."""
    return Diagnostic.objects.active().order_by("-year", "-pk").first()


def open_diagnostics():
    """The diagnostics whose contents may change, the most recent first."""
    states = [DiagnosticState.PREPARATION, DiagnosticState.CONSULTATION]
    return Diagnostic.objects.active().filter(state__in=states).order_by("-year")


def diagnostics_with_counts():
    """Every diagnostic with its number of active needs, voices and priorities."""

    def active(relation: str) -> Count:
        return Count(relation, filter=Q(**{f"{relation}__archived_at__isnull": True}), distinct=True)

    return Diagnostic.objects.annotate(
        need_total=active("needs"), voice_total=active("voices"), priority_total=active("priorities")
    )


def chapter_cards(diagnostic: Diagnostic) -> tuple[ChapterCard, ...]:
    """The chapters of a diagnostic, in the order of the themes, with what each holds."""
    needs = dict(_by_theme(diagnostic.needs, F("theme")))
    # Words without a theme of their own speak of their need's.
    voices = dict(_by_theme(diagnostic.voices, Coalesce("theme", "need__theme")))
    return tuple(
        ChapterCard(
            pk=chapter.pk,
            theme=chapter.theme.label,
            residents_say=shorten(chapter.residents_say, 140),
            written=sum(bool(getattr(chapter, name).strip()) for name in VOICES),
            disagreement=chapter.get_disagreement_between_display() if chapter.disagreement_between else "",
            needs=needs.get(chapter.theme_id, 0),
            voices=voices.get(chapter.theme_id, 0),
        )
        for chapter in diagnostic.chapters.select_related("theme")
    )


def _by_theme(rows: Any, theme: Any):
    return rows.active().order_by().annotate(of_theme=theme).values_list("of_theme").annotate(total=Count("pk"))


def missing(
    diagnostic: Diagnostic, *, cards: tuple[ChapterCard, ...] | None = None, counts: ChainCounts | None = None
) -> tuple[Missing, ...]:
    """What a reader would notice is not there yet, the most useful first.

    Four queries, or none when the page already has ``chapter_cards`` and ``chain_counts`` at hand.
    """
    cards = chapter_cards(diagnostic) if cards is None else cards
    counts = counts or chain_counts(diagnostic)
    return (*_missing_chapters(cards), *_missing_links(diagnostic, counts))


def _missing_links(diagnostic: Diagnostic, counts: ChainCounts) -> list[Missing]:
    year = (("diagnostic", str(diagnostic.pk)),)
    unlinked, total = counts.voices_without_need, counts.priority_total
    unproven, unanswered = counts.needs_without_evidence, counts.needs_without_priority
    baseless = counts.priorities_without_need
    lacking = [
        (not diagnostic.method.strip(), "La méthode n’est pas écrite", "Dites qui a été rencontré, où et quand.",
         "diagnostic_edit", ()),
        (unlinked, _count(unlinked, "parole n’est rattachée", "paroles ne sont rattachées") + " à aucun besoin",
         "Rattachez chaque parole à un besoin, déjà écrit ou à écrire.", "voice_list", (*year, ("lien", "sans"))),
        (unproven, _count(unproven, "besoin n’a", "besoins n’ont") + " ni parole ni preuve",
         "Ajoutez une parole, un chiffre ou une réunion.", "need_list", (*year, ("preuve", "sans"))),
        (unanswered and total, _count(unanswered, "besoin n’a", "besoins n’ont") + " pas de priorité",
         "Dites quelle priorité y répond, ou proposez-en une.", "need_list", (*year, ("priorite", "sans"))),
        (baseless, _count(baseless, "priorité ne répond", "priorités ne répondent") + " à aucun besoin",
         "Une priorité part d’un besoin : dites lequel.", "priority_list", (*year, ("besoin", "sans"))),
        (not total, "Aucune priorité n’est proposée", "Le comité et les habitants votent sur des priorités.",
         "priority_list", year),
    ]  # fmt: skip
    return [
        Missing(title, todo, page, filters, diagnostic.pk if page == "diagnostic_edit" else None)
        for is_missing, title, todo, page, filters in lacking
        if is_missing
    ]


def _missing_chapters(cards: tuple[ChapterCard, ...]) -> list[Missing]:
    return [
        Missing(
            f"{card.theme} : {_count(len(VOICES) - card.written, 'voix manque', 'voix manquent')}",
            "Complétez le chapitre.",
            "chapter_edit",
            pk=card.pk,
        )
        for card in cards
        if not card.is_complete
    ]


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number < 2 else plural}"


def compare_editions(diagnostic: Diagnostic, previous: Diagnostic) -> EditionComparison:
    """What was rewritten, added, kept or left out since ``previous``."""
    return EditionComparison(
        chapters=tuple(_chapter_changes(diagnostic, previous)),
        needs=tuple(_need_changes(diagnostic, previous)),
        priorities=tuple(_priority_changes(diagnostic, previous)),
    )


def _chapter_changes(diagnostic: Diagnostic, previous: Diagnostic):
    before = {chapter.theme_id: chapter for chapter in previous.chapters.all()}
    for chapter in diagnostic.chapters.select_related("theme"):
        rewritten = _rewritten(chapter, before.get(chapter.theme_id))
        yield Change("changed" if rewritten else "kept", chapter.theme.label, ", ".join(rewritten))


def _rewritten(chapter: ThemeChapter, before: ThemeChapter | None) -> list[str]:
    names = [
        name
        for name in (*VOICES, "disagreement")
        if getattr(chapter, name).strip() != (getattr(before, name).strip() if before else "")
    ]
    labels = [str(ThemeChapter._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
    return ["les cinq voix", *labels[len(VOICES) :]] if set(VOICES) <= set(names) else labels


def _need_changes(diagnostic: Diagnostic, previous: Diagnostic):
    kept = set()
    for need in diagnostic.needs.active().select_related("previous"):
        old = need.previous if need.previous and need.previous.diagnostic_id == previous.pk else None
        if old is None:
            yield Change("added", need.statement)
            continue
        kept.add(old.pk)
        reworded = old.statement != need.statement
        shifted = f"gravité : {old.get_severity_display().lower()} → {need.get_severity_display().lower()}"
        details = [f"avant : « {old.statement} »"] * reworded + [shifted] * (old.severity != need.severity)
        yield Change("changed" if details else "kept", need.statement, " ; ".join(details))
    for old in previous.needs.active().exclude(pk__in=kept):
        yield Change("removed", old.statement)


def _priority_changes(diagnostic: Diagnostic, previous: Diagnostic):
    before = {priority.title: priority.rank for priority in previous.priorities.active()}
    now = {priority.title: priority.rank for priority in diagnostic.priorities.active()}
    for title, rank in now.items():
        kind = "added" if title not in before else "kept" if before[title] == rank else "changed"
        yield Change(kind, title, f"rang {before[title]} → {rank}" if kind == "changed" else "")
    for title in before:
        if title not in now:
            yield Change("removed", title)
