"""The pages of members and the reader's page, each reader answered as they should be."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.reporting import links
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Delivery, Edition, Recipient
from asv_platform.reporting.services import revise_edition
from asv_platform.territories.scoping import asv_scope, every_asv
from tests.factories.diagnostics import DiagnosticFactory, PriorityFactory
from tests.factories.programmation import ProgrammeFactory
from tests.factories.reporting import DeliveryFactory, EditionFactory, RecipientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(blanc_mesnil, alice):
    return EditionFactory(asv=blanc_mesnil, author=alice, previewed=True)


@pytest.fixture
def delivery(blanc_mesnil, alice):
    return DeliveryFactory(asv=blanc_mesnil, edition=EditionFactory(asv=blanc_mesnil, author=alice, issued=True))


def at(asv, name, **kwargs):
    return reverse(f"reporting:{name}", kwargs={"asv": asv.slug, **kwargs})


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("bob", 403), ("dora", 403), ("charlie", 404)])
def test_issue_answers_each_reader(client, request, blanc_mesnil, draft, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.post(at(blanc_mesnil, "edition_issue", pk=draft.pk))

    assert response.status_code == status
    with every_asv(reason="check"):
        draft.refresh_from_db()
    assert draft.state == (EditionState.BUILDING if who == "alice" else EditionState.DRAFT)


def test_issuing_refuses_a_draft_that_changed_since_it_was_read(client, alice, dora, blanc_mesnil, draft):
    client.force_login(alice)
    url = at(blanc_mesnil, "edition_issue", pk=draft.pk)
    read = {"_version": str(draft.version)}
    assert f'name="_version" value="{draft.version}"' in client.get(url).content.decode()
    with asv_scope(blanc_mesnil.pk):
        changed = revise_edition(edition=draft, by=dora, headline="Jamais relu")
        changed.preview = draft.preview.name
        changed.save()

    answers = [client.post(url, read) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "relisez l’aperçu" in answers[0].content.decode()
    assert f'name="_version" value="{draft.version}"' in answers[0].content.decode()
    with every_asv(reason="check"):
        draft.refresh_from_db()
    assert draft.state == EditionState.DRAFT


def test_prepare_page_makes_a_draft_with_its_decisions(client, alice, blanc_mesnil):
    client.force_login(alice)
    data = {"year": "2025", "headline": "Des soins plus proches", "decision_1_what": "Financer deux postes"}

    response = client.post(at(blanc_mesnil, "edition_prepare_note"), data)

    with every_asv(reason="check"):
        edition = Edition.objects.get()
    assert response.headers["Location"] == at(blanc_mesnil, "edition_detail", pk=edition.pk)
    assert edition.decisions == [{"what": "Financer deux postes", "who": "", "before": None}]


@pytest.fixture
def priority_without_action(blanc_mesnil):
    """A year that asks for a decision, before a committee to come."""
    with every_asv(reason="rows"):
        diagnostic = DiagnosticFactory(asv=blanc_mesnil, year=2020)
        PriorityFactory(asv=blanc_mesnil, diagnostic=diagnostic, title="Rompre l’isolement")
        ProgrammeFactory(asv=blanc_mesnil, year=2021)
        ProgrammeFactory(asv=blanc_mesnil, year=2031, committee_on=dt.date(2031, 2, 12))


def shown_values(response) -> dict:
    """What the form of a page would send as it stands."""
    form = response.context["form"]
    return {name: field.widget.format_value(form[name].value()) or "" for name, field in form.fields.items()}


def test_decisions_of_another_year_are_shown_before_anything_is_made(
    client, alice, blanc_mesnil, priority_without_action
):
    client.force_login(alice)
    url = at(blanc_mesnil, "edition_prepare_note")
    proposed = shown_values(client.get(url)) | {"year": "2021", "headline": "Des soins plus proches"}

    shown = client.post(url, proposed)
    again = shown_values(shown)
    with every_asv(reason="check"):
        made_at_once = Edition.objects.exists()
    client.post(url, again)

    assert (shown.status_code, made_at_once) == (200, False)
    assert "données de 2021" in shown.content.decode()
    # The device offers nothing back: what it kept are the decisions of the other year.
    assert "data-received" in shown.content.decode()
    with every_asv(reason="check"):
        edition = Edition.objects.get()
    [decision] = edition.decisions
    assert (edition.year, edition.headline) == (2021, "Des soins plus proches")
    assert "Rompre l’isolement" in decision["what"]
    assert decision["before"] == "2031-02-12"


def test_decisions_left_as_proposed_do_not_follow_to_another_year(client, alice, blanc_mesnil, priority_without_action):
    client.force_login(alice)
    url = at(blanc_mesnil, "edition_prepare_note")
    proposed = shown_values(client.post(url, {"year": "2021", "proposed_for": "2020"}))
    proposed |= {"year": "2019", "decision_2_what": "Financer deux postes"}

    shown = shown_values(client.post(url, proposed))

    assert (shown["decision_1_what"], shown["decision_2_what"]) == ("", "Financer deux postes")


def test_same_decisions_for_another_year_are_not_asked_about_again(client, alice, blanc_mesnil):
    client.force_login(alice)
    url = at(blanc_mesnil, "edition_prepare_note")

    response = client.post(url, shown_values(client.get(url)) | {"year": "2019"})

    assert response.status_code == 302


def test_prepare_page_shows_the_errors(client, alice, blanc_mesnil):
    client.force_login(alice)
    data = {"year": "deux mille", "decision_1_who": "Le maire", "chapters": ["essentials"]}

    response = client.post(at(blanc_mesnil, "edition_prepare_report"), data)

    assert response.status_code == 422
    assert "Écrivez une année, par exemple 2025." in response.content.decode()
    assert "Dites ce qui est à décider" in response.content.decode()


@pytest.mark.parametrize("name", ["edition_list", "recipient_list", "recipient_create", "edition_prepare_report"])
def test_page_without_row_opens(client, alice, blanc_mesnil, delivery, name):
    client.force_login(alice)

    assert client.get(at(blanc_mesnil, name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["edition_detail", "edition_revise", "edition_refresh", "edition_issue", "edition_discard", "edition_preview"],
)
def test_page_of_a_draft_opens(client, alice, blanc_mesnil, draft, name):
    client.force_login(alice)

    response = client.get(at(blanc_mesnil, name, pk=draft.pk))

    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize("name", ["edition_detail", "edition_withdraw", "edition_send", "edition_file"])
def test_page_of_an_issued_edition_opens(client, alice, blanc_mesnil, delivery, name):
    client.force_login(alice)

    response = client.get(at(blanc_mesnil, name, pk=delivery.edition_id))

    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_detail_costs_the_same_whatever_the_deliveries(
    client, alice, blanc_mesnil, delivery, django_assert_max_num_queries, count
):
    with every_asv(reason="rows"):
        for _ in range(count - 1):
            DeliveryFactory(asv=blanc_mesnil, edition=delivery.edition)
    client.force_login(alice)

    with django_assert_max_num_queries(12):
        client.get(at(blanc_mesnil, "edition_detail", pk=delivery.edition_id))


def test_recipient_is_added_changed_and_taken_off(client, alice, blanc_mesnil):
    client.force_login(alice)
    data = {"name": "Hélène Marchetti", "function": "adjointe", "kind": "elected", "email": "h@exemple.fr"}

    client.post(at(blanc_mesnil, "recipient_create"), data | {"is_active": "on"})
    twice = client.post(at(blanc_mesnil, "recipient_create"), data | {"is_active": "on"})
    with every_asv(reason="check"):
        recipient = Recipient.objects.get()
    client.post(at(blanc_mesnil, "recipient_edit", pk=recipient.pk), data | {"_version": recipient.version})
    client.post(at(blanc_mesnil, "recipient_archive", pk=recipient.pk))

    assert twice.status_code == 422
    with every_asv(reason="check"):
        recipient.refresh_from_db()
    assert (recipient.is_active, recipient.archived_at is not None) == (False, True)


def test_edition_is_sent_from_its_page(client, alice, blanc_mesnil, delivery):
    with every_asv(reason="rows"):
        recipient = RecipientFactory(asv=blanc_mesnil)
    client.force_login(alice)

    client.post(
        at(blanc_mesnil, "edition_send", pk=delivery.edition_id), {"recipients": [recipient.pk], "channel": "link"}
    )

    with every_asv(reason="check"):
        assert Delivery.objects.filter(recipient=recipient).count() == 1


def test_link_shows_then_records_then_streams(client, delivery):
    url = reverse("reading:read", kwargs={"token": links.token_for(delivery)})
    pdf = reverse("reading:pdf", kwargs={"token": links.token_for(delivery)})

    shown, scanned = client.get(url), client.get(pdf)
    with every_asv(reason="check"):
        before = Delivery.objects.get(pk=delivery.pk).open_count
    answer = client.post(url)

    assert (shown.status_code, scanned.status_code, answer.headers["Location"]) == (200, 200, pdf)
    assert shown.headers["X-Robots-Tag"].startswith("noindex")
    assert b"".join(scanned.streaming_content).startswith(b"%PDF")
    assert f'filename="rapport-annuel-{delivery.edition.year}-edition-' in scanned.headers["Content-Disposition"]
    with every_asv(reason="check"):
        assert (before, Delivery.objects.get(pk=delivery.pk).open_count) == (0, 1)


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - dt.timedelta(1)}])
def test_closed_link_opens_nothing_and_says_why(client, delivery, change):
    with every_asv(reason="close"):
        Delivery.objects.filter(pk=delivery.pk).update(**change)
    token = links.token_for(delivery)

    answers = [client.get(reverse(f"reading:{name}", kwargs={"token": token})) for name in ("read", "pdf")]
    answers.append(client.post(reverse("reading:read", kwargs={"token": token})))

    assert [answer.status_code for answer in answers] == [410, 410, 410]


@pytest.mark.parametrize("token", ["x-y-z", "bm90LWpzb24.abc", ""])
def test_forged_link_is_unknown(client, delivery, token):
    forged = token or links.token_for(delivery)[:-2] + "AA"

    assert client.get(reverse("reading:read", kwargs={"token": forged})).status_code == 404


def test_link_of_another_key_is_unknown(client, delivery):
    token = links.token_for(delivery)
    with every_asv(reason="another key"):
        Delivery.objects.filter(pk=delivery.pk).update(link_key="autre")

    assert client.get(reverse("reading:read", kwargs={"token": token})).status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_histories_of_editions_and_recipients_are_one_link_away(client, request, blanc_mesnil, draft, who):
    with every_asv(reason="a change"):
        recipient = RecipientFactory(asv=blanc_mesnil)
        recipient.function, draft.decisions = "Maire", [{"what": "Financer le bus", "who": "Ville", "before": None}]
        recipient.save()
        draft.save()
    user = request.getfixturevalue(who)
    client.force_login(user)
    edition_history = at(blanc_mesnil, "edition_history", pk=draft.pk)
    recipient_history = at(blanc_mesnil, "recipient_history", pk=recipient.pk)
    pages = {
        edition_history: at(blanc_mesnil, "edition_detail", pk=draft.pk),
        recipient_history: at(blanc_mesnil, "recipient_list")
        if who == "bob"
        else at(blanc_mesnil, "recipient_edit", pk=recipient.pk),
    }

    assert all(history in client.get(page).text for history, page in pages.items())
    [change] = client.get(edition_history).context["entries"][0].changes
    # The base keeps the parts of a decision in its own order.
    assert sorted(change.after.split(", ")) == ["Financer le bus", "Ville"]
    assert "Maire" in client.get(recipient_history).text
