"""The pages of the diagnostic, by those who write it, read it, and have nothing to do with it."""

import datetime as dt

import pytest
from django.urls import reverse

from actors.models import Term
from asv_platform.territories.scoping import asv_scope, every_asv
from diagnostics.enums import DiagnosticState
from diagnostics.models import Diagnostic, Evidence, Need, Priority, ThemeChapter, Voice
from tests.factories.diagnostics import (
    DiagnosticFactory,
    EvidenceFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    NeedFactory,
    PriorityFactory,
    ThemeChapterFactory,
    VoiceFactory,
)

pytestmark = pytest.mark.django_db
NIR = "1 84 12 76 451 089 46"


def url(name, **kwargs):
    return reverse(f"diagnostics:{name}", kwargs={"asv": "le-blanc-mesnil-dugny", **kwargs})


@pytest.fixture
def diagnostic(blanc_mesnil):
    return DiagnosticFactory(asv=blanc_mesnil, year=2025, title="Diagnostic partagé 2025")


@pytest.fixture
def need(blanc_mesnil, diagnostic):
    return NeedFactory(asv=blanc_mesnil, diagnostic=diagnostic, statement="Trouver un dentiste")


def make(factory, **fields):
    with every_asv(reason="rows of the test"):
        return factory(**fields)


def texts(response):
    return response.content.decode()


def theme():
    return Term.objects.get(kind="theme", code="sante-mentale").pk


def need_data(edition, /, **changes):
    data = {"diagnostic": edition.pk, "statement": "Trouver à qui parler", "theme": theme(), "severity": 3}
    return data | changes


# The life of an edition


def test_coordinator_creates_the_first_edition_with_a_chapter_by_theme(client, alice, blanc_mesnil):
    client.force_login(alice)

    response = client.post(url("diagnostic_create"), {"year": "2026", "title": "Diagnostic partagé 2026"}, follow=True)

    assert "Le diagnostic 2026 est créé." in texts(response)
    with asv_scope(blanc_mesnil.pk):
        assert ThemeChapter.objects.count() == 6


def test_new_edition_takes_over_chapters_and_needs_but_not_voices(client, alice, blanc_mesnil, diagnostic, need):
    make(ThemeChapterFactory, asv=blanc_mesnil, diagnostic=diagnostic, residents_say="On attend trop.")
    make(EvidenceFactory, asv=blanc_mesnil, need=need)
    make(VoiceFactory, asv=blanc_mesnil, diagnostic=diagnostic, need=need)
    client.force_login(alice)

    client.post(
        url("diagnostic_create"), {"year": "2026", "title": "Diagnostic partagé 2026", "previous": diagnostic.pk}
    )

    with asv_scope(blanc_mesnil.pk):
        edition = Diagnostic.objects.get(year=2026)
        taken = edition.needs.get()
        assert (taken.statement, taken.previous, taken.number) == (need.statement, need, need.number + 1)
        assert taken.evidences.count() == 1
        assert edition.voices.count() == 0
        assert edition.chapters.get(theme__code="acces-aux-soins").residents_say == "On attend trop."
    page = client.get(url("diagnostic_compare", pk=edition.pk))
    assert "Inchangé" in texts(page)


def test_same_year_twice_is_refused_and_nothing_typed_is_lost(client, alice, diagnostic):
    client.force_login(alice)

    response = client.post(url("diagnostic_create"), {"year": "2025", "title": "Un autre", "method": "Entretiens"})

    assert response.status_code == 422
    assert "Un diagnostic existe déjà pour cette année." in texts(response)
    assert "Entretiens" in texts(response)


def test_committee_validates_with_its_date_then_contents_are_closed(client, alice, blanc_mesnil, diagnostic, need):
    client.force_login(alice)
    client.post(url("diagnostic_consult", pk=diagnostic.pk))

    undated = client.post(url("diagnostic_validate", pk=diagnostic.pk), {"on": ""})
    future = client.post(url("diagnostic_validate", pk=diagnostic.pk), {"on": "2099-01-01"})
    client.post(url("diagnostic_validate", pk=diagnostic.pk), {"on": "14/11/2025"})

    assert undated.status_code == 422
    assert "La date du comité est dans le futur" in texts(future)
    with asv_scope(blanc_mesnil.pk):
        diagnostic.refresh_from_db()
    assert (diagnostic.state, diagnostic.validated_on) == (DiagnosticState.VALIDATED, dt.date(2025, 11, 14))
    refused = client.post(url("need_edit", pk=need.pk), need_data(diagnostic, _version=need.version))
    assert refused.status_code == 422
    assert "n’est plus ouvert" in texts(refused)
    assert "Modifier le besoin" not in texts(client.get(url("need_detail", pk=need.pk)))


def test_move_from_a_state_that_changed_meanwhile_is_refused(client, alice, diagnostic):
    client.force_login(alice)

    response = client.post(url("diagnostic_close", pk=diagnostic.pk))

    assert response.status_code == 422
    assert "l’état a changé entre-temps" in texts(response)


def test_validated_diagnostic_cannot_be_archived(client, alice, blanc_mesnil):
    row = make(DiagnosticFactory, asv=blanc_mesnil, state=DiagnosticState.VALIDATED, validated_on=dt.date(2025, 1, 1))
    client.force_login(alice)

    response = client.post(url("diagnostic_archive", pk=row.pk))

    assert "il se clôt, il ne s’archive pas" in texts(response)


# What is written in it


def test_need_is_written_with_the_next_number(client, dora, blanc_mesnil, diagnostic, need):
    client.force_login(dora)
    places = [row.pk for row in blanc_mesnil.neighbourhoods.all()]

    response = client.post(url("need_create"), need_data(diagnostic, neighbourhoods=places[:1]), follow=True)

    with asv_scope(blanc_mesnil.pk):
        written = Need.objects.get(statement="Trouver à qui parler")
        assert [row.pk for row in written.neighbourhoods.all()] == places[:1]
    assert written.number == need.number + 1
    assert f"Le besoin n° {written.number} est écrit." in texts(response)


def test_voice_keeps_its_words_and_takes_the_theme_of_its_need(client, dora, blanc_mesnil, diagnostic, need):
    client.force_login(dora)
    words = "« Six mois », on m’a dit 🙁 <b>six</b> = trop"

    client.post(
        url("voice_create"),
        {"diagnostic": diagnostic.pk, "words": words, "kind": "residents", "mentions": 2, "need": need.pk},
    )

    with asv_scope(blanc_mesnil.pk):
        voice = Voice.objects.get()
    assert (voice.words, voice.need_id, voice.theme_id) == (words, need.pk, need.theme_id)
    page = texts(client.get(url("need_detail", pk=need.pk)))
    assert "&lt;b&gt;six&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("name", "field"), [("voice_create", "words"), ("need_create", "comment"), ("priority_create", "rationale")]
)
def test_social_security_number_is_refused(client, dora, diagnostic, name, field):
    client.force_login(dora)

    response = client.post(url(name), {"diagnostic": diagnostic.pk, field: f"Mon numéro : {NIR}"})

    assert response.status_code == 422
    assert "Retirez le numéro de sécurité sociale" in texts(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"statement": ""}, "obligatoire"),
        ({"statement": "x" * 251}, "250"),
        ({"severity": "9"}, "9"),
        ({"mentions": "-3"}, "0"),
        ({"mentions": "beaucoup"}, "nombre entier"),
        ({"theme": "0"}, "choix"),
        ({"diagnostic": "999999"}, "Choisissez une édition encore ouverte."),
    ],
)
def test_bad_need_is_refused_with_a_sentence(client, dora, diagnostic, changes, sentence):
    client.force_login(dora)

    response = client.post(url("need_create"), need_data(diagnostic, **changes))

    assert response.status_code == 422
    assert sentence in texts(response)


def test_voice_heard_on_an_impossible_day_is_refused(client, dora, diagnostic):
    client.force_login(dora)
    data = {"diagnostic": diagnostic.pk, "words": "Oui", "kind": "residents", "mentions": 1, "heard_on": "31/02/2026"}

    response = client.post(url("voice_create"), data)

    assert "Écrivez une date qui existe" in texts(response)


def test_two_editors_do_not_overwrite_each_other(client, dora, blanc_mesnil, diagnostic, need):
    client.force_login(dora)
    first = need_data(diagnostic, statement="Version de Dora", _version=need.version)
    client.post(url("need_edit", pk=need.pk), first)

    late = client.post(url("need_edit", pk=need.pk), {**first, "statement": "Version tardive"})

    assert late.status_code == 422
    assert "Version de Dora" in texts(late)
    assert "Version tardive" in texts(late)
    with asv_scope(blanc_mesnil.pk):
        assert Need.objects.get(pk=need.pk).statement == "Version de Dora"


def test_voice_is_linked_to_a_need_of_its_edition_only(client, dora, blanc_mesnil, diagnostic, need):
    voice = make(VoiceFactory, asv=blanc_mesnil, diagnostic=diagnostic)
    elsewhere = make(NeedFactory, asv=blanc_mesnil)
    client.force_login(dora)

    refused = client.post(url("voice_link", pk=voice.pk), {"need": elsewhere.pk, "_version": voice.version})
    client.post(url("voice_link", pk=voice.pk), {"need": need.pk, "_version": voice.version})

    assert refused.status_code == 422
    with asv_scope(blanc_mesnil.pk):
        voice.refresh_from_db()
    assert voice.need_id == need.pk


def test_evidence_shows_the_published_figure_or_its_secret(client, dora, blanc_mesnil, need):
    indicator = IndicatorFactory()
    IndicatorValueFactory(indicator=indicator, geography_code="QN09356I")
    IndicatorValueFactory(indicator=indicator, geography_code="QN09368N", hidden=True)
    client.force_login(dora)

    for code in ("QN09356I", "QN09368N"):
        data = {"kind": "figure", "indicator": indicator.pk, "place": f"qpv:{code}"}
        assert client.post(url("evidence_create", pk=need.pk), data).status_code == 302

    page = texts(client.get(url("need_detail", pk=need.pk)))
    assert "43,0\u00a0%" in page
    assert "secret statistique" in page


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"kind": "figure"}, {"indicator": ["Choisissez l’indicateur et le territoire du chiffre."]}),
        ({"kind": "meeting", "text": "  "}, {"text": ["Écrivez ce que cette preuve montre."]}),
        ({"kind": "document", "text": "Oui", "dated_on": "01/01/2099"},
         {"dated_on": ["Cette date est dans le futur : vérifiez-la."]}),
        ({}, {"kind": ["Ce champ est obligatoire."]}),
    ],
)  # fmt: skip
def test_evidence_that_proves_nothing_is_refused_once(client, dora, need, data, errors):
    client.force_login(dora)

    response = client.post(url("evidence_create", pk=need.pk), data)

    assert response.status_code == 422
    assert response.context["form"].errors == errors


@pytest.mark.parametrize("name", ["need_edit", "evidence_create", "voice_link", "chapter_edit", "diagnostic_edit"])
def test_form_about_a_closed_edition_says_so_before_anything_is_typed(client, dora, blanc_mesnil, name):
    closed = make(DiagnosticFactory, asv=blanc_mesnil, year=2020, state="validated", validated_on=dt.date(2020, 1, 1))
    factory = {"voice_link": VoiceFactory, "chapter_edit": ThemeChapterFactory}.get(name, NeedFactory)
    row = closed if name == "diagnostic_edit" else make(factory, asv=blanc_mesnil, diagnostic=closed)
    client.force_login(dora)

    response = client.get(url(name, pk=row.pk), follow=True)

    assert len(response.redirect_chain) == 1
    assert "Le diagnostic 2020 n’est plus ouvert" in texts(response)


def test_priority_answers_needs_and_keeps_both_votes(client, dora, blanc_mesnil, diagnostic, need):
    client.force_login(dora)
    data = {
        "diagnostic": diagnostic.pk, "rank": 1, "theme": theme(), "title": "Se soigner les dents", "needs": [need.pk],
        "committee_votes": "9", "resident_votes": "41",
    }  # fmt: skip

    client.post(url("priority_create"), data)

    with asv_scope(blanc_mesnil.pk):
        priority = Priority.objects.get()
        assert list(priority.needs.all()) == [need]
    page = texts(client.get(url("priority_detail", pk=priority.pk)))
    assert "Voix du comité" in page
    assert "Voix des habitants" in page


def test_archived_evidence_no_longer_proves_and_is_restored_from_its_need(client, dora, blanc_mesnil, need):
    evidence = make(EvidenceFactory, asv=blanc_mesnil, need=need)
    restore = url("evidence_restore", pk=evidence.pk)
    client.force_login(dora)

    client.post(url("evidence_archive", pk=evidence.pk))

    with asv_scope(blanc_mesnil.pk):
        assert Evidence.objects.active().count() == 0
    page = texts(client.get(url("need_detail", pk=need.pk)))
    assert "Aucune preuve" in page
    assert restore in page
    assert client.get(url("evidence_history", pk=evidence.pk)).status_code == 200
    client.post(restore)
    with asv_scope(blanc_mesnil.pk):
        assert Evidence.objects.active().get() == evidence


def test_contributor_is_offered_only_what_they_may_do_with_the_edition(client, alice, dora, diagnostic):
    archive = url("diagnostic_archive", pk=diagnostic.pk)
    pages = {}
    for user in (alice, dora):
        client.force_login(user)
        pages[user] = texts(client.get(url("diagnostic_detail", pk=diagnostic.pk)))

    assert archive in pages[alice]
    assert archive not in pages[dora]


def test_words_without_a_need_count_among_those_of_their_theme(client, dora, blanc_mesnil, diagnostic):
    chapter = make(ThemeChapterFactory, asv=blanc_mesnil, diagnostic=diagnostic)
    make(VoiceFactory, asv=blanc_mesnil, diagnostic=diagnostic, mentions=3)
    make(VoiceFactory, asv=blanc_mesnil, diagnostic=diagnostic, kind="professionals")
    client.force_login(dora)

    page = texts(client.get(url("chapter_detail", pk=chapter.pk)))

    said = page.replace("\u202f", " ").replace("\xa0", " ")
    assert "1 parole d’habitants, entendue 3 fois ; 1 parole de professionnels ;" in said


def test_need_is_archived_then_restored(client, dora, blanc_mesnil, diagnostic, need):
    client.force_login(dora)

    told = client.post(url("need_archive", pk=need.pk), follow=True)
    assert "Trouver un dentiste" in texts(told)
    assert "Trouver un dentiste" not in texts(client.get(url("need_list")))
    assert "Trouver un dentiste" in texts(client.get(url("need_list"), {"fiches": "archivees"}))
    client.post(url("need_restore", pk=need.pk))

    assert "Trouver un dentiste" in texts(client.get(url("need_list")))


def test_adding_without_an_open_edition_leads_to_the_editions(client, dora):
    client.force_login(dora)

    response = client.get(url("need_create"), follow=True)

    assert "Aucun diagnostic n’est ouvert" in texts(response)


# Who may what

WRITES = ["need_edit", "need_archive", "need_restore"]


@pytest.mark.parametrize("name", WRITES)
def test_reader_reads_and_writes_nothing(client, bob, need, name):
    client.force_login(bob)

    assert client.get(url("need_detail", pk=need.pk)).status_code == 200
    assert client.get(url(name, pk=need.pk)).status_code == 403
    assert client.post(url(name, pk=need.pk)).status_code == 403


def test_contributor_does_not_decide_for_the_committee(client, dora, diagnostic):
    client.force_login(dora)

    assert client.post(url("diagnostic_consult", pk=diagnostic.pk)).status_code == 403
    assert client.get(url("diagnostic_create")).status_code == 403


@pytest.mark.parametrize("name", ["need_detail", "need_edit", "need_history"])
def test_stranger_gets_a_404(client, charlie, need, name):
    client.force_login(charlie)

    assert client.get(url(name, pk=need.pk)).status_code == 404


def test_row_of_another_asv_does_not_exist_here(client, alice):
    foreign = make(NeedFactory)
    client.force_login(alice)

    assert client.get(url("need_detail", pk=foreign.pk)).status_code == 404
    assert client.post(url("need_archive", pk=foreign.pk)).status_code == 404


def test_need_of_a_closed_edition_says_how_to_change_it(client, alice, need):
    with every_asv(reason="the committee has voted"):
        need.diagnostic.state, need.diagnostic.validated_on = DiagnosticState.VALIDATED, dt.date(2025, 11, 18)
        need.diagnostic.save()
    client.force_login(alice)

    page = texts(client.get(url("need_detail", pk=need.pk)))

    assert "rouvrez la concertation pour le modifier" in page


def test_votes_of_few_residents_are_masked_on_every_page(client, dora, blanc_mesnil, diagnostic):
    priority = make(PriorityFactory, asv=blanc_mesnil, diagnostic=diagnostic, committee_votes=9, resident_votes=6)
    client.force_login(dora)

    pages = [url("priority_list"), url("priority_detail", pk=priority.pk), url("diagnostic_detail", pk=diagnostic.pk)]

    assert all("moins de 11" in texts(client.get(page)).replace("\xa0", " ") for page in pages)
