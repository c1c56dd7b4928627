"""The captions of the header: where each stage of the thread stands."""

from django.db.models import F, QuerySet, Subquery

from actors.models import Organisation
from asv_platform.common.counting import CountRows, figures_of
from asv_platform.common.formats import plural
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Edition
from asv_platform.territories.models import Asv
from diagnostics.enums import DiagnosticState
from diagnostics.models import Diagnostic
from evaluation.models import ActionReport
from programmation.enums import ProgrammeState
from programmation.models import Programme


def stage_captions(asv: Asv) -> dict[str, str]:
    """The caption of each stage, by its label; one query whatever the number of rows."""
    row = figures_of(
        asv,
        organisations=CountRows(Organisation.objects.active()),
        diagnostic_state=_latest(Diagnostic.objects.active().order_by("-year"), "state"),
        diagnostic_year=_latest(Diagnostic.objects.active().order_by("-year"), "year"),
        programme_state=_latest(Programme.objects.active().order_by("-year"), "state"),
        programme_year=_latest(Programme.objects.active().order_by("-year"), "year"),
        reports=CountRows(ActionReport.objects.active()),
        reports_in=CountRows(ActionReport.objects.rendered()),
        editions=CountRows(Edition.objects.active().filter(state=EditionState.ISSUED)),
    )
    return {
        "Réseau": plural(row["organisations"], "organisation", "organisations"),
        "Diagnostic": _state(DiagnosticState, row["diagnostic_state"], row["diagnostic_year"]),
        "Programmation": _state(ProgrammeState, row["programme_state"], row["programme_year"]),
        "Évaluation": f"{plural(row['reports_in'], 'bilan', 'bilans')} sur {row['reports']}",
        "Rapports": plural(row["editions"], "émis", "émis"),
    }


def _latest(rows: QuerySet, name: str) -> Subquery:
    return Subquery(rows.values(value=F(name))[:1])


def _state(states, value: str | None, year: int | None) -> str:
    return f"{year}, {states(value).label[0].lower()}{states(value).label[1:]}" if value else "à commencer"
