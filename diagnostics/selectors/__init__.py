"""What pages, reports and the dashboard read of the diagnostic."""

from diagnostics.selectors.chain import ChainCounts, chain_counts
from diagnostics.selectors.comparison import (
    FALLBACK,
    NOT_LOADED,
    ComparisonTable,
    FigureCell,
    IndicatorRow,
    indicator_comparison,
)
from diagnostics.selectors.editions import (
    Missing,
    chapter_cards,
    compare_editions,
    current_diagnostic,
    diagnostics_with_counts,
    missing,
    open_diagnostics,
)
from diagnostics.selectors.evidence import place_choices
from diagnostics.selectors.reading import Comparison, compare, value_text
from diagnostics.selectors.subjects import chapter_page, subjects_of, times_heard

__all__ = [
    "FALLBACK",
    "NOT_LOADED",
    "ChainCounts",
    "Comparison",
    "ComparisonTable",
    "FigureCell",
    "IndicatorRow",
    "Missing",
    "chain_counts",
    "chapter_cards",
    "chapter_page",
    "compare",
    "compare_editions",
    "current_diagnostic",
    "diagnostics_with_counts",
    "indicator_comparison",
    "missing",
    "open_diagnostics",
    "place_choices",
    "subjects_of",
    "times_heard",
    "value_text",
]
