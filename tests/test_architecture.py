"""The parts of the house style that a machine can check (docs/conventions.md says why)."""

import ast
import re

from django.apps import apps
from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from asv_platform.territories.models import AsvOwned, Tracked
from asv_platform.territories.scoping import ScopedManager
from tests.harness.sources import (
    ROOT,
    functions,
    name,
    our_assets,
    our_documents,
    our_sources,
    our_templates,
    our_tests,
)
from tests.harness.urls import addresses

LAYERS = ["common", "audit", "notifications", "territories", "accounts"]
LAYERS += ["actors", "diagnostics", "programmation", "evaluation", "reporting", "console"]

# Shared by all ASV, or read across them on purpose: each has its own reason to have no scope.
UNSCOPED_MODELS = {
    "accounts.Invitation",  # found by its token, before the person belongs to the ASV
    "accounts.LoginCode",  # asked for before anybody is logged in
    "accounts.Membership",  # says which ASV a user may enter
    "accounts.NetworkAccess",
    "accounts.SecondFactor",  # proves who a user is, whatever their ASV
    "accounts.User",
    "actors.Term",  # closed lists of the reference texts
    "audit.AuditEntry",  # operators' acts have no ASV
    "common.Job",  # the queue of every worker
    "common.SubmissionKey",  # a random key, no content
    "diagnostics.Indicator",  # published figures, the same for all
    "diagnostics.IndicatorValue",
    "notifications.Message",  # sent by the worker for every ASV
    "programmation.IndicatorModel",  # the shared bank of indicators
    "territories.Asv",  # the tenant itself
    "territories.Commune",
    "territories.CommuneContour",
    "territories.CommuneFormerCode",
    "territories.Department",
    "territories.DepartmentContour",
    "territories.Epci",
    "territories.Neighbourhood",
    "territories.NeighbourhoodContour",
    "territories.ReferenceLoad",
    "territories.Region",
    "territories.Succession",
}

# The doors that are open to everybody. A new one is a decision: add it here, and say so in the review.
PUBLIC_PAGES = {
    "accessibility",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "admin:login",
    "calls:blank_form",  # what a call asks, of a published call of a public ASV
    "calls:call",
    "calls:list",
    "glossary",
    "home",
    "invitation",
    "legal",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "operations:live",
    "operations:mail_attachment",  # the mailbox of development: 404 in production
    "operations:mail_detail",
    "operations:mail_list",
    "operations:ready",
    "privacy",
    "proconnect_callback",
    "proconnect_login",
    "public:page",  # the page of an ASV, when it says that it is public
    "reading:pdf",  # a signed link, revocable and for a time
    "reading:read",
    "socialaccount_login_cancelled",
    "styleguide",
}

# « Séances à venir » is good French; « (à venir) » in place of a page is not.
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|(?i:lorem ipsum|\(à venir\)|page à venir|bientôt disponible)")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE
)
REMOTE = re.compile(r"(?:src|href|url|srcset|@import)\s*[=(]?\s*[\"']?(?:https?:)?//(?!www\.w3\.org)", re.IGNORECASE)
# f"pdf/annual/{chapter.key}.html": every template of the folder may be meant.
CHOSEN_BY_NAME = re.compile(r"\"([\w/]+)/\{[^}\"]+\}\.(?:html|txt)\"")
LINK = re.compile(r"<a\s[^>]*>", re.IGNORECASE)


def our_models():
    """The models written here; the tables of history belong to the models they follow."""
    ours = tuple(settings.PLATFORM_APPS)
    return [m for m in apps.get_models() if m.__module__.startswith(ours) and not hasattr(m, "instance_type")]


def test_only_listed_pages_are_public():
    public = {address.name or address.route for address in addresses() if address.is_public}

    assert public == PUBLIC_PAGES


def test_every_other_model_is_scoped_to_an_asv():
    unscoped = {m._meta.label for m in our_models() if not isinstance(m._default_manager, ScopedManager)}

    assert unscoped == UNSCOPED_MODELS


def test_every_scoped_model_has_its_asv():
    scoped = [m for m in our_models() if isinstance(m._default_manager, ScopedManager)]

    assert [m._meta.label for m in scoped if not issubclass(m, AsvOwned)] == []


def test_apps_are_installed_from_the_bottom_layer_to_the_top():
    ours = [app.rpartition(".")[2] for app in settings.INSTALLED_APPS if app in settings.PLATFORM_APPS]

    assert ours == LAYERS


def test_source_files_stay_short():
    long = {name(path): lines(path) for path in our_sources() if lines(path) > 400}

    assert long == {}


def test_test_files_stay_short():
    assert {name(path): lines(path) for path in our_tests() if lines(path) > 500} == {}


def test_templates_stay_short():
    assert {name(path): lines(path) for path in our_templates() if lines(path) > 120} == {}


def test_base_settings_stay_short():
    assert lines(ROOT / "asv_platform" / "settings" / "base.py") <= 250


def test_functions_stay_short():
    long = {
        f"{name(path)}:{function.lineno} {function.name}": length(function)
        for path in our_sources()
        for function in functions(path)
        if length(function) > 40
    }

    assert long == {}


def test_nothing_is_left_unfinished():
    found = {
        f"{name(path)}:{number}"
        for path in [*our_sources(), *our_templates(), *our_assets()]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if UNFINISHED.search(line)
    }

    assert found == set()


def test_templates_have_no_inline_script_nor_style():
    # Mails are read by programs that ignore stylesheets: theirs is inline by necessity.
    pages = [path for path in our_templates() if "email" not in path.parts]

    assert {name(path): INLINE.findall(path.read_text()) for path in pages if INLINE.search(path.read_text())} == {}


def test_pages_load_nothing_from_another_host():
    # Following a link is the reader's choice; loading an asset is not.
    sources = {path: LINK.sub("", path.read_text()) for path in [*our_templates(), *our_assets()]}

    assert {name(path): REMOTE.findall(text) for path, text in sources.items() if REMOTE.search(text)} == {}


def test_every_template_is_used():
    mentioned = "\n".join(path.read_text() for path in [*our_sources(), *our_templates()])
    folder = ROOT / "templates"
    chosen = set(CHOSEN_BY_NAME.findall(mentioned))
    unused = {
        str(path.relative_to(folder))
        for path in our_templates()
        if path.is_relative_to(folder)
        and str(path.parent.relative_to(folder)) not in chosen
        and not is_mentioned(path.relative_to(folder), mentioned)
    }

    assert unused == set()


def test_every_template_compiles():
    folder = ROOT / "templates"
    broken = {}
    for path in our_templates():
        if path.is_relative_to(folder):
            try:
                get_template(str(path.relative_to(folder)))
            except TemplateSyntaxError as error:
                broken[name(path)] = str(error)

    assert broken == {}


def test_tracked_rows_are_never_changed_behind_their_history():
    """``.update()`` and ``bulk_create()`` write no history: on a Tracked model they are mistakes."""
    tracked = {m.__name__ for m in apps.get_models() if issubclass(m, Tracked)} | {"Asv"}
    found = {
        f"{name(path)}:{call.lineno} {model}.{call.func.attr}()"
        for path in our_sources()
        for call, model in bulk_writes(path)
        if model in tracked
    }

    assert found == set()


def lines(path) -> int:
    return len(path.read_text().splitlines())


def length(function) -> int:
    return function.end_lineno - function.lineno + 1


# Found by Django, allauth or a form renderer by their names alone.
FOUND_BY_NAME = (
    *("400.html", "403", "404.html", "429.html", "500.html", "503.html"),
    *(
        "account/",
        "mfa/",
        "usersessions/",
        "socialaccount/",
        "email/account/",
        "email/mfa/",
        "admin/",
        "django/",
        "allauth/",
    ),
)


def is_mentioned(template, sources: str) -> bool:
    """Whether a template is named in a source or another template, as itself, by its stem or as a component."""
    path = str(template)
    if path.startswith(FOUND_BY_NAME):
        return True
    stem = template.with_suffix("")
    spellings = {path, f'{stem}"', f"{stem}.", template.stem if "components" in path or "forms" in path else path}
    return any(spelling in sources for spelling in spellings)


def bulk_writes(path):
    """Calls of update(), bulk_create() or bulk_update() in a chain that starts at ``Model.objects``."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            model = root_model(node.func.value) if node.func.attr in {"update", "bulk_create", "bulk_update"} else None
            if model:
                yield node, model


def root_model(node) -> str | None:
    """``Model`` in ``Model.objects.filter(…).order_by(…)``."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            return node.value.id
        node = node.func if isinstance(node, ast.Call) else node.value
    return None


def test_every_file_named_in_the_documents_exists():
    lost = set()
    for document in our_documents():
        text = document.read_text(encoding="utf-8")
        links = {link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link}
        lost |= {(name(document), link) for link in links if not (document.parent / link).exists()}
        files = set(re.findall(r"`([\w-]+/[\w./-]+\.(?:py|html|md|toml|yml|css|js))`", text))
        places = [ROOT, *(ROOT / folder for folder in ("asv_platform", "templates", "static")), document.parent]
        lost |= {(name(document), file) for file in files if not any((place / file).exists() for place in places)}

    assert lost == set()
