"""What can happen to a diagnostic: a table."""

from asv_platform.common.workflow import Workflow
from diagnostics.enums import DiagnosticState, DiagnosticTransition

DIAGNOSTIC = Workflow(
    {
        DiagnosticTransition.CONSULT: (frozenset({DiagnosticState.PREPARATION}), DiagnosticState.CONSULTATION),
        DiagnosticTransition.PREPARE: (frozenset({DiagnosticState.CONSULTATION}), DiagnosticState.PREPARATION),
        DiagnosticTransition.VALIDATE: (frozenset({DiagnosticState.CONSULTATION}), DiagnosticState.VALIDATED),
        DiagnosticTransition.REOPEN: (frozenset({DiagnosticState.VALIDATED}), DiagnosticState.CONSULTATION),
        DiagnosticTransition.CLOSE: (frozenset({DiagnosticState.VALIDATED}), DiagnosticState.ARCHIVED),
    }
)
