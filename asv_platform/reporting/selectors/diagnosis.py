"""The diagnostic that the programme stands on, as documents print it."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Prefetch, Sum

from asv_platform.common.formats import date_short, number, shorten
from asv_platform.reporting.facts.diagnosis import Diagnostic, Need, PlaceVoices, Priority, Theme, Voice
from asv_platform.reporting.selectors.figures import Figures
from asv_platform.reporting.selectors.year import Year
from diagnostics import models
from diagnostics.enums import VoiceKind
from diagnostics.selectors import subjects_of
from diagnostics.selectors.subjects import Subject, VoiceCard

VOICES = (
    ("Les habitants disent", "residents_say"),
    ("Les professionnels disent", "professionals_say"),
    ("Les chiffres disent", "figures_say"),
    ("Ce qui existe", "resources"),
    ("Ce qui ferait avancer", "proposals"),
)
LONGEST_SHORT_TITLE = 34


def diagnostic_of(
    year: Year, figures: Figures, *, places: dict[str, int], answers: dict[int, tuple[int, ...]]
) -> Diagnostic:
    """What the diagnostic of ``year`` says; empty but for the figures without one.

    ``places`` gives the number of each neighbourhood by its code; ``answers`` the actions of each priority.
    """
    published = {
        "comparisons": figures.comparisons,
        "reference_name": figures.reference_name,
        "comparison_scope": figures.scope,
        "comparison_source": figures.source,
    }
    row = year.diagnostic
    if row is None:
        return Diagnostic(**published)
    subjects = subjects_of(row.needs.active())
    said = dict(row.voices.active().order_by().values_list("kind").annotate(Sum("mentions")))
    return Diagnostic(
        title=row.title,
        state=f"validé le {date_short(row.validated_on)}" if row.validated_on else row.get_state_display().lower(),
        resident_voices=said.get(VoiceKind.RESIDENTS, 0),
        professional_voices=said.get(VoiceKind.PROFESSIONALS, 0),
        voices=_by_place(row, places),
        themes=tuple(_themes(row, subjects)),
        needs=tuple(_need(subject, places, answers) for subject in subjects),
        priorities=tuple(_priorities(row)),
        **published,
    )


def _themes(row: models.Diagnostic, subjects: tuple[Subject, ...]) -> Iterable[Theme]:
    heard: dict[int, list[Subject]] = {}
    for subject in subjects:
        heard.setdefault(subject.need.theme_id, []).append(subject)
    for chapter in row.chapters.select_related("theme").order_by("theme__position", "pk"):
        voices = tuple(_voice(chapter, name, field, heard.get(chapter.theme_id, [])) for name, field in VOICES)
        told = tuple(voice for voice in voices if voice.says or voice.evidence)
        if told:
            yield Theme(chapter.theme.label, told, chapter.disagreement)


def _voice(chapter: models.ThemeChapter, name: str, field: str, subjects: list[Subject]) -> Voice:
    evidence, source = "", ""
    if field in {"residents_say", "professionals_say"}:
        cards = [card for subject in subjects for card in getattr(subject, field.removesuffix("_say"))]
        if cards:
            card = max(cards, key=lambda card: card.mentions)
            evidence, source = quoted(card.words), origin(card)
    if field == "figures_say":
        figures = [card for subject in subjects for card in subject.figures if card.figure]
        evidence = " ; ".join(dict.fromkeys(f"{card.indicator}, {card.place} : {card.figure}" for card in figures[:4]))
        source = " ; ".join(dict.fromkeys(card.source for card in figures[:4]))
    return Voice(name, getattr(chapter, field).strip(), evidence, source)


def quoted(words: str) -> str:
    """``« Elle m’a attendue devant le cabinet. »``: the words of a resident, cut when they are long."""
    return f"« {shorten(words.strip().strip('«» '), 240)} »"


def origin(card: VoiceCard) -> str:
    """Where words come from, in one line: never who said them."""
    day = card.heard_on
    parts = [card.place, card.context, date_short(day) if day else ""]  # type: ignore[arg-type]
    return ", ".join(part for part in parts if part)


def _need(subject: Subject, places: dict[str, int], answers: dict[int, tuple[int, ...]]) -> Need:
    need = subject.need
    who = {"habitants": subject.residents, "professionnels": subject.professionals, "chiffres": subject.figures}
    actions = {action for priority in subject.priorities for action in answers.get(priority.pk, ())}
    codes = [place.code for place in need.neighbourhoods.all()]
    return Need(
        number=need.number,
        statement=need.statement,
        voices=tuple(name for name, found in who.items() if found),
        evidence=_evidence(subject),
        # No neighbourhood named means all the perimeter.
        places=tuple(sorted(places[code] for code in codes if code in places) or places.values()),
        priority=min((priority.rank for priority in subject.priorities), default=None),
        actions=tuple(sorted(actions)),
    )


def _evidence(subject: Subject) -> str:
    parts = [f"cité {number(subject.need.mentions)} fois"] if subject.need.mentions else []
    if known := [card for card in subject.figures if card.figure]:
        place = f", {known[0].place}" if known[0].place else ""
        parts.append(f"{known[0].indicator} : {known[0].figure}{place}")
    elif subject.others:
        parts.append(shorten(subject.others[0].text, 90))
    return " ; ".join(parts)


def _priorities(row: models.Diagnostic) -> Iterable[Priority]:
    active = Prefetch("needs", models.Need.objects.active())
    for priority in row.priorities.active().order_by("rank", "pk").prefetch_related(active):
        yield Priority(
            number=priority.rank,
            title=priority.title,
            short_title=shorten(priority.title, LONGEST_SHORT_TITLE),
            needs=len(priority.needs.all()),
            committee_votes=priority.committee_votes,
            resident_votes=priority.resident_votes,
        )


def _by_place(row: models.Diagnostic, places: dict[str, int]) -> tuple[PlaceVoices, ...]:
    """How much was heard in each neighbourhood; the silent ones are listed too."""
    heard: Counter[tuple[int | None, str]] = Counter()
    needs: dict[int | None, set[int]] = {}
    rows = row.voices.active().values_list("neighbourhood__code", "kind", "mentions", "need")
    for code, kind, mentions, need in rows.order_by():
        place = places.get(code or "")
        heard[(place, kind)] += mentions
        if need:
            needs.setdefault(place, set()).add(need)
    if not heard:
        return ()
    listed = [*sorted(places.values()), *([None] if any(place is None for place, _ in heard) else [])]
    return tuple(
        PlaceVoices(
            place,
            heard[(place, VoiceKind.RESIDENTS)],
            heard[(place, VoiceKind.PROFESSIONALS)],
            len(needs.get(place, ())),
        )
        for place in listed
    )
