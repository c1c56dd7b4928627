"""What every write of a diagnostic checks first."""

from django.core.exceptions import ValidationError

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import lock
from diagnostics.models import Diagnostic


class DiagnosticClosed(DomainError):
    """The contents of a validated, closed or archived diagnostic do not change."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(
            f"Le diagnostic {diagnostic.year} n’est plus ouvert : rouvrez la concertation pour le modifier, "
            "ou créez l’édition suivante."
        )


def locked_open(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic, locked for the transaction. Raises DiagnosticClosed when its contents may not change."""
    fresh = lock(diagnostic)
    if not fresh.is_open:
        raise DiagnosticClosed(fresh)
    return fresh


def check_same_diagnostic(diagnostic: Diagnostic, field: str, rows) -> None:
    """Refuse links between the contents of two editions. Raises ValidationError on ``field``."""
    if any(row is not None and row.diagnostic_id != diagnostic.pk for row in rows):
        raise ValidationError({field: f"Choisissez une fiche du diagnostic {diagnostic.year}."})
