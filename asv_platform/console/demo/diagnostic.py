"""The shared diagnostic of the demonstration: voices, needs, evidences, priorities."""

import datetime as dt
from typing import Any

from asv_platform.console.demo.days import working_day
from asv_platform.console.demo.story import Story
from asv_platform.territories.editing import archive
from asv_platform.territories.scoping import asv_scope
from diagnostics import services
from diagnostics.enums import DiagnosticTransition, EvidenceKind, GeographyLevel
from diagnostics.models import Diagnostic, Evidence, Indicator, Need


def build_diagnostics(story: Story) -> None:
    """Write the editions of the file, from the oldest: each holds its own contents, the last one those of the file."""
    with asv_scope(story.asv.pk):
        previous = None
        for row in story.data["diagnostics"]:
            previous = _edition(story, row, previous)


def _edition(story: Story, row: dict[str, Any], previous: Diagnostic | None) -> Diagnostic:
    by, year = story.coordinator, story.year + row["annee"]
    diagnostic = services.create_diagnostic(
        asv=story.asv,
        by=by,
        previous=previous,
        year=year,
        title=f"{row['title']} {year}",
        perimeter=row.get("perimeter", ""),
        method=row.get("method", ""),
    )
    services.change_state(diagnostic=diagnostic, transition=DiagnosticTransition.CONSULT, by=by)
    _contents(story, diagnostic, story.data if row["state"] == "validated" else row)
    on = _committee(year)
    services.change_state(
        diagnostic=diagnostic, transition=DiagnosticTransition.VALIDATE, by=by, on=on, today=story.today
    )
    if row["state"] == "archived":
        services.change_state(diagnostic=diagnostic, transition=DiagnosticTransition.CLOSE, by=by)
    return diagnostic


def _committee(year: int) -> dt.date:
    """The day the steering committee validates the diagnostic of that year."""
    return working_day(dt.date(year, 11, 18))


def _contents(story: Story, diagnostic: Diagnostic, told: dict[str, Any]) -> None:
    for row in told.get("chapters", []):
        texts = {name: value for name, value in row.items() if name != "theme"}
        if texts.get("disagreement"):
            texts.setdefault("disagreement_between", "residents_professionals")
        chapter = diagnostic.chapters.get(theme=story.terms[row["theme"]])
        services.change_chapter(chapter=chapter, by=story.coordinator, **texts)
    for row in told.get("needs", []):
        _need(story, diagnostic, row)
    _leave_answered(story, diagnostic)
    for row in told.get("orphan_voices", []):
        _voice(story, diagnostic, None, row["kind"], row["neighbourhood"], row["words"], row["context"], row["day"])
    for row in told.get("priorities", []):
        _priority(story, diagnostic, row)


def _need(story: Story, diagnostic: Diagnostic, row: dict[str, Any]) -> None:
    """A need heard for the first time, or the one of the edition before, told anew."""
    fields = {
        "statement": row["statement"],
        "theme": story.terms[row["theme"]],
        "severity": row["severity"],
        "mentions": row["mentions"],
        "publics": story.some_terms(row["publics"]),
        "neighbourhoods": story.some_places(row["neighbourhoods"]),
    }
    taken = diagnostic.needs.filter(previous=story.needs.get(row["key"])).exclude(previous=None).first()
    if taken:
        need = services.change_need(need=taken, by=story.coordinator, **fields)
    else:
        need = services.create_need(diagnostic=diagnostic, by=story.coordinator, **fields)
    story.needs[row["key"]] = need
    for rank, (kind, place, words, context, day) in enumerate(row["voices"]):
        _voice(story, diagnostic, need, kind, place, words, context, day, _mentions(row, rank))
    for indicator, place in row["evidences"]:
        _evidence(story, need, indicator, place)


def _leave_answered(story: Story, diagnostic: Diagnostic) -> None:
    """The needs of the edition before that nobody told again were answered: they leave this one."""
    told = [need.pk for need in story.needs.values()]
    for need in diagnostic.needs.active().exclude(pk__in=told):
        archive(need, by=story.coordinator)


def _mentions(row: dict[str, Any], rank: int) -> int:
    """How often these words were heard: residents share the mentions of their need, a professional spoke once."""
    kinds = [kind for kind, *_ in row["voices"]]
    if kinds[rank] != "residents":
        return 1
    residents = kinds.count("residents")
    shared, rest = divmod(row["mentions"] - (len(kinds) - residents), residents)
    return shared + (rank < rest)


def _voice(
    story: Story,
    diagnostic: Diagnostic,
    need: Need | None,
    kind: str,
    place: str,
    words: str,
    context: str,
    day: str,
    mentions: int = 1,
) -> None:
    services.create_voice(
        diagnostic=diagnostic,
        by=story.coordinator,
        need=need,
        theme=need.theme if need else None,
        kind=kind,
        neighbourhood=story.places[place] if place else None,
        words=words,
        context=context,
        heard_on=_heard_on(day, diagnostic.year),
        mentions=mentions,
    )


def _heard_on(told: str, year: int) -> dt.date:
    """« 06-12 », a day of the year of the edition; « -1 06-12 », of the year before."""
    *years, day = told.split()
    return working_day(dt.date.fromisoformat(f"{year + sum(map(int, years))}-{day}"))


def _evidence(story: Story, need: Need, code: str, place: str) -> None:
    """A published figure of a neighbourhood, when it is loaded; it replaces that of the edition before."""
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None:
        return
    read: dict[str, Any] = {"geography_code": place, "dated_on": dt.date(need.diagnostic.year, 9, 1)}
    known = Evidence.objects.active().filter(need=need, indicator=indicator).first()
    if known:
        services.change_evidence(evidence=known, by=story.coordinator, **read)
        return
    services.add_evidence(
        need=need,
        by=story.coordinator,
        kind=EvidenceKind.FIGURE,
        indicator=indicator,
        geography_level=GeographyLevel.QPV,
        **read,
    )


def _priority(story: Story, diagnostic: Diagnostic, row: dict[str, Any]) -> None:
    adopted_on = _committee(diagnostic.year)
    story.priorities.setdefault(adopted_on, {})[row["key"]] = services.create_priority(
        diagnostic=diagnostic,
        by=story.coordinator,
        rank=row["rank"],
        title=row["title"],
        rationale=row["rationale"],
        theme=story.terms[row["theme"]],
        needs=[story.needs[key] for key in row["needs"]],
        neighbourhoods=story.some_places(row["neighbourhoods"]),
        committee_votes=row["committee_votes"],
        resident_votes=row["resident_votes"],
        adopted_on=adopted_on,
    )
