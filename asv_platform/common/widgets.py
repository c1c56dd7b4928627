"""The widgets of the house: each works without JavaScript."""

from django import forms


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MultiList(forms.CheckboxSelectMultiple):
    """A long list of boxes in a scrolling frame, with a search field when JavaScript runs."""

    template_name = "forms/widgets/multi_list.html"


class PickRow(forms.RadioSelect):
    """A few short answers side by side, made for a thumb."""

    template_name = "forms/widgets/pick_row.html"
