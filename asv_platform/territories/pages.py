"""Pages that every owned row shares: archive and restore."""

from asv_platform.common.views import ConfirmPage
from asv_platform.territories.editing import archive, restore


class ArchivePage(ConfirmPage):
    """Ask, then archive. Declare ``permission``, ``get_queryset`` and ``get_success_url``."""

    submit_label = "Archiver"
    text = "Cette fiche quittera les listes. Rien n’est effacé : elle garde son historique et peut être rétablie."

    def get_title(self):
        return f"Archiver « {self.object} »"

    def act(self, data):
        return archive(self.object, by=self.request.user)

    def get_success_message(self, result):
        return f"« {result} » est archivé."


class RestorePage(ConfirmPage):
    """Ask, then put an archived row back on the lists."""

    submit_label = "Rétablir"
    text = "Cette fiche reviendra dans les listes."

    def get_title(self):
        return f"Rétablir « {self.object} »"

    def act(self, data):
        return restore(self.object, by=self.request.user)

    def get_success_message(self, result):
        return f"« {result} » est rétabli."
