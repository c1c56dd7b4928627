"""Voices, needs and what proves them."""

from django.db import transaction
from django.db.models import Max

from asv_platform.territories.editing import change_row, create_row
from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic, Evidence, Need, Voice
from diagnostics.services.guards import check_same_diagnostic, locked_open


def next_number(asv: Asv) -> int:
    """The first number no need of the ASV has had; the row of the ASV is locked so that two never share it."""
    Asv.objects.select_for_update(of=("self",)).get(pk=asv.pk)
    return (Need.objects.filter(asv=asv).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def create_need(*, diagnostic: Diagnostic, by, **fields) -> Need:
    """Write a need in an open diagnostic, with the next number of the ASV. Raises DiagnosticClosed."""
    diagnostic = locked_open(diagnostic)
    return create_row(
        Need,
        asv=diagnostic.asv,
        by=by,
        event="need.created",
        diagnostic=diagnostic,
        number=next_number(diagnostic.asv),
        **fields,
    )


@transaction.atomic
def change_need(*, need: Need, by, version: int | None = None, **fields) -> Need:
    """Change a need of an open diagnostic. Raises DiagnosticClosed, StaleEdit."""
    locked_open(need.diagnostic)
    return change_row(need, by=by, event="need.changed", version=version, **fields)


@transaction.atomic
def create_voice(*, diagnostic: Diagnostic, by, **fields) -> Voice:
    """Keep words heard. Raises DiagnosticClosed, ValidationError when the need is of another edition."""
    diagnostic = locked_open(diagnostic)
    check_same_diagnostic(diagnostic, "need", [fields.get("need")])
    return create_row(Voice, asv=diagnostic.asv, by=by, event="voice.created", diagnostic=diagnostic, **fields)


@transaction.atomic
def change_voice(*, voice: Voice, by, version: int | None = None, **fields) -> Voice:
    """Change words heard, or the need they are about. Raises DiagnosticClosed, StaleEdit, ValidationError."""
    diagnostic = locked_open(voice.diagnostic)
    check_same_diagnostic(diagnostic, "need", [fields.get("need")])
    return change_row(voice, by=by, event="voice.changed", version=version, **fields)


@transaction.atomic
def link_voice(*, voice: Voice, need: Need | None, by, version: int | None = None) -> Voice:
    """Attach words to a need, or detach them. Raises DiagnosticClosed, StaleEdit, ValidationError."""
    diagnostic = locked_open(voice.diagnostic)
    check_same_diagnostic(diagnostic, "need", [need])
    return change_row(voice, by=by, event="voice.linked", version=version, need=need)


@transaction.atomic
def add_evidence(*, need: Need, by, **fields) -> Evidence:
    """Add what proves a need. Raises DiagnosticClosed."""
    locked_open(need.diagnostic)
    return create_row(Evidence, asv=need.asv, by=by, event="evidence.created", need=need, **fields)


@transaction.atomic
def change_evidence(*, evidence: Evidence, by, version: int | None = None, **fields) -> Evidence:
    """Change what proves a need. Raises DiagnosticClosed, StaleEdit."""
    locked_open(evidence.need.diagnostic)
    return change_row(evidence, by=by, event="evidence.changed", version=version, **fields)
