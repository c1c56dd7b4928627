from programmation.forms.base import AsvModelForm
from programmation.models import Action, Objective, Programme


class ActionForm(AsvModelForm):
    """What the team follows of an action."""

    fieldsets = [
        ("Action", ["title", ("starts_on", "ends_on"), "is_common_law"]),
        ("Où et pour quoi", ["objectives", "neighbourhoods"]),
    ]

    class Meta(AsvModelForm.Meta):
        model = Action
        fields = ["title", "starts_on", "ends_on", "is_common_law", "objectives", "neighbourhoods"]

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        objectives = Objective.objects.active().filter(programme=programme)
        self.fields["objectives"].queryset = objectives  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "La date de fin précède la date de début.")
        return cleaned


class NewActionForm(ActionForm):
    """An action that no proposal asked for: one also names who carries it."""

    fieldsets = [
        ("Action", ["title", "organisation", ("starts_on", "ends_on"), "is_common_law"]),
        ("Où et pour quoi", ["objectives", "neighbourhoods"]),
    ]

    class Meta(ActionForm.Meta):
        fields = ["title", "organisation", "starts_on", "ends_on", "is_common_law", "objectives", "neighbourhoods"]
