import re
from collections.abc import Iterable

from django.db.models import Q

from asv_platform.common.folding import holding
from asv_platform.common.parsing import whole_number
from asv_platform.territories.scoping import ScopedManager, ScopedQuerySet
from programmation.enums import UNDECIDED, ActionState, DecisionOutcome, ProposalState

# What an accord counts for: a proposal in the running, and its action, once born, neither cancelled nor archived.
COUNTED = (
    Q(proposal__number__isnull=False, proposal__archived_at__isnull=True)
    & ~Q(proposal__state=ProposalState.WITHDRAWN)
    & ~Q(proposal__action__state=ActionState.CANCELLED)
    & ~Q(proposal__action__archived_at__isnull=False)
)


class ProposalQuerySet(ScopedQuerySet):
    """Chainable filters of the proposals."""

    def received(self):
        """What the team may read: proposals once filed. A draft is its authors' business."""
        return self.active().filter(number__isnull=False)

    def drafts(self):
        """Begun, and neither filed nor given up: how many there are is all the team may know."""
        return self.active().filter(state=ProposalState.DRAFT)

    def in_the_running(self):
        """Filed and not withdrawn: what counts in the sums asked."""
        return self.received().exclude(state=ProposalState.WITHDRAWN)

    def undecided(self):
        """Filed, and waiting for a decision."""
        return self.received().filter(state__in=UNDECIDED)

    def of_organisations(self, organisation_ids: Iterable[int]):
        """The proposals of these organisations, archived ones left out."""
        return self.active().filter(organisation_id__in=list(organisation_ids))

    def matching(self, text: str):
        """Rows whose title, goals or organisation hold the words, or whose number (« 2026-012 ») is the text."""
        found = holding(text, "title", "goals", "organisation__name", "organisation__acronym")
        year, number = (whole_number(part) for part in text.strip().partition("-")[::2])
        if year is not None and number is not None:
            found |= Q(year=year, number=number)
        return self.filter(found)


class ProposalManager(ScopedManager.from_queryset(ProposalQuerySet)):  # type: ignore[misc]
    pass


class CallQuerySet(ScopedQuerySet):
    """Chainable filters of the calls."""

    def published(self):
        """Calls that have a public page."""
        return self.active().filter(published_at__isnull=False)


class CallManager(ScopedManager.from_queryset(CallQuerySet)):  # type: ignore[misc]
    pass


class DecisionQuerySet(ScopedQuerySet):
    """Chainable filters of the decisions."""

    def accepted(self):
        """Every accord recorded, whatever became of it."""
        return self.active().filter(outcome=DecisionOutcome.ACCEPTED)

    def counted(self):
        """The accords that make the money « accordé », on every page and in every document."""
        return self.accepted().filter(COUNTED)

    def freed(self):
        """The accords that count no more: proposal withdrawn, action cancelled or archived."""
        return self.accepted().exclude(COUNTED)


class DecisionManager(ScopedManager.from_queryset(DecisionQuerySet)):  # type: ignore[misc]
    pass


class ActionQuerySet(ScopedQuerySet):
    """Chainable filters of the actions."""

    def live(self):
        """Neither archived nor cancelled: what counts."""
        return self.active().exclude(state="cancelled")

    def of_organisations(self, organisation_ids: Iterable[int]):
        """The actions of these organisations, archived ones left out."""
        return self.active().filter(organisation_id__in=list(organisation_ids))

    def matching(self, text: str):
        """Rows whose title or organisation holds the words, or whose reference (« 2026-A03 ») is the text."""
        found = holding(text, "title", "organisation__name")
        if reference := re.fullmatch(r"(\d{4})-A(\d+)", text.strip(), re.IGNORECASE):
            found |= Q(programme__year=int(reference[1]), number=int(reference[2][:9]))
        return self.filter(found)

    def late(self, on):
        """Still planned or running after the day they should have ended."""
        return self.active().filter(ends_on__lt=on, state__in=["planned", "running", "blocked"])


class ActionManager(ScopedManager.from_queryset(ActionQuerySet)):  # type: ignore[misc]
    pass
