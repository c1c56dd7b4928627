from django.utils.functional import cached_property

from asv_platform.common.formats import date_long, time
from asv_platform.common.lists import Cell, Column, Empty, ListPage
from asv_platform.common.views import Action as Button
from asv_platform.common.views import ConfirmPage, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from evaluation.enums import SessionState
from evaluation.filters import SessionFilters
from evaluation.models import Session
from evaluation.selectors import ShownAttendance, duration, noted_session, shown_session
from evaluation.selectors.attendance import COUNT_FIELDS, totals
from evaluation.views.base import CountedRowMixin, OfAction, TeamMixin
from evaluation.views.session_forms import CancelSession, LogSession, PlanSessions, TellSession


def counted(label: str, name: str) -> Column:
    """A number of people: blank for a session that nobody told."""

    def count(row: Session):
        return getattr(row, name) if row.state == SessionState.HELD else ""

    return Column(label, count, kind="number", sort=name)


COUNTS = [
    counted("Présents", "present"),
    counted("Femmes", "women"),
    counted("Hommes", "men"),
    counted("Quartiers prioritaires", "from_qpv"),
]


class SessionList(TeamMixin, ListPage):
    permission = "evaluation.view"
    title = "Séances"
    filterset_class = SessionFilters
    default_sort = ("-held_on", "-pk")
    nouns = ("séance", "séances")

    @cached_property
    def columns(self):
        """The log: the numbers of people are read by those who may correct them, and leave by no export."""
        counts = COUNTS if self.may("edit") and "format" not in self.request.GET else []
        return [
            Column("Date", "held_on", kind="date", sort="held_on"),
            Column("Action", "action.title", kind="title", sort="action__title", sub="action.organisation.name"),
            Column("Porteur", "action.organisation.name", shown=False),
            Column("État", "get_state_display", kind="state", sort="state", tone=lambda row: row.state_enum.tone),
            Column("Début", lambda row: f"{row.starts_at:%H:%M}" if row.starts_at else "", shown=False),
            Column("Durée", lambda row: duration(row.hours), shown=False),
            Column("Lieu", "place"),
            Column("Quartier", lambda row: str(row.neighbourhood or ""), shown=False),
            *counts,
            Column("Satisfaction", lambda row: row.get_satisfaction_display() or "", shown=False),
            Column("Note", "note", shown=False),
        ]

    def get_lead(self):
        if self.may("edit"):
            return "Ce qui s’est vraiment passé : des nombres de personnes, jamais leur nom."
        return "Ce qui s’est vraiment passé. Les nombres de personnes se lisent séance par séance et action par action."

    def get_queryset(self):
        return Session.objects.with_people().select_related("action__organisation", "neighbourhood")

    def row_url(self, row):
        return self.url("session_detail", pk=row.pk)

    def totals(self, rows):
        if not self.may("edit"):
            return []
        sums = totals(rows)
        people = sum(sums[f"sum_{name}"] or 0 for name in ("women", "men", "unspecified"))
        known = {
            "present": people,
            "women": sums["sum_women"] or 0,
            "men": sums["sum_men"] or 0,
            "from_qpv": sums["sum_from_qpv"] or 0,
        }
        cells = [
            Cell(column.kind if column.sort in known else "text", known.get(column.sort, ""), column.label)
            for column in self.columns
            if column.shown
        ]
        return [Cell("text", "Total", ""), *cells[1:]]

    def get_empty(self):
        return Empty(
            "Aucune séance pour l’instant",
            "Les partenaires les notent depuis leur téléphone ; vous pouvez aussi en ajouter depuis une action.",
            "Voir les actions",
            self.url("overview"),
        )


class SessionCreate(LogSession, OfAction, FormPage):
    permission = "evaluation.edit"
    title = "Noter une séance"

    def get_lead(self):
        return self.action.title


class SessionPlan(PlanSessions, OfAction, FormPage):
    permission = "evaluation.edit"

    def get_lead(self):
        return self.action.title


class SessionMixin(CountedRowMixin):
    counts = COUNT_FIELDS

    def get_queryset(self):
        return Session.objects.select_related(
            "neighbourhood", "action__asv", "action__organisation", "action__programme"
        )

    def crumbs(self):
        own = self.url("session_detail", pk=self.object.pk)
        return [*self.action_crumbs(self.object.action), (str(self.object), own)]

    def get_success_url(self, result):
        return self.action_url(self.object.action)


class SessionDetail(SessionMixin, DetailPage):
    """One session: when, where, who came, what was noted of it."""

    permission = "evaluation.view"
    template_name = "evaluation/session_detail.html"

    def get_title(self):
        return f"Séance du {date_long(self.object.held_on)}"

    def get_lead(self):
        return f"{self.object.action.title}, {self.object.action.organisation}"

    def crumbs(self):
        return [*self.action_crumbs(self.object.action), (str(self.object), "")]

    def actions(self):
        pk = self.object.pk
        history = Button("Historique", self.url("session_history", pk=pk), "history", "secondary")
        if not self.may("edit"):
            return [history]
        if self.object.archived_at:
            return [history, shelf_action(self, "session")]
        verb = "Noter" if self.object.state == SessionState.PLANNED else "Corriger"
        buttons = [Button(verb, self.url("session_edit", pk=pk), "pencil"), history]
        if self.object.state != SessionState.CANCELLED:
            buttons.append(Button("Annuler la séance", self.url("session_cancel", pk=pk), "calendar-x", "secondary"))
        return [*buttons, shelf_action(self, "session")]

    def attendance(self) -> ShownAttendance | None:
        """Who came, as this reader may read it; None for a session that does not count."""
        session = self.object
        if session.state != SessionState.HELD or session.archived_at:
            return None
        return noted_session(session) if self.may("edit") else shown_session(session)

    def extra_context_data(self):
        session = self.object
        return {
            "facts": [
                ("Début", time(session.starts_at)),
                ("Durée", duration(session.hours)),
                ("Lieu", session.place),
                ("Quartier", session.neighbourhood),
                ("Satisfaction", session.get_satisfaction_display()),
            ],
            "found": self.attendance(),
        }


class SessionEdit(TellSession, SessionMixin, EditPage):
    permission = "evaluation.edit"

    def get_lead(self):
        return self.object.action.title


class SessionCancel(CancelSession, SessionMixin, ConfirmPage):
    permission = "evaluation.edit"
