"""A need as a subject: who says it, what proves it, what answers it; and a chapter made of its subjects."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from asv_platform.common.formats import number, plural
from diagnostics.enums import Disagreement, EvidenceKind, VoiceKind
from diagnostics.models import Diagnostic, Evidence, Need, Priority, ThemeChapter, Voice
from diagnostics.selectors.evidence import EvidenceCard, evidence_cards

RESIDENTS, PROFESSIONALS, FIGURES = "residents", "professionals", "figures"
AGAINST = {
    Disagreement.RESIDENTS_PROFESSIONALS: {RESIDENTS, PROFESSIONALS},
    Disagreement.RESIDENTS_FIGURES: {RESIDENTS, FIGURES},
    Disagreement.PROFESSIONALS_FIGURES: {PROFESSIONALS, FIGURES},
    Disagreement.ALL: {RESIDENTS, PROFESSIONALS, FIGURES},
}


def against(disagreement: str) -> frozenset[str]:
    """Which of the three voices contradict each other."""
    return frozenset(AGAINST[Disagreement(disagreement)]) if disagreement else frozenset()


@dataclass(frozen=True)
class VoiceCard:
    """Words, and where they come from in one line."""

    pk: int
    words: str
    kind: str
    mentions: int
    context: str
    place: str
    heard_on: object


@dataclass(frozen=True)
class Subject:
    """One need in the three voices that can disagree."""

    need: Need
    residents: tuple[VoiceCard, ...]
    professionals: tuple[VoiceCard, ...]
    figures: tuple[EvidenceCard, ...]
    others: tuple[EvidenceCard, ...]
    priorities: tuple[Priority, ...]
    disagreement: str
    against: frozenset[str]

    @property
    def agrees(self) -> bool:
        """The three voices are heard and none contradicts another."""
        return not self.disagreement and bool(self.residents and self.professionals and self.figures)


@dataclass(frozen=True)
class ChapterPage:
    """A theme in five voices, and where it leads."""

    chapter: ThemeChapter
    against: frozenset[str]
    subjects: tuple[Subject, ...]
    loose: tuple[VoiceCard, ...]
    voice_total: int
    resident_words: str
    professional_words: str
    figure_total: int
    disagreement_total: int
    priorities: tuple[Priority, ...]


def subjects_of(needs) -> tuple[Subject, ...]:
    """The needs of a queryset as subjects, in a number of queries that does not depend on their number."""
    rows = list(
        needs.select_related("theme").prefetch_related(
            "publics",
            "determinants",
            "neighbourhoods",
            Prefetch("voices", Voice.objects.active().select_related("neighbourhood"), to_attr="heard"),
            Prefetch("priorities", Priority.objects.active(), to_attr="answers"),
        )
    )
    cards = evidence_cards(Evidence.objects.active().filter(need__in=rows).select_related("indicator"))
    return tuple(_subject(need, cards.get(need.pk, [])) for need in rows)


def _subject(need: Need, cards: list[EvidenceCard]) -> Subject:
    heard: list[Voice] = need.heard  # type: ignore[attr-defined]
    return Subject(
        need=need,
        residents=voice_cards(voice for voice in heard if voice.kind == VoiceKind.RESIDENTS),
        professionals=voice_cards(voice for voice in heard if voice.kind == VoiceKind.PROFESSIONALS),
        figures=tuple(card for card in cards if card.kind == EvidenceKind.FIGURE),
        others=tuple(card for card in cards if card.kind != EvidenceKind.FIGURE),
        priorities=tuple(need.answers),  # type: ignore[attr-defined]
        disagreement=need.get_disagreement_between_display() if need.disagreement_between else "",
        against=against(need.disagreement_between),
    )


def voice_cards(voices: Iterable[Voice]) -> tuple[VoiceCard, ...]:
    """Words with their origin."""
    return tuple(
        VoiceCard(
            pk=voice.pk,
            words=voice.words,
            kind=voice.kind,
            mentions=voice.mentions,
            context=voice.context,
            place=voice.neighbourhood.name if voice.neighbourhood else "",
            heard_on=voice.heard_on,
        )
        for voice in voices
    )


def times_heard(words: int, times: int | None) -> str:
    """``entendues 547 fois``, after a count of words; empty when each was heard once.

    Words are the rows written down, and the only thing counted as « paroles »; how often they were heard never is.
    """
    if times is None or times <= words:
        return ""
    return f"{'entendue' if words < 2 else 'entendues'} {number(times)} fois"


def _words_of(heard: Iterable[VoiceCard], kind: VoiceKind, speakers: str) -> str:
    mentions = [voice.mentions for voice in heard if voice.kind == kind]
    words = plural(len(mentions), f"parole {speakers}", f"paroles {speakers}")
    return ", ".join(filter(None, [words, times_heard(len(mentions), sum(mentions))]))


def chapter_page(chapter: ThemeChapter) -> ChapterPage:
    """Everything one theme holds: its texts, its subjects, the words without a need, its priorities."""
    diagnostic: Diagnostic = chapter.diagnostic
    subjects = subjects_of(diagnostic.needs.active().filter(theme=chapter.theme_id).order_by("-severity", "number"))
    voices = diagnostic.voices.active().select_related("neighbourhood")
    loose = voice_cards(voices.filter(theme=chapter.theme_id).without_need())
    heard = [*loose, *(voice for subject in subjects for voice in (*subject.residents, *subject.professionals))]
    disagreements = sum(bool(subject.disagreement) for subject in subjects) + bool(chapter.disagreement_between)
    return ChapterPage(
        chapter=chapter,
        against=against(chapter.disagreement_between),
        subjects=subjects,
        loose=loose,
        voice_total=len(heard),
        resident_words=_words_of(heard, VoiceKind.RESIDENTS, "d’habitants"),
        professional_words=_words_of(heard, VoiceKind.PROFESSIONALS, "de professionnels"),
        figure_total=sum(len(subject.figures) for subject in subjects),
        disagreement_total=disagreements,
        priorities=tuple(diagnostic.priorities.active().filter(theme=chapter.theme_id)),
    )
