"""Take the contents of an open diagnostic off its lists, and put them back."""

from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import archive, restore
from diagnostics.enums import DiagnosticState
from diagnostics.models import Diagnostic, Evidence, Need, Priority, Voice
from diagnostics.services.guards import locked_open


@transaction.atomic
def archive_diagnostic(*, diagnostic: Diagnostic, by) -> Diagnostic:
    """Take a diagnostic off the lists. Raises DomainError once the committee has validated it."""
    if diagnostic.state in {DiagnosticState.VALIDATED, DiagnosticState.ARCHIVED}:
        raise DomainError("Un diagnostic validé par le comité fait foi : il se clôt, il ne s’archive pas.")
    return archive(diagnostic, by=by)


@transaction.atomic
def archive_content(*, row: Need | Voice | Priority | Evidence, by):
    """Archive one row of an open diagnostic. Raises DiagnosticClosed."""
    locked_open(diagnostic_of(row))
    return archive(row, by=by)


@transaction.atomic
def restore_content(*, row: Need | Voice | Priority | Evidence, by):
    """Restore one row of an open diagnostic. Raises DiagnosticClosed."""
    locked_open(diagnostic_of(row))
    return restore(row, by=by)


def diagnostic_of(row: Need | Voice | Priority | Evidence) -> Diagnostic:
    """The diagnostic that a row belongs to, directly or through its need."""
    return row.need.diagnostic if isinstance(row, Evidence) else row.diagnostic
