import datetime as dt
import unicodedata
from pathlib import Path
from types import SimpleNamespace as Item

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory

from asv_platform.common import error_views, pages
from asv_platform.common.forms import MoneyField, UploadField
from asv_platform.common.glossary import ENTRIES
from asv_platform.common.icons import UnknownIcon, icon_svg
from asv_platform.common.jobs import LEASE
from asv_platform.common.middleware import MaintenanceMiddleware
from asv_platform.common.styleguide import styleguide_context
from asv_platform.common.widgets import MultiList

OURS = ("components", "forms", "layout", "common", "pages")
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


class ExampleForm(forms.Form):
    title = forms.CharField(label="Titre", help_text="Celui de la convention.", max_length=80)
    story = forms.CharField(label="Récit", widget=forms.Textarea, max_length=600)
    requested = MoneyField(label="Montant")
    publics = forms.MultipleChoiceField(label="Publics", widget=MultiList, choices=[("1", "Femmes"), ("2", "Jeunes")])
    statutes = UploadField(label="Statuts", required=False)
    agreed = forms.BooleanField(label="Lu", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    fieldsets = [("Le projet", ["title", ("story", "requested")])]


@pytest.mark.parametrize("name", sorted(str(path.relative_to(TEMPLATES)) for folder in OURS
                                        for path in (TEMPLATES / folder).rglob("*.html")))  # fmt: skip
def test_template_compiles_and_stays_short(name):
    template = get_template(name)

    assert len(template.template.source.splitlines()) <= 120
    assert "<script>" not in template.template.source
    assert "style=" not in template.template.source


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('{% state label="Adoptée" colour="red" %}', "inconnue"),
        ('{% notice tone="good" texte="x" %}', "inconnue"),
        ("{% state %}", "manquante"),
        ('{% state "Adoptée" %}', "prop=valeur"),
    ],
)
def test_component_refuses_a_wrong_prop_when_compiled(source, reason):
    with pytest.raises(TemplateSyntaxError, match=reason):
        Template(source)


@pytest.mark.parametrize("source", ['{% state label="x" tone="rouge" %}', '{% icon "licorne" %}'])
def test_component_refuses_an_unknown_tone_or_icon(source):
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_icon_stays_inside_its_folder():
    with pytest.raises(UnknownIcon):
        icon_svg("../favicon")


def test_component_escapes_what_people_wrote():
    html = render("{% notice text=text %}{% state label=text %}", text="<b>bon</b>")

    assert "<b>bon" not in html
    assert "&lt;b&gt;bon" in html


def test_component_does_not_see_the_page_context():
    assert "secret" not in render('{% notice text="x" %}', title="secret")


def test_every_icon_can_be_drawn():
    for path in (TEMPLATES.parent / "static" / "icons").glob("*.svg"):
        assert icon_svg(path.stem).endswith("</svg>")


def test_field_is_labelled_and_described():
    form = ExampleForm({"title": "", "requested": "cent"})

    html = form["title"].as_field_group()

    assert '<label for="id_title">Titre' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("id_title_error") < html.index("<input")
    assert 'class="form-control"' in html


def test_field_says_what_is_optional_and_never_what_is_required():
    form = ExampleForm()

    assert "(facultatif)" in form["statutes"].as_field_group()
    assert "facultatif" not in form["title"].as_field_group()
    assert "facultatif" not in form["agreed"].as_field_group()


def test_long_text_is_counted_and_never_cut_by_the_browser():
    html = ExampleForm()["story"].as_field_group()

    assert "maxlength" not in html
    assert 'data-limit="600"' in html
    assert "600 caractères au plus" in html
    assert "id_story_count" in html


def test_pasted_line_is_never_cut_by_the_browser():
    class Words(forms.Form):
        title = forms.CharField(max_length=200)

    assert "maxlength" not in str(Words()["title"])


def test_money_field_shows_its_unit():
    assert '<div class="money"><input' in ExampleForm()["requested"].as_field_group()


def test_group_is_a_fieldset_with_a_legend():
    html = ExampleForm()["publics"].as_field_group()

    assert '<fieldset class="field" id="id_publics"' in html
    assert "<legend>Publics" in html
    assert html.count('class="form-check-input"') == 2
    assert '<label class="form-check-label" for="id_publics_0">Femmes</label>' in html


def test_file_field_tells_its_rules():
    html = ExampleForm()["statutes"].as_field_group()

    assert "10\u00a0Mo au plus" in html
    assert 'aria-describedby="id_statutes_rules"' in html


def test_form_keeps_the_fields_that_its_fieldsets_forget():
    html = str(ExampleForm())

    for name in ExampleForm.base_fields:
        assert html.count(f'name="{name}"') >= 1
    assert "Le projet</legend>" in html


def test_error_summary_leads_to_each_field():
    form = ExampleForm({"title": "", "story": "x", "requested": "10", "publics": []})
    form.add_error(None, "Le total ne convient pas.")

    html = render("{% error_summary form=form %}", form=form)

    assert "3 réponses à corriger" in html.replace("\u00a0", " ")
    assert '<a href="#id_title">Titre : ' in html
    assert '<a href="#id_publics">Publics : ' in html
    assert "<li>Le total ne convient pas.</li>" in html


def test_error_summary_is_silent_without_errors():
    assert render("{% error_summary form=form %}", form=ExampleForm()).strip() == ""


def test_table_cell_without_value_is_left_out_on_a_phone():
    cell = Item(kind="money", text=None, label="Demandé", sub="", url="", tone="")

    assert "data-label" not in render("{% data_cell cell=cell %}", cell=cell)
    cell.text = 0
    assert 'data-label="Demandé"' in render("{% data_cell cell=cell %}", cell=cell)


def test_table_has_the_roles_that_stacking_takes_away():
    context = styleguide_context()

    html = render('{% data_table columns=c rows=r caption="Liste" %}', c=context["columns"], r=context["rows"])

    assert 'aria-sort="descending"' in html
    assert html.count('role="row"') == 4
    assert html.count('role="columnheader"') == 5


def test_thread_shows_what_is_missing_and_what_to_do():
    knot = Item(kind="Parole", state="missing", label="Aucune parole", action_label="Relier", action_url="/x/")

    html = render('{% thread_chain knots=knots label="Fil" %}', knots=[knot])

    assert "knot-missing" in html
    assert '<a class="d-block" href="/x/">Relier</a>' in html


def test_work_in_progress_says_how_long_an_interruption_lasts():
    job = Item(state="running", label="Mise en page", percent=40)

    assert "en dix minutes au plus" in render('{% job_progress job=job title="Aperçu" url="/x/" %}', job=job)
    assert dt.timedelta(minutes=10) == LEASE


@pytest.fixture
def visitor(rf):
    request = rf.get("/styleguide/")
    request.user = AnonymousUser()
    request.asv = None
    request.session = {}
    return request


def test_styleguide_shows_every_component(visitor):
    html = pages.styleguide(visitor).content.decode()

    for mark in ("thread chain", "error-summary", "grid-t", "ledger", "timeline", "pager", "multi-list", "tally"):
        assert mark in html


def test_styleguide_is_closed_to_the_public(visitor, settings):
    settings.STYLEGUIDE = False

    with pytest.raises(Http404):
        pages.styleguide(visitor)


@pytest.mark.parametrize("view", [pages.accessibility, pages.legal, pages.privacy, pages.glossary])
def test_public_page_answers_without_a_database(visitor, view):
    assert view(visitor).status_code == 200


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (error_views.bad_request, 400),
        (error_views.permission_denied, 403),
        (error_views.csrf_failure, 403),
        (error_views.not_found, 404),
        (error_views.too_many_requests, 429),
        (error_views.server_error, 500),
        (error_views.maintenance, 503),
    ],
)
def test_error_page_needs_no_database(view, status):
    # No django_db mark: a query here would fail the test.
    response = view(RequestFactory().get("/"))

    assert response.status_code == status
    assert f"P-{status}-" in response.content.decode()
    assert ("Retry-After" in response) is (status in {429, 503})


def test_maintenance_closes_all_but_static_files(rf, settings):
    settings.MAINTENANCE = True
    middleware = MaintenanceMiddleware(lambda request: "open")

    assert middleware(rf.get("/")).status_code == 503
    assert middleware(rf.get("/static/css/base.css")) == "open"
    settings.MAINTENANCE = False
    assert middleware(rf.get("/")) == "open"


def test_glossary_is_in_alphabetical_order():
    terms = [
        unicodedata.normalize("NFD", entry.term).encode("ascii", "ignore").decode().casefold() for entry in ENTRIES
    ]

    assert terms == sorted(terms)
    assert {"qpv", "cls", "epci", "copil"} <= set(terms)
