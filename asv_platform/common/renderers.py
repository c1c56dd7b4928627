"""One look for every form: the classes and templates of fields, without a form having to say so."""

from django.forms.renderers import TemplatesSetting

WIDGETS = "django/forms/widgets/"
OWN_TEMPLATES = {
    f"{WIDGETS}radio.html": "forms/widgets/options.html",
    f"{WIDGETS}checkbox_select.html": "forms/widgets/options.html",
    f"{WIDGETS}clearable_file_input.html": "forms/widgets/file.html",
}
DJANGO_ROWS = "10"  # what Django writes when nobody asked for a height
WITHOUT_CLASS = {"hidden", "submit", "button"}


def _class_of(widget: dict) -> str:
    kind = widget.get("type", "")
    if kind in WITHOUT_CLASS:
        return ""
    if kind in {"checkbox", "radio"}:
        return "form-check-input"
    if "optgroups" in widget:
        return "form-select"
    return "form-control"


def dress(widget: dict) -> None:
    """Give a widget's context, and those inside it, the classes and limits the pages expect."""
    template = widget.get("template_name", "")
    if template.startswith("admin/"):
        return
    for part in widget.get("subwidgets", ()):
        dress(part)
    if template.endswith(("radio.html", "checkbox_select.html", "multi_list.html", "pick_row.html")):
        for _, options, _ in widget["optgroups"]:
            for option in options:
                dress(option)
        return
    attrs = widget["attrs"]
    names = [attrs.get("class", ""), _class_of(widget)]
    if any(names):
        attrs["class"] = " ".join(dict.fromkeys(name for name in names if name))
    # A browser cuts a pasted text silently at maxlength: the server refuses it in words.
    limit = attrs.pop("maxlength", None)
    if template.endswith("textarea.html"):
        _dress_textarea(attrs, limit)


def _dress_textarea(attrs: dict, limit: str | None) -> None:
    if attrs.get("rows") == DJANGO_ROWS:
        attrs["rows"] = "5"
    if limit:
        # The counter says it while one types.
        attrs["data-limit"] = limit


class FieldRenderer(TemplatesSetting):
    """Django's form templates, with ours for fields and Bootstrap's classes on inputs."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict, request=None) -> str:
        if "widget" in context:
            dress(context["widget"])
            template_name = OWN_TEMPLATES.get(template_name, template_name)
        return super().render(template_name, context, request=request)
