"""The diagnostic of the year: created from the last one, written chapter by chapter, validated by the committee."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from actors.models import Term
from asv_platform.territories.editing import change_row, create_row, lock
from asv_platform.territories.models import Asv
from diagnostics.enums import DiagnosticTransition
from diagnostics.models import Diagnostic, Evidence, Need, ThemeChapter
from diagnostics.services.guards import locked_open
from diagnostics.services.needs import next_number
from diagnostics.workflow import DIAGNOSTIC

CHAPTER_TEXTS = (
    "residents_say", "professionals_say", "figures_say", "resources", "proposals", "disagreement_between",
    "disagreement",
)  # fmt: skip
NEED_FIELDS = ("statement", "theme", "severity", "mentions", "disagreement_between", "comment")
EVIDENCE_FIELDS = ("kind", "indicator", "geography_level", "geography_code", "text", "dated_on")


@transaction.atomic
def create_diagnostic(*, asv: Asv, by, previous: Diagnostic | None = None, **fields) -> Diagnostic:
    """Open the diagnostic of a year with one chapter a theme.

    With ``previous``, its chapters and its needs (with their evidences) are taken over to be updated; words and
    priorities are not: they are heard and voted anew. Raises ValidationError when the year already has one.
    """
    diagnostic = create_row(Diagnostic, asv=asv, by=by, event="diagnostic.created", previous=previous, **fields)
    written = {chapter.theme_id: chapter for chapter in previous.chapters.all()} if previous else {}
    for theme in Term.objects.filter(kind="theme"):
        texts = {name: getattr(written[theme.pk], name) for name in CHAPTER_TEXTS} if theme.pk in written else {}
        ThemeChapter(asv=asv, diagnostic=diagnostic, theme=theme, **texts).save()
    if previous:
        _take_over_needs(previous, diagnostic)
    return diagnostic


def _take_over_needs(previous: Diagnostic, diagnostic: Diagnostic) -> None:
    first = next_number(diagnostic.asv)
    needs = (
        previous.needs.active()
        .select_related("theme")
        .prefetch_related("publics", "determinants", "neighbourhoods", "evidences")
    )
    for number, old in enumerate(needs, start=first):
        texts = {name: getattr(old, name) for name in NEED_FIELDS}
        need = Need(asv=diagnostic.asv, diagnostic=diagnostic, number=number, previous=old, **texts)
        need.save()
        for name in ("publics", "determinants", "neighbourhoods"):
            getattr(need, name).set(getattr(old, name).all())
        for evidence in old.evidences.all():
            if evidence.archived_at is None:
                copied = {name: getattr(evidence, name) for name in EVIDENCE_FIELDS}
                Evidence(asv=diagnostic.asv, need=need, **copied).save()


@transaction.atomic
def change_diagnostic(*, diagnostic: Diagnostic, by, version: int | None = None, **fields) -> Diagnostic:
    """Change the title, year, perimeter or method of an open diagnostic. Raises DiagnosticClosed, StaleEdit."""
    locked_open(diagnostic)
    return change_row(diagnostic, by=by, event="diagnostic.changed", version=version, **fields)


@transaction.atomic
def change_chapter(*, chapter: ThemeChapter, by, version: int | None = None, **texts) -> ThemeChapter:
    """Write one chapter of an open diagnostic. Raises DiagnosticClosed, StaleEdit."""
    locked_open(chapter.diagnostic)
    return change_row(chapter, by=by, event="theme_chapter.changed", version=version, **texts)


@transaction.atomic
def change_state(
    *, diagnostic: Diagnostic, transition: DiagnosticTransition, by, on: dt.date | None = None,
    today: dt.date | None = None,
) -> Diagnostic:  # fmt: skip
    """Move the diagnostic to its next state; validation carries ``on``, the date of the committee.

    Raises TransitionRefused when the state has changed meanwhile, ValidationError without a possible date.
    """
    fresh = lock(diagnostic)
    state = DIAGNOSTIC.target(transition, source=fresh.state)
    fields: dict = {"state": state}
    if transition == DiagnosticTransition.VALIDATE:
        _check_committee(on, today)
        fields["validated_on"] = on
    if transition == DiagnosticTransition.REOPEN:
        fields["validated_on"] = None
    return change_row(fresh, by=by, event=f"diagnostic.{state}", **fields)


def _check_committee(on: dt.date | None, today: dt.date | None) -> None:
    if on is None:
        raise ValidationError({"on": "Indiquez la date du comité qui a validé le diagnostic."})
    if today and on > today:
        raise ValidationError({"on": "La date du comité est dans le futur : le diagnostic se valide après sa réunion."})
