"""The verbs of the diagnostic, by subject."""

from diagnostics.services.archiving import archive_content, archive_diagnostic, restore_content
from diagnostics.services.diagnostics import change_chapter, change_diagnostic, change_state, create_diagnostic
from diagnostics.services.guards import DiagnosticClosed
from diagnostics.services.needs import (
    add_evidence,
    change_evidence,
    change_need,
    change_voice,
    create_need,
    create_voice,
    link_voice,
)
from diagnostics.services.priorities import change_priority, create_priority

__all__ = [
    "DiagnosticClosed",
    "add_evidence",
    "archive_content",
    "archive_diagnostic",
    "change_chapter",
    "change_diagnostic",
    "change_evidence",
    "change_need",
    "change_priority",
    "change_state",
    "change_voice",
    "create_diagnostic",
    "create_need",
    "create_priority",
    "create_voice",
    "link_voice",
    "restore_content",
]
