"""Every page of the site, on a desk and on a phone: it answers, fits the width, and axe finds nothing in it.

The addresses come from the resolver, so that a new page is looked at the day it is written. axe, the slow
part, looks once at each template and width; the width, the heading and the status are looked at everywhere.
"""

import dataclasses
import re
from dataclasses import dataclass

import pytest
from django.db.models.fields import BLANK_CHOICE_DASH
from django.urls import reverse

from asv_platform.accounts.enums import Role
from asv_platform.territories.scoping import every_asv
from tests.factories.platform import MembershipFactory
from tests.harness.browser import DESKTOP, PHONE, assert_fits_width, assert_no_axe_violations, screenshot
from tests.harness.samples import populate
from tests.harness.urls import Address, addresses, paths_of, share

SLUG = "le-blanc-mesnil-dugny"
# Answers that are no page for people: files, probes, redirections, and the administration, which is Django's own.
NOT_PAGES = re.compile(
    r"^(admin|operations:(live|ready)|.*(_download|_preview|edition_file|mail_attachment)|reading:pdf|proconnect.*|"
    r"mfa_login_webauthn|account_export|account_logout|mfa_download.*|public:logo|.*:logo)$|^$"
)
# Who looks, in how many tests their walk is done, and the fewest pages that open in each: (who, number, of, fewest).
WALKS = [*(("coordinator", number, 4, 35) for number in range(4)), ("partner", 0, 1, 20), ("anonymous", 0, 1, 20)]
BLANK_SHARES = 2
# A page fits in these widths too: a small laptop, a tablet, and the narrowest screen (RGAA 4.1, criterion 10.11).
BETWEEN = (1024, 600, 320)


@pytest.fixture
def samples(blanc_mesnil, _reference_data):
    return populate(blanc_mesnil)


@pytest.fixture
def people(samples, blanc_mesnil):
    partner = next(row for model, row in samples.items() if model.__name__ == "PartnerAccess").user
    coordinator = MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR).user
    return {"anonymous": None, "coordinator": coordinator, "partner": partner}


@dataclass(frozen=True)
class Stop:
    """A page to look at, and the template that draws it."""

    name: str
    path: str
    template: str


def stop_at(client, name: str, path: str) -> Stop | None:
    """The page at ``path`` when it opens."""
    response = client.get(path)
    html = "text/html" in response.headers.get("Content-Type", "")
    if response.status_code != 200 or not html or response.streaming:
        return None
    return Stop(name, path, response.templates[0].name)


def pages(client, walked: list[Address], samples, user) -> list[Stop]:
    """What opens for ``user``: one path a name."""
    if user:
        client.force_login(user)
    found: dict[str, Stop] = {}
    for address in walked:
        if address.route.startswith("admin") or NOT_PAGES.match(address.name) or address.name in found:
            continue
        stops = (stop_at(client, address.name, path) for path in paths_of(address, samples)[:8])
        if stop := next(filter(None, stops), None):
            found[stop.name] = stop
    return list(found.values())


def look(page, stop: Stop, prefix: str) -> None:
    """Open a page once: it fits at every width, and reads on a desk and on a phone."""
    page.set_viewport_size(DESKTOP)
    response = page.goto(stop.path, wait_until="domcontentloaded")
    assert response.status == 200, f"{stop.path}: {response.status}"
    assert page.locator("h1").count() == 1, f"{stop.path}: {page.locator('h1').count()} headings of level 1"
    assert BLANK_CHOICE_DASH[0][1] not in page.content(), f"{stop.path}: names a choice with dashes"
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits_width(page)
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        assert_fits_width(page)
        if (stop.template, viewport["width"]) not in SEEN:
            SEEN.add((stop.template, viewport["width"]))
            assert_no_axe_violations(page)
            screenshot(page, f"{prefix} {stop.name}")


def visit(page, stops: list[Stop], prefix: str) -> list[str]:
    """Look at each page; what is wrong, all at once."""
    faults = []
    for stop in stops:
        try:
            look(page, stop, prefix)
        except AssertionError as fault:
            faults.append(f"{stop.name}: {fault}")
    return faults


# (template, width): what axe has already read.
SEEN: set[tuple[str, int]] = set()


@pytest.mark.walk
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("who", "number", "of", "fewest"), WALKS)
def test_page_fits_and_reads_for(page, log_in, client, samples, people, who, number, of, fewest):
    opened = pages(client, share(number, of), samples, people[who])
    if people[who]:
        log_in(page, people[who])

    faults = visit(page, opened, who)

    assert len(opened) >= fewest, opened
    assert not faults, "\n".join(faults)


@pytest.mark.walk
@pytest.mark.ignore_template_errors
def test_empty_asv_fits_and_teaches(page, log_in, client, alice):
    """An ASV the day it opens: no row of any kind, no page that fails."""
    client.force_login(alice)
    stops = [
        stop_at(client, address.name, reverse(address.name, kwargs={"asv": SLUG}))
        for address in addresses()
        if address.kwargs == ("asv",) and not NOT_PAGES.match(address.name) and not address.route.startswith("admin")
    ]
    opened = [dataclasses.replace(stop, template=f"vide {stop.template}") for stop in stops if stop]
    log_in(page, alice)

    faults = visit(page, opened, "vide")

    assert len(opened) >= 30
    assert not faults, "\n".join(faults)


@pytest.mark.walk
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("number", range(BLANK_SHARES))
def test_form_sent_blank_says_what_to_do(page, log_in, client, samples, people, number):
    """Every form of the coordinator, sent without a word: the refusal is a page too."""
    coordinator = people["coordinator"]
    opened = pages(client, share(number, BLANK_SHARES), samples, coordinator)
    forms = [stop for stop in opened if refuses(client, stop.path)]
    log_in(page, coordinator)
    # The guard of unsaved forms asks before leaving: the next form comes all the same.
    page.on("dialog", lambda dialog: dialog.accept())

    faults, checked = [], 0
    for stop in forms:
        try:
            page.goto(stop.path, wait_until="domcontentloaded")
            if not page.locator("main form[method=post]").count():
                # Nothing to send from here: the page already says what is missing.
                continue
            status = blank_and_send(page)
            if status == 200:
                # In a browser this form has nothing to refuse: its lists always hold a choice.
                continue
            assert status == 422, f"{stop.path}: {status}"
            checked += 1
            assert page.locator("[role=alert], .summary, .notice-bad").count(), f"{stop.path}: no summary of the errors"
            assert page.title().startswith("Erreur"), f"{stop.path}: the title is {page.title()}"
            assert_fits_width(page)
            if (f"erreur {stop.template}", 1280) not in SEEN:
                SEEN.add((f"erreur {stop.template}", 1280))
                assert_no_axe_violations(page)
                screenshot(page, f"erreur {stop.name}")
        except AssertionError as fault:
            faults.append(f"{stop.name}: {fault}")

    assert checked >= 7, checked
    assert not faults, "\n".join(faults)


def refuses(client, path: str) -> bool:
    """Whether the page answers a blank form by its errors."""
    with every_asv(reason="looking for forms"):
        return client.post(path, {}).status_code == 422


def blank_and_send(page) -> int:
    """Empty the form of the page and send it; the status of the answer."""
    with page.expect_navigation(wait_until="domcontentloaded") as answer:
        page.evaluate(
            """() => {
                const form = [...document.querySelectorAll('main form[method=post]')].at(-1);
                for (const field of form.elements) {
                    if (field.type === 'hidden' || field.type === 'submit' || field.tagName === 'BUTTON') continue;
                    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
                    else if (field.tagName === 'SELECT') field.selectedIndex = -1;
                    else field.value = '';
                }
                form.requestSubmit();
            }"""
        )
    return answer.value.status
