"""The diagnostic that the programme stands on, as documents print it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from asv_platform.common.formats import date_short, number, shorten
from asv_platform.reporting.facts.diagnosis import Diagnostic, Need, PlaceVoices, Priority, Theme, Voice
from asv_platform.reporting.selectors.figures import Figures
from asv_platform.reporting.selectors.year import Year
from diagnostics import models
from diagnostics.enums import VoiceKind
from diagnostics.selectors.evidence import EvidenceCard, evidence_cards

VOICES = (
    ("Les habitants disent", "residents_say"),
    ("Les professionnels disent", "professionals_say"),
    ("Les chiffres disent", "figures_say"),
    ("Ce qui existe", "resources"),
    ("Ce qui ferait avancer", "proposals"),
)
WHO = {"residents_say": VoiceKind.RESIDENTS, "professionals_say": VoiceKind.PROFESSIONALS}
MOST_FIGURES = 4


@dataclass(frozen=True)
class Heard:
    """The rows of the diagnostic, loaded once: what its chapter, the actions and the alerts all read."""

    needs: tuple[models.Need, ...] = ()
    priorities: tuple[models.Priority, ...] = ()
    voices: tuple[models.Voice, ...] = ()
    cards: dict[int, list[EvidenceCard]] = field(default_factory=dict)

    def voices_of(self, need: models.Need, kind: VoiceKind) -> list[models.Voice]:
        """What was said of a need, the most often first."""
        found = [voice for voice in self.voices if voice.need_id == need.pk and voice.kind == kind]
        return sorted(found, key=lambda voice: -voice.mentions)

    def priorities_of(self, need: models.Need) -> list[models.Priority]:
        return [priority for priority in self.priorities if need in priority.kept]  # type: ignore[attr-defined]

    def figures_of(self, need: models.Need) -> list[EvidenceCard]:
        return [card for card in self.cards.get(need.pk, ()) if card.figure]


def heard_in(year: Year) -> Heard:
    """Read the diagnostic of a year; seven queries whatever its size."""
    row = year.diagnostic
    if row is None:
        return Heard()
    needs = tuple(row.needs.active().prefetch_related("neighbourhoods").order_by("number"))
    kept = Prefetch("needs", models.Need.objects.active().order_by("-severity", "number"), to_attr="kept")
    evidences = models.Evidence.objects.active().filter(need__in=needs).select_related("indicator")
    voices = row.voices.active().select_related("neighbourhood").order_by("-mentions", "-heard_on", "pk")
    return Heard(
        needs=needs,
        priorities=tuple(row.priorities.active().prefetch_related(kept).order_by("rank", "pk")),
        voices=tuple(voices),
        cards=evidence_cards(evidences),
    )


def diagnostic_of(
    year: Year, heard: Heard, figures: Figures, *, places: dict[str, int], answers: dict[int, tuple[int, ...]]
) -> Diagnostic:
    """What the diagnostic of ``year`` says; empty but for the figures without one.

    ``places`` gives the number of each neighbourhood by its code; ``answers`` the actions of each priority.
    """
    published = Diagnostic(
        comparisons=figures.comparisons,
        reference_name=figures.reference_name,
        comparison_scope=figures.scope,
        comparison_source=figures.source,
    )
    row = year.diagnostic
    if row is None:
        return published
    return replace(
        published,
        title=row.title,
        state=f"validé le {date_short(row.validated_on)}" if row.validated_on else row.get_state_display().lower(),
        resident_voices=len(_said(heard, VoiceKind.RESIDENTS)),
        resident_mentions=sum(_said(heard, VoiceKind.RESIDENTS)),
        professional_voices=len(_said(heard, VoiceKind.PROFESSIONALS)),
        professional_mentions=sum(_said(heard, VoiceKind.PROFESSIONALS)),
        voices=_by_place(heard, places),
        themes=tuple(_themes(row, heard)),
        needs=tuple(_need(need, heard, places, answers) for need in heard.needs),
        priorities=tuple(_priority(priority) for priority in heard.priorities),
    )


def _said(heard: Heard, kind: VoiceKind) -> list[int]:
    """How many times each word of a kind was heard."""
    return [voice.mentions for voice in heard.voices if voice.kind == kind]


def _themes(row: models.Diagnostic, heard: Heard) -> Iterable[Theme]:
    for chapter in row.chapters.select_related("theme").order_by("theme__position", "pk"):
        needs = [need for need in heard.needs if need.theme_id == chapter.theme_id]
        voices = tuple(_voice(chapter, name, text, needs, heard) for name, text in VOICES)
        told = tuple(voice for voice in voices if voice.says or voice.evidence)
        if told:
            yield Theme(chapter.theme.label, told, chapter.disagreement)


def _voice(chapter: models.ThemeChapter, name: str, text: str, needs: list[models.Need], heard: Heard) -> Voice:
    evidence, source = "", ""
    if kind := WHO.get(text):
        words = [voice for need in needs for voice in heard.voices_of(need, kind)]
        if words:
            voice = max(words, key=lambda voice: voice.mentions)
            evidence, source = quoted(voice.words), origin(voice)
    if text == "figures_say":
        figures = [card for need in needs for card in heard.figures_of(need)][:MOST_FIGURES]
        evidence = " ; ".join(dict.fromkeys(_figure(card) for card in figures))
        source = " ; ".join(dict.fromkeys(card.source for card in figures))
    return Voice(name, getattr(chapter, text).strip(), evidence, source)


def _figure(card: EvidenceCard) -> str:
    return f"{card.indicator}, {card.place} : {card.figure}" if card.place else f"{card.indicator} : {card.figure}"


def quoted(words: str) -> str:
    """``« Elle m’a attendue devant le cabinet. »``: the words of a resident, cut when they are long."""
    return f"« {shorten(words.strip().strip('«» '), 240)} »"


def origin(voice: models.Voice) -> str:
    """Where words come from, in one line: never who said them."""
    place = voice.neighbourhood.name if voice.neighbourhood else ""
    parts = [place, voice.context, date_short(voice.heard_on) if voice.heard_on else ""]
    return ", ".join(part for part in parts if part)


def _need(need: models.Need, heard: Heard, places: dict[str, int], answers: dict[int, tuple[int, ...]]) -> Need:
    priorities = heard.priorities_of(need)
    actions = {action for priority in priorities for action in answers.get(priority.pk, ())}
    named = sorted(places[place.code] for place in need.neighbourhoods.all() if place.code in places)
    return Need(
        number=need.number,
        statement=need.statement,
        voices=tuple(_who(need, heard)),
        evidence=_evidence(need, heard),
        # No neighbourhood named means all the perimeter.
        places=tuple(named or places.values()),
        priority=min((priority.rank for priority in priorities), default=None),
        actions=tuple(sorted(actions)),
    )


def _who(need: models.Need, heard: Heard) -> Iterable[str]:
    for kind in VoiceKind:
        if heard.voices_of(need, kind):
            yield str(kind.label).lower()
    if heard.figures_of(need):
        yield "chiffres"


def _evidence(need: models.Need, heard: Heard) -> str:
    parts = [f"cité {number(need.mentions)} fois"] if need.mentions else []
    if figures := heard.figures_of(need):
        parts.append(_figure(figures[0]))
    elif others := heard.cards.get(need.pk):
        parts.append(shorten(others[0].text, 90))
    return " ; ".join(parts)


def _priority(priority: models.Priority) -> Priority:
    return Priority(
        number=priority.rank,
        title=priority.title,
        needs=len(priority.kept),  # type: ignore[attr-defined]
        committee_votes=priority.committee_votes,
        resident_votes=priority.resident_votes,
    )


def _by_place(heard: Heard, places: dict[str, int]) -> tuple[PlaceVoices, ...]:
    """What was heard in each neighbourhood; the silent ones are listed too."""
    said: dict[int | None, list[models.Voice]] = defaultdict(list)
    for voice in heard.voices:
        said[places.get(voice.neighbourhood.code) if voice.neighbourhood else None].append(voice)
    if not said:
        return ()
    listed = [*sorted(places.values()), *([None] if None in said else [])]
    return tuple(_place_voices(place, said.get(place, [])) for place in listed)


def _place_voices(place: int | None, voices: list[models.Voice]) -> PlaceVoices:
    residents = [voice.mentions for voice in voices if voice.kind == VoiceKind.RESIDENTS]
    return PlaceVoices(
        place,
        residents=len(residents),
        professionals=sum(voice.kind == VoiceKind.PROFESSIONALS for voice in voices),
        needs=len({voice.need_id for voice in voices if voice.need_id}),
        heard=sum(residents),
    )
