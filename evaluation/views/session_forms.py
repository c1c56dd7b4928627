"""What is done about sessions, the same by the team and by partners."""

from typing import Any

from asv_platform.common.formats import date_long, plural
from evaluation import services
from evaluation.enums import SessionState
from evaluation.forms.sessions import CancelForm, PlanForm, SessionForm
from evaluation.models import Session
from evaluation.views.base import TodayMixin, session_initial
from programmation.models import Action


class _SessionForm(TodayMixin):
    template_name: Any = "evaluation/session_form.html"
    form_class: type = SessionForm
    submit_label = "Enregistrer la séance"

    def form_kwargs(self) -> dict[str, Any]:
        action = self.of_action()
        return {"asv": action.asv, "action": action}

    def of_action(self) -> Action:
        """The action that the session belongs to."""
        return self.action if hasattr(self, "action") else self.object.action

    def get_success_message(self, result: Session) -> str:
        return f"Séance du {date_long(result.held_on)} enregistrée : {plural(result.people, 'personne')}."


class LogSession(_SessionForm):
    """Note a session of ``self.action``, held today or before."""

    action: Action

    def get_initial(self) -> dict[str, Any]:
        return session_initial(self.action, on=self.today)

    def act(self, data: dict[str, Any]) -> Session:
        return services.log_session(action=self.action, by=self.request.user, on=self.today, **data)


class TellSession(_SessionForm):
    """Note a session that was planned, or correct one."""

    def get_title(self) -> str:
        verb = "Noter" if self.object.state == SessionState.PLANNED else "Corriger"
        return f"{verb} la séance du {date_long(self.object.held_on)}"

    def act(self, data: dict[str, Any]) -> Session:
        version = self.sent_version()  # type: ignore[attr-defined]
        return services.tell_session(session=self.object, by=self.request.user, on=self.today, version=version, **data)


class PlanSessions(TodayMixin):
    """Plan sessions of ``self.action``, once or every week."""

    action: Action
    title = "Prévoir des séances"
    form_class = PlanForm
    submit_label = "Prévoir"

    def form_kwargs(self) -> dict[str, Any]:
        return {"asv": self.action.asv, "action": self.action}

    def get_initial(self) -> dict[str, Any]:
        return session_initial(self.action, on=self.today)

    def act(self, data: dict[str, Any]) -> list[Session]:
        return services.plan_sessions(action=self.action, by=self.request.user, first_on=data.pop("held_on"), **data)

    def get_success_message(self, result: list[Session]) -> str:
        # What was really added: days that had a session keep it.
        if not result:
            return "Ces jours ont déjà une séance : rien n’a été ajouté."
        return f"{plural(len(result), 'séance prévue', 'séances prévues')}."


class CancelSession:
    """Cancel a session, and say why."""

    object: Session
    request: Any
    form_class = CancelForm
    submit_label = "Annuler la séance"
    success_message = "La séance est annulée."

    def get_title(self) -> str:
        return f"Annuler la séance du {date_long(self.object.held_on)} ?"

    def consequences(self) -> list[str]:
        return ["La séance reste dans la liste, marquée « Annulée ».", "Les présents notés ne comptent plus."]

    def act(self, data: dict[str, Any]) -> Session:
        return services.cancel_session(session=self.object, by=self.request.user, motive=data["motive"])
