"""What the pages and the documents of reporting show."""

from asv_platform.reporting.selectors.alerts import Alert, Suggestions, alerts_of, suggestions_of
from asv_platform.reporting.selectors.annual import annual_snapshot
from asv_platform.reporting.selectors.deliveries import DeliveryRow, delivery_rows
from asv_platform.reporting.selectors.editions import EditionSheet, edition_sheet, missing_before_issue, successor_of

__all__ = [
    "Alert",
    "DeliveryRow",
    "EditionSheet",
    "Suggestions",
    "alerts_of",
    "annual_snapshot",
    "delivery_rows",
    "edition_sheet",
    "missing_before_issue",
    "successor_of",
    "suggestions_of",
]
