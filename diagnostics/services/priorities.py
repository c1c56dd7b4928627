"""Priorities: drawn from the needs of the same edition, with two votes kept apart."""

from django.db import transaction

from asv_platform.territories.editing import change_row, create_row
from diagnostics.models import Diagnostic, Priority
from diagnostics.services.guards import check_same_diagnostic, locked_open


@transaction.atomic
def create_priority(*, diagnostic: Diagnostic, by, needs=(), **fields) -> Priority:
    """Write a priority in an open diagnostic. Raises DiagnosticClosed, ValidationError on needs of another edition."""
    diagnostic = locked_open(diagnostic)
    check_same_diagnostic(diagnostic, "needs", needs)
    return create_row(
        Priority, asv=diagnostic.asv, by=by, event="priority.created", diagnostic=diagnostic, needs=needs, **fields
    )


@transaction.atomic
def change_priority(*, priority: Priority, by, version: int | None = None, **fields) -> Priority:
    """Change a priority of an open diagnostic. Raises DiagnosticClosed, StaleEdit, ValidationError."""
    diagnostic = locked_open(priority.diagnostic)
    check_same_diagnostic(diagnostic, "needs", fields.get("needs", ()))
    return change_row(priority, by=by, event="priority.changed", version=version, **fields)
