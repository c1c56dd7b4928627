"""What ends an action for the programme and for its evaluation at once."""

from asv_platform.common.formats import plural
from evaluation import services
from evaluation.models import Session
from programmation.enums import ActionTransition
from programmation.views.actions import ActionMove


class ActionCancel(ActionMove):
    """Cancel an action: the page of the programme, and the sessions that go with it."""

    transition = ActionTransition.CANCEL

    def consequences(self):
        planned = Session.objects.planned().filter(action=self.object).count()
        words = plural(planned, "séance prévue est annulée", "séances prévues sont annulées")
        return [*super().consequences(), *self.money_consequences, *([f"{words} avec elle."] if planned else [])]

    def act(self, data):
        return services.cancel_action(action=self.object, by=self.request.user, reason=data.get("reason", ""))
