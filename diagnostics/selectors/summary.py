"""The diagnostic of a year as reports and the dashboard read it: plain, frozen, complete."""

import datetime as dt
from dataclasses import dataclass

from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic, ThemeChapter
from diagnostics.selectors.comparison import ComparisonTable, indicator_comparison
from diagnostics.selectors.editions import Missing, missing
from diagnostics.selectors.subjects import Subject, subjects_of


@dataclass(frozen=True)
class NeedRow:
    """One need in one line."""

    pk: int
    number: int
    statement: str
    theme: str
    severity: int
    severity_label: str
    mentions: int | None
    disagreement: str
    neighbourhoods: tuple[str, ...]
    publics: tuple[str, ...]
    determinants: tuple[str, ...]
    voice_total: int
    evidence_total: int
    priorities: tuple[str, ...]


@dataclass(frozen=True)
class PriorityRow:
    """One priority in one line."""

    pk: int
    rank: int
    title: str
    rationale: str
    theme: str
    needs: tuple[tuple[int, str], ...]
    neighbourhoods: tuple[str, ...]
    committee_votes: int | None
    resident_votes: int | None
    adopted_on: dt.date | None


@dataclass(frozen=True)
class ChapterText:
    """One theme, in five voices."""

    theme: str
    residents_say: str
    professionals_say: str
    figures_say: str
    resources: str
    proposals: str
    disagreement_label: str
    disagreement: str


@dataclass(frozen=True)
class DiagnosticSummary:
    """One diagnostic, whole."""

    pk: int
    year: int
    title: str
    state: str
    state_label: str
    validated_on: dt.date | None
    perimeter: str
    method: str
    voice_total: int
    chapters: tuple[ChapterText, ...]
    needs: tuple[NeedRow, ...]
    subjects: tuple[Subject, ...]
    priorities: tuple[PriorityRow, ...]
    indicators: ComparisonTable
    missing: tuple[Missing, ...]


def diagnostic_summary(asv: Asv, year: int) -> DiagnosticSummary | None:
    """The active diagnostic of ``asv`` for ``year``, or None; the number of queries does not depend on its size."""
    diagnostic = Diagnostic.objects.active().filter(asv=asv, year=year).first()
    if diagnostic is None:
        return None
    return DiagnosticSummary(
        pk=diagnostic.pk,
        year=diagnostic.year,
        title=diagnostic.title,
        state=diagnostic.state,
        state_label=diagnostic.get_state_display(),
        validated_on=diagnostic.validated_on,
        perimeter=diagnostic.perimeter,
        method=diagnostic.method,
        voice_total=diagnostic.voices.active().count(),
        chapters=tuple(_chapter(row) for row in diagnostic.chapters.select_related("theme")),
        needs=need_rows(diagnostic),
        subjects=subjects_of(diagnostic.needs.active()),
        priorities=priority_rows(diagnostic),
        indicators=indicator_comparison(asv),
        missing=missing(diagnostic),
    )


def need_rows(diagnostic: Diagnostic) -> tuple[NeedRow, ...]:
    """The active needs of a diagnostic, the gravest first."""
    needs = diagnostic.needs.active().with_counts().select_related("theme").order_by("-severity", "number")
    return tuple(
        NeedRow(
            pk=need.pk,
            number=need.number,
            statement=need.statement,
            theme=need.theme.label,
            severity=need.severity,
            severity_label=need.get_severity_display(),
            mentions=need.mentions,
            disagreement=need.get_disagreement_between_display() if need.disagreement_between else "",
            neighbourhoods=tuple(row.name for row in need.neighbourhoods.all()),
            publics=tuple(row.label for row in need.publics.all()),
            determinants=tuple(row.label for row in need.determinants.all()),
            voice_total=need.voice_total,
            evidence_total=need.evidence_total,
            priorities=tuple(row.title for row in need.priorities.all() if row.archived_at is None),
        )
        for need in needs.prefetch_related("neighbourhoods", "publics", "determinants", "priorities")
    )


def priority_rows(diagnostic: Diagnostic) -> tuple[PriorityRow, ...]:
    """The active priorities of a diagnostic, by rank."""
    priorities = diagnostic.priorities.active().select_related("theme").order_by("rank", "pk")
    return tuple(
        PriorityRow(
            pk=priority.pk,
            rank=priority.rank,
            title=priority.title,
            rationale=priority.rationale,
            theme=priority.theme.label,
            needs=tuple((need.number, need.statement) for need in priority.needs.all() if need.archived_at is None),
            neighbourhoods=tuple(row.name for row in priority.neighbourhoods.all()),
            committee_votes=priority.committee_votes,
            resident_votes=priority.resident_votes,
            adopted_on=priority.adopted_on,
        )
        for priority in priorities.prefetch_related("needs", "neighbourhoods")
    )


def _chapter(row: ThemeChapter) -> ChapterText:
    return ChapterText(
        theme=row.theme.label,
        residents_say=row.residents_say,
        professionals_say=row.professionals_say,
        figures_say=row.figures_say,
        resources=row.resources,
        proposals=row.proposals,
        disagreement_label=row.get_disagreement_between_display() if row.disagreement_between else "",
        disagreement=row.disagreement,
    )
