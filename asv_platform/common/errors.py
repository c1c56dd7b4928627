"""Refusals of the trade: what a service raises and a page shows."""


class DomainError(Exception):
    """A rule of the trade refused the request; the message is French and safe to show.

    ``field`` names the answer it is about, for the form that asked it.
    """

    field: str | None = None


class StaleEdit(DomainError):
    """Somebody else saved the same object since the form was opened; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            "Quelqu’un d’autre a modifié cette fiche pendant que vous écriviez. Votre saisie est conservée "
            "ci-dessous, rien n’a été écrasé : comparez avec la version actuelle, puis enregistrez de nouveau."
        )
