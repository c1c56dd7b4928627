"""The steps of a proposal: what is typed is saved, or the page says that it is not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from programmation.models import Proposal
from tests.factories.programmation import ProposalFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
HIDDEN = re.compile(r'name="(_token|_page)"[^>]*value="([^"]+)"')


@pytest.fixture
def draft(call, marmite, fatou):
    return ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou, title="Brouillon")


@pytest.fixture
def url(draft):
    return reverse("partner:step_projet", kwargs={"pk": draft.pk})


@pytest.fixture
def logged(client, fatou):
    client.force_login(fatou)
    return client


@pytest.fixture
def colleague(edith):
    """The browser of somebody else who writes the same proposal."""
    browser = Client()
    browser.force_login(edith)
    return browser


def opened(client, url) -> dict:
    """The hidden fields of a step opened now."""
    return dict(HIDDEN.findall(client.get(url).text))


def autosave(client, url, data):
    return client.post(url, data | {"_auto": "1"}, headers=SCRIPT)


def stored(draft) -> Proposal:
    return Proposal._base_manager.get(pk=draft.pk)


def test_step_kept_after_the_session_does_not_hide_what_a_colleague_wrote(logged, colleague, fatou, draft, url):
    typed = opened(logged, url) | {"title": "De moi"}
    del logged.cookies["sessionid"]
    logged.post(url, typed)
    colleague.post(url, opened(colleague, url) | {"title": "De l’autre"})
    logged.force_login(fatou)

    shown = logged.get(url).text
    answer = logged.post(url, typed | dict(HIDDEN.findall(shown)))

    assert "Votre saisie est conservée" in shown
    assert answer.status_code == 422
    assert stored(draft).title == "De l’autre"


def test_error_in_a_step_does_not_hide_what_a_colleague_wrote(logged, colleague, draft, url):
    typed = opened(logged, url) | {"title": "De moi"}
    colleague.post(url, opened(colleague, url) | {"title": "De l’autre"})
    refused = logged.post(url, typed | {"starts_on": "demain"})

    answer = logged.post(url, typed | dict(HIDDEN.findall(refused.text)))

    assert (refused.status_code, answer.status_code) == (422, 422)
    assert stored(draft).title == "De l’autre"


def test_script_of_an_expired_session_gets_no_page_and_the_form_is_kept(logged, fatou, draft, url):
    typed = opened(logged, url) | {"title": "Écrit trop tard"}
    del logged.cookies["sessionid"]

    answer = autosave(logged, url, typed)

    assert (answer.status_code, answer.content) == (401, b"")
    logged.force_login(fatou)
    assert "Écrit trop tard" in logged.get(url).text


def test_step_with_errors_does_not_say_that_it_is_saved(logged, url):
    refused = logged.post(url, opened(logged, url) | {"starts_on": "demain"})

    assert "enregistré à" in logged.get(url).text
    assert "enregistré à" not in refused.text


def test_answer_of_an_autosave_lost_on_the_way_is_no_conflict(logged, draft, url):
    typed = opened(logged, url)
    autosave(logged, url, typed | {"title": "Un début"})

    answer = logged.post(url, typed | {"title": "Un début, et la suite"})

    assert answer.status_code == 302
    assert stored(draft).title == "Un début, et la suite"


def test_autosave_of_one_page_does_not_hide_its_changes_from_another(logged, draft, url):
    first, second = opened(logged, url), opened(logged, url)
    autosave(logged, url, first | {"title": "Dans un onglet"})

    answer = logged.post(url, second | {"title": "Dans l’autre"})

    assert answer.status_code == 422
    assert stored(draft).title == "Dans un onglet"


def test_same_words_sent_twice_are_no_conflict(logged, draft, url):
    typed = opened(logged, url) | {"title": "Une fois"}

    answers = [logged.post(url, typed).status_code for _ in range(2)]

    assert answers == [302, 302]


def step(draft, name) -> str:
    return reverse(f"partner:step_{name}", kwargs={"pk": draft.pk})


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("structure", "staff_count"),
        ("structure", "volunteer_count"),
        ("structure", "member_count"),
        ("publics", "expected_people"),
        ("publics", "women_26-59"),
    ],
)
def test_figure_in_letters_is_sent_by_the_browser_and_refused(logged, draft, marmite, name, field):
    data = {"name": marmite.name, "kind": marmite.kind, field: "36 personnes"}

    answer = logged.post(step(draft, name), data)

    assert answer.status_code == 422
    assert "Écrivez un nombre entier" in answer.text
    assert 'value="36 personnes"' in answer.text
    assert 'type="number"' not in answer.text


def test_figures_take_the_spaces_of_thousands(logged, draft):
    logged.post(step(draft, "publics"), {"expected_people": "1 234", "women_26-59": "1 000", "men_26-59": "234"})

    assert stored(draft).expected_people == 1234
    assert [(row.women, row.men) for row in stored(draft).planned_publics(manager="_base_manager").all()] == [
        (1000, 234)
    ]


def indicator(index, **data) -> dict:
    return {f"ind_{index}_{name}": value for name, value in {"kind": "result", **data}.items()}


@pytest.mark.parametrize("said", [{"target": "40"}, {"baseline": "3"}, {"unit": "personnes"}, {"ratio": "on"}])
def test_indicator_without_a_name_is_not_dropped(logged, draft, said):
    answer = logged.post(step(draft, "evaluation"), {"rows": "1"} | indicator(0, name="", **said))

    assert answer.status_code == 422
    assert "Indicateur 1, nom" in answer.text
    assert "Donnez un nom à cet indicateur, ou retirez-le" in answer.text


def test_indicator_is_removed_by_its_own_button(logged, draft):
    rows = {"rows": "2"} | indicator(0, name="Premier") | indicator(1, name="Second", target="4")

    answer = logged.post(step(draft, "evaluation"), rows | {"go": "remove-0"})

    assert answer.url == f"{step(draft, 'evaluation')}#indicateurs"
    assert "Second" in logged.get(step(draft, "evaluation")).text
    assert "Premier" not in logged.get(step(draft, "evaluation")).text


def test_wrong_target_says_of_which_indicator(logged, draft):
    rows = {"rows": "2"} | indicator(0, name="Premier", target="40") | indicator(1, name="Second", target="beaucoup")

    assert "Indicateur 2, cible" in logged.post(step(draft, "evaluation"), rows).text
