"""The chain voices → needs → priorities of a diagnostic, in figures."""

from dataclasses import dataclass

from asv_platform.common.counting import CountRows, figures_of
from diagnostics.models import Diagnostic, Need, Priority, Voice


@dataclass(frozen=True)
class ChainCounts:
    """The active rows of each stage, and how many of them lack a link."""

    voice_total: int
    need_total: int
    priority_total: int
    voices_without_need: int
    needs_without_priority: int
    needs_without_evidence: int
    priorities_without_need: int


def chain_counts(diagnostic: Diagnostic) -> ChainCounts:
    """Count what a diagnostic holds and what is not linked yet; one query."""
    voices = Voice.objects.active().filter(diagnostic=diagnostic)
    needs = Need.objects.active().filter(diagnostic=diagnostic)
    priorities = Priority.objects.active().filter(diagnostic=diagnostic)
    found = figures_of(
        diagnostic,
        voice_total=CountRows(voices),
        need_total=CountRows(needs),
        priority_total=CountRows(priorities),
        voices_without_need=CountRows(voices.without_need()),
        needs_without_priority=CountRows(needs.without_priority()),
        needs_without_evidence=CountRows(needs.without_evidence()),
        priorities_without_need=CountRows(priorities.without_need()),
    )
    return ChainCounts(**found)
