"""The published figures: read from the shipped files, written to the database. One door: ``load_indicators``."""

from diagnostics.reference.loader import IndicatorReport, load_indicators

__all__ = ["IndicatorReport", "load_indicators"]
