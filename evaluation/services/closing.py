"""When an action stops counting: cancelled, or its final report approved."""

from asv_platform.common.errors import DomainError
from evaluation.enums import ReportKind, ReportState
from evaluation.models import ActionReport
from programmation.enums import ActionState
from programmation.models import Action


class ActionCancelled(DomainError):
    """A cancelled action holds no session."""

    def __init__(self) -> None:
        super().__init__("Cette action est annulée : elle n’accueille plus de séance.")


class PeriodClosed(DomainError):
    """The final report is approved: what it counted does not change any more."""

    def __init__(self) -> None:
        super().__init__("Le bilan final est approuvé : les séances et les mesures de cette action ne changent plus.")


def check_open(action: Action) -> None:
    """Raises ActionCancelled or PeriodClosed when nothing may be counted for this action any more."""
    if action.state == ActionState.CANCELLED:
        raise ActionCancelled
    check_period(action)


def check_period(action: Action) -> None:
    """Raises PeriodClosed once the final report of this action is approved."""
    approved = ActionReport.objects.active().filter(action=action, kind=ReportKind.FINAL, state=ReportState.APPROVED)
    if approved.exists():
        raise PeriodClosed
