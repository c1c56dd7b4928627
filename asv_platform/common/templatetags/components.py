"""The components of the interface: ``{% name prop=value %}`` with declared props, one template each.

An unknown or missing prop is an error when the template is compiled, not a blank on the page.
Every prop that is not given reads as an empty string. docs/composants.md shows each of them.
"""

from dataclasses import dataclass

from django import template
from django.forms import BaseForm, BoundField
from django.template import TemplateSyntaxError
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString

from asv_platform.common import charts, icons
from asv_platform.common.form_layout import control, error_lines, field_kind, layout_rows, text_limit, upload_rules

register = template.Library()


class ComponentNode(Node):
    """Renders ``components/<name>.html`` with its props and nothing else of the page's context."""

    def __init__(self, name: str, allowed: frozenset[str], props: dict[str, FilterExpression]) -> None:
        self.name = name
        self.allowed = allowed
        self.props = props

    def render(self, context) -> str:
        loaded = context.render_context.get(self)
        if loaded is None:
            loaded = context.template.engine.get_template(f"components/{self.name}.html")
            context.render_context[self] = loaded
        values = {name: expression.resolve(context) for name, expression in self.props.items()}
        return loaded.render(context.new(dict.fromkeys(self.allowed, "") | values))


def component(name: str, *, required: tuple[str, ...] = (), props: tuple[str, ...] = ()) -> None:
    """Register ``{% name prop=value … %}``."""
    allowed = frozenset(required) | frozenset(props)

    def compile_component(parser: Parser, token: Token) -> ComponentNode:
        bits = token.split_contents()[1:]
        given = token_kwargs(bits, parser)
        if bits:
            raise TemplateSyntaxError(f"{{% {name} %}} : écrire prop=valeur, pas « {' '.join(bits)} »")
        if unknown := given.keys() - allowed:
            raise TemplateSyntaxError(f"{{% {name} %}} : propriété inconnue {sorted(unknown)}")
        if missing := frozenset(required) - given.keys():
            raise TemplateSyntaxError(f"{{% {name} %}} : propriété manquante {sorted(missing)}")
        return ComponentNode(name, allowed, given)

    register.tag(name, compile_component)


component("state", required=("label",), props=("tone", "icon", "boxed", "sub"))
component("notice", props=("text", "tone", "title", "items", "icon", "live"))
component("figure", required=("value", "label"), props=("trend", "url"))
component("figures", required=("items",))
component("crumbs", required=("items",))
component("tabs", required=("items",), props=("label",))
component("empty_state", required=("title",), props=("text", "action_label", "action_url", "action_icon", "choices"))
component("ledger", required=("items",), props=("label",))
component("thread_chain", required=("knots", "label"))
component("stepper", required=("steps",), props=("label",))
component("timeline", required=("entries",))
component("talk", required=("messages",))
component("pager", required=("pager",), props=("note",))
component("data_table", required=("columns", "rows", "caption"), props=("totals", "pick", "tight"))
component("data_cell", required=("cell",))
component("filters_bar", required=("form",), props=("label", "sort"))
component("active_filters", required=("filters",), props=("reset_url",))
component("dl", required=("items",), props=("small",))
component("error_summary", required=("form",), props=("id", "refused"))
component("form_fields", required=("form",))
component("form_actions", required=("submit_label",), props=("cancel_url", "cancel_label", "icon", "tone"))
component("file_list", required=("files",), props=("label",))
component("budget_post", required=("label", "total"), props=("code",))
component("budget_line", required=("field",), props=("code", "sub", "state_field"))
component("budget_total", required=("label", "value"), props=("name",))
component("tally", required=("items",))
component("meter", required=("share", "label"), props=("text", "over", "expected"))
component("job_progress", required=("job",), props=("title", "url", "done_url", "done_label"))
component("chart_figure", required=("chart",), props=("title", "note", "table", "phone"))
component("heat_map", required=("columns", "rows", "caption"), props=("label", "key"))
component("key", required=("items",))
component("menu", required=("label", "items"), props=("icon",))
component("print_button", props=("url", "label", "small"))
component("confirm_panel", required=("title",), props=("text", "consequences", "tone", "facts", "level"))
component("saved", required=("text",))


@register.simple_tag
def icon(name: str) -> SafeString:
    """The named icon, as decoration beside a word; an unknown name is an error."""
    try:
        return icons.icon_svg(name)
    except icons.UnknownIcon as error:
        raise TemplateSyntaxError(f"{{% icon %}} : icône inconnue « {name} »") from error


@register.simple_tag
def loop(extra: str = "") -> SafeString:
    """The knot of the thread: where one is now."""
    return format_html(icons.LOOP, extra=extra)


@register.simple_tag
def cut() -> SafeString:
    """The cut thread: what is missing."""
    return icons.CUT


@dataclass(frozen=True)
class ToneLook:
    """How a tone of state or notice is drawn when the page names no icon."""

    state_icon: str
    notice_icon: str


TONES = {
    "": ToneLook("circle-dot", "info"),
    "ink": ToneLook("circle-dot", "info"),
    "info": ToneLook("info", "info"),
    "good": ToneLook("circle-check", "circle-check"),
    "warn": ToneLook("triangle-alert", "triangle-alert"),
    "bad": ToneLook("circle-x", "circle-x"),
    "off": ToneLook("circle-slash", "info"),
}


def _look(tone: str | None) -> ToneLook:
    if (tone or "") not in TONES:
        raise TemplateSyntaxError(f"Ton inconnu : « {tone} » ; connus : {', '.join(sorted(filter(None, TONES)))}")
    return TONES[tone or ""]


@register.filter
def state_icon(tone: str) -> str:
    """The icon of a state when none is given; an unknown tone is an error."""
    return _look(tone).state_icon


@register.filter
def notice_icon(tone: str) -> str:
    """The icon of a notice when none is given; an unknown tone is an error."""
    return _look(tone).notice_icon


@register.filter
def message_tone(tags: str) -> str:
    """The tone of one of Django's messages."""
    level = tags.split()[-1] if tags else ""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level, "")


@register.filter
def rows_of(form: BaseForm) -> list:
    """The fieldsets and rows of a form, for ``{% form_fields %}``."""
    return layout_rows(form)


@register.filter
def kind(field: BoundField) -> str:
    """How ``forms/field.html`` lays out this field."""
    return field_kind(field)


@register.filter(name="control")
def control_filter(field: BoundField) -> SafeString:
    """The widget alone, described by its help, error and counter."""
    return control(field)


@register.filter
def errors_of(form) -> list:
    """What is to correct in a form or formset: (label, message, anchor) lines."""
    return error_lines(form)


@register.filter(name="text_limit")
def text_limit_filter(field: BoundField) -> int | None:
    """The limit of a long text, to announce and to count."""
    return text_limit(field)


@register.filter(name="upload_rules")
def upload_rules_filter(field: BoundField) -> str:
    """What a file field accepts, in words."""
    return upload_rules(field)


@register.filter
def meter_svg(share: float, label: str) -> SafeString:
    """The drawing of ``{% meter %}``: a share from 0 to 100 and more."""
    return charts.meter(share, label)
