"""The decisions of the funders: each on its own day, never final by surprise, corrected afterwards."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import PartnerAccess
from asv_platform.audit.models import AuditEntry
from asv_platform.common.errors import DomainError
from asv_platform.notifications.models import Message
from programmation.models import Action, Decision
from programmation.selectors import FunderChoice
from programmation.services import correct_decisions, record_decisions
from tests.factories.programmation import EnvelopeFactory

MARCH, APRIL = dt.date(2026, 3, 24), dt.date(2026, 4, 2)


@pytest.fixture
def url(deliberated):
    return reverse("programmation:proposal_decide", kwargs={"asv": deliberated.asv.slug, "pk": deliberated.pk})


@pytest.fixture
def accepted(in_asv, deliberated, alice, state, town):
    """Both funders gave what was asked of them, on the same day."""
    choices = [FunderChoice(state, "accepted", Decimal(3000)), FunderChoice(town, "accepted", Decimal(2000))]
    return record_decisions(proposal=deliberated, by=alice, decided_on=MARCH, committee="COPIL", choices=choices)


def typed(state=None, town=None, **other):
    sent = {"decided_on": "2026-03-24", "committee": "COPIL"}
    for funder, amount in ((state, "3000"), (town, "2000")):
        if funder:
            sent |= {f"outcome_{funder.pk}": "accepted", f"amount_{funder.pk}": amount}
    return sent | other


def text_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_recording_one_funder_leaves_the_day_of_the_others(client, alice, in_asv, deliberated, state, town, url):
    first = FunderChoice(state, "accepted", Decimal(2500), decided_on=MARCH, committee="Comité régional")
    record_decisions(proposal=deliberated, by=alice, decided_on=MARCH, committee="", choices=[first])
    client.force_login(alice)
    form = client.get(url).context["form"]
    shown = {name: form[name].initial for name in form.fields if form[name].initial}

    sent = shown | {"decided_on": "2026-04-02", "committee": "COPIL", "is_sure": "on"}
    answer = client.post(url, sent | {f"outcome_{town.pk}": "accepted", f"amount_{town.pk}": "2000"})

    assert answer.status_code == 302
    days = {row.funder: (row.decided_on, row.committee) for row in Decision.objects.all()}
    assert days == {state: (MARCH, "Comité régional"), town: (APRIL, "COPIL")}
    assert AuditEntry.objects.filter(event="decision.changed").count() == 0


def test_decisions_are_in_the_history_of_the_file_and_in_the_journal(client, alice, accepted, state):
    client.force_login(alice)
    page = reverse("programmation:proposal_history", kwargs={"asv": accepted.asv.slug, "pk": accepted.pk})

    shown = text_of(client.get(page))

    assert f"Décision de « {state} » enregistrée par" in shown
    assert "Accord, 3 000 €, le 24 mars 2026, COPIL" in shown
    entry = AuditEntry.objects.filter(event="decision.recorded").earliest("pk")
    assert entry.subject_label == f"{state} : Accord, 3\u00a0000\u00a0€ ({accepted.reference})"


def test_form_proposes_today_and_refuses_the_future_and_days_before_the_filing(
    client, alice, in_asv, deliberated, state, url
):
    client.force_login(alice)
    deliberated.call.programme.committee_on = timezone.localdate() + dt.timedelta(days=80)
    deliberated.call.programme.save()
    initial = client.get(url).context["form"]["decided_on"].initial
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    future = client.post(url, typed(state, decided_on=tomorrow.isoformat()))
    before = client.post(url, typed(state, decided_on="1999-01-01"))

    assert initial == timezone.localdate()
    assert "Cette date est dans le futur" in text_of(future)
    assert "la décision ne peut pas précéder le dépôt, le 15 janvier 2026" in text_of(before)
    assert not Decision.objects.exists()


def test_final_decision_is_told_before_it_is_recorded(client, alice, in_asv, deliberated, state, town, url):
    client.force_login(alice)

    asked = client.post(url, typed(state, town))
    nothing_yet = not Decision.objects.exists()
    done = client.post(url, typed(state, town, is_sure="on"))

    shown = text_of(asked)
    assert asked.status_code == 422
    assert nothing_yet
    assert f"{state} : accord, 3 000 € sur 3 000 € demandés, le 24 mars 2026." in shown
    assert "La proposition est acceptée, pour 5 000 € en tout, et son action est inscrite au programme." in shown
    assert done.status_code == 302
    assert Action.objects.count() == 1


def test_more_than_asked_or_than_the_envelope_is_said_once(
    client, alice, in_asv, programme, deliberated, state, town, url
):
    EnvelopeFactory(programme=programme, funder=town, amount=Decimal(2200))
    client.force_login(alice)
    shown = text_of(client.get(url))

    asked = client.post(url, typed(town=town, **{f"amount_{town.pk}": "2500"}))
    done = client.post(url, typed(town=town, is_sure="on", **{f"amount_{town.pk}": "2500"}), follow=True)

    assert "Il reste 2 200 € dans son enveloppe." in shown
    assert f"Attention, {town} accorde plus que demandé : 2 500 € sur 2 000 € demandés." in text_of(asked)
    assert f"Attention, {town} accorde 2 500 €, et il reste 2 200 € dans son enveloppe." in text_of(asked)
    assert f"Réponse attendue : {state}." in text_of(done)


def test_accepted_proposal_has_its_decisions_corrected(client, alice, accepted, state, town, url):
    client.force_login(alice)
    detail = reverse("programmation:proposal_detail", kwargs={"asv": accepted.asv.slug, "pk": accepted.pk})
    offered = "Corriger les décisions" in text_of(client.get(detail))
    form = client.get(url).context["form"]
    shown = {name: form[name].initial for name in form.fields if form[name].initial}

    sent = shown | {f"amount_{state.pk}": "2 500", f"decided_on_{town.pk}": "2026-04-02", "is_sure": "on"}
    answer = client.post(url, sent)

    assert offered
    assert answer.status_code == 302
    rows = {row.funder: (row.amount, row.decided_on) for row in Decision.objects.all()}
    assert rows == {state: (Decimal(2500), MARCH), town: (Decimal(2000), APRIL)}
    assert Action.objects.count() == 1
    mail = Message.objects.get(subject__startswith="Décision corrigée")
    assert "ce courriel remplace le précédent" in mail.body


def test_correction_leaves_one_grant_at_least(accepted, alice, state, town):
    none = [FunderChoice(row, "refused", motive="Erreur.", decided_on=APRIL) for row in (state, town)]

    with pytest.raises(DomainError, match="annulez l’action"):
        correct_decisions(proposal=accepted, by=alice, choices=none)


def test_form_of_a_proposal_that_is_not_before_the_committee_leads_back_to_it(client, alice, deliberated, url):
    type(deliberated)._base_manager.update(state="under_review")
    client.force_login(alice)

    answer = client.get(url, follow=True)

    assert answer.redirect_chain
    assert "n’est pas en délibération" in text_of(answer)


@pytest.mark.parametrize("reached", [True, False])
def test_partner_is_said_to_be_told_only_when_somebody_can_read(
    client, alice, in_asv, deliberated, state, town, url, marmite, reached
):
    if not reached:
        PartnerAccess.objects.filter(organisation=marmite).delete()
    client.force_login(alice)

    before = text_of(client.post(url, typed(state, town)))
    after = text_of(client.post(url, typed(state, town, is_sure="on"), follow=True))

    assert ("Le porteur l’apprend par courriel." in before) is reached
    assert ("Le porteur en est informé par courriel." in after) is reached
    assert ("n’a aucun accès à la plateforme : prévenez-la vous-même." in before) is not reached
    access = reverse("actors:partner_access_create", kwargs={"asv": marmite.asv.slug, "pk": marmite.pk})
    assert (f'href="{access}"' in after) is not reached
    assert Message.objects.exists() is reached


def test_check_is_ticked_by_nobody_else(client, alice, in_asv, deliberated):
    type(deliberated)._base_manager.update(state="incomplete")
    client.force_login(alice)
    page = reverse("programmation:proposal_check", kwargs={"asv": deliberated.asv.slug, "pk": deliberated.pk})

    form = client.get(page).context["form"]
    answer = client.post(page, {"outcome": "admissible"})

    assert not any(form[name].initial for name in form.fields)
    assert [value for value, _ in form.fields["outcome"].choices] == ["admissible", "inadmissible"]
    assert "Répondez à ce point." in text_of(answer)
