"""Sessions, indicators, measures and reports of an action."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from evaluation.enums import ReportKind, SessionState
from evaluation.models import ActionIndicator, ActionReport, Measure, ReportLine, Session
from programmation.enums import IndicatorKind
from tests.factories.programmation import ActionFactory


class SessionFactory(factory.django.DjangoModelFactory):
    """``SessionFactory(action=…)``: a held session of eleven people."""

    class Meta:
        model = Session

    action = factory.SubFactory(ActionFactory)
    asv = factory.SelfAttribute("action.asv")
    held_on = dt.date(2026, 2, 25)
    place = "Maison de quartier"
    women = 8
    men = 3
    from_qpv = 9

    class Params:
        planned = factory.Trait(state=SessionState.PLANNED, women=0, men=0, from_qpv=0, held_on=dt.date(2026, 12, 9))


class ActionIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionIndicator

    action = factory.SubFactory(ActionFactory)
    asv = factory.SelfAttribute("action.asv")
    name = "Personnes accueillies"
    kind = IndicatorKind.PROCESS
    unit = "personnes"
    target = Decimal(36)


class MeasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measure

    indicator = factory.SubFactory(ActionIndicatorFactory)
    asv = factory.SelfAttribute("indicator.asv")
    measured_on = dt.date(2026, 3, 1)
    value = Decimal(41)


class ActionReportFactory(factory.django.DjangoModelFactory):
    """A draft, due long after today; ``filed=True`` and ``approved=True`` for the rest of its life."""

    class Meta:
        model = ActionReport

    action = factory.SubFactory(ActionFactory)
    asv = factory.SelfAttribute("action.asv")
    kind = ReportKind.FINAL
    due_on = dt.date(2099, 6, 30)

    class Params:
        filed = factory.Trait(state="filed", filed_at=factory.LazyFunction(timezone.now))
        approved = factory.Trait(
            state="approved",
            filed_at=factory.LazyFunction(timezone.now),
            approved_at=factory.LazyFunction(timezone.now),
        )
        late = factory.Trait(due_on=dt.date(2020, 6, 30))


class ReportLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportLine

    report = factory.SubFactory(ActionReportFactory)
    asv = factory.SelfAttribute("report.asv")
    side = "charge"
    code = "604"
    label = "Achats d’études et de prestations"
    planned = Decimal(1000)
