"""The partner's door: a one-time code, the same for known and unknown addresses."""

import datetime as dt
import os
import re
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.utils import timezone

from asv_platform.accounts.models import LoginCode, User
from asv_platform.accounts.services import CodeRefused, confirm_login_code, send_login_code
from asv_platform.notifications.models import Message
from tests.factories.accounts import add_totp
from tests.factories.platform import UserFactory

pytestmark = [pytest.mark.urls("tests.accounts.urls"), pytest.mark.django_db]
ASK, TYPE = "/connexion/code/", "/connexion/code/saisie/"
EMAIL = "fatou.diarra@marmite.exemple.fr"


def code_sent_to(email: str) -> str:
    message = Message.objects.filter(to=email).latest("pk")
    return re.findall(r"\b\d{6}\b", message.body)[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def without_tokens(response) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


def ask(client, email=EMAIL, **data):
    return client.post(ASK, {"email": email, **data})


def test_code_request_answers_the_same_for_known_and_unknown_addresses(client):
    UserFactory(email="connue@exemple.fr")
    answers = []
    for email in ("connue@exemple.fr", "inconnu@exemple.fr"):
        client.logout()
        asked = ask(client, email)
        answers.append((asked.status_code, asked.url, without_tokens(client.get(TYPE)).replace(email, "")))

    assert answers[0][:2] == (302, TYPE)
    assert re.sub(r"\d+ h \d+", "", answers[0][2]) == re.sub(r"\d+ h \d+", "", answers[1][2])
    assert {message.subject for message in Message.objects.all()} == {"Votre code de connexion à Plateforme ASV"}


def test_code_request_creates_no_account(client):
    ask(client)

    assert not User.objects.exists()


def test_right_code_of_an_unknown_address_creates_its_account(client):
    ask(client)

    response = client.post(TYPE, {"code": code_sent_to(EMAIL)})

    user = User.objects.get()
    assert (response.status_code, response.url) == (302, "/entree/")
    assert (user.email, user.has_usable_password()) == (EMAIL, False)
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["_auth_user_id"] == str(user.pk)


def test_right_code_opens_the_existing_account(client):
    user = UserFactory(email=EMAIL)
    ask(client, EMAIL.upper())

    client.post(TYPE, {"code": " ".join(code_sent_to(EMAIL))})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_right_code_leads_where_the_person_was_going(client):
    ask(client, next="/mes-dossiers/?etape=2")

    response = client.post(TYPE, {"code": code_sent_to(EMAIL)})

    assert response.url == "/mes-dossiers/?etape=2"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.exemple/", "//ailleurs.exemple/", "javascript:alert(1)"])
def test_code_never_leads_to_another_site(client, elsewhere):
    ask(client, next=elsewhere)

    assert client.post(TYPE, {"code": code_sent_to(EMAIL)}).url == "/entree/"


def test_get_consumes_nothing(client):
    ask(client)
    for _ in range(5):
        client.get(TYPE)

    assert client.post(TYPE, {"code": code_sent_to(EMAIL)}).status_code == 302


def test_wrong_code_says_so_and_keeps_the_code(client):
    ask(client)
    code = code_sent_to(EMAIL)

    response = client.post(TYPE, {"code": wrong(code)})

    assert response.status_code == 422
    assert "Ce code est inexact" in response.content.decode()
    assert client.post(TYPE, {"code": code}).status_code == 302


def test_third_wrong_code_kills_it(client):
    ask(client)
    code = code_sent_to(EMAIL)
    for _ in range(3):
        response = client.post(TYPE, {"code": wrong(code)})

    assert "n’est plus valable" in response.content.decode()
    assert client.post(TYPE, {"code": code}).status_code == 422


def test_code_serves_once():
    now = timezone.now()
    row = send_login_code(email=EMAIL, now=now)
    code = code_sent_to(EMAIL)
    confirm_login_code(login_code_id=row.pk, code=code, now=now)

    with pytest.raises(CodeRefused):
        confirm_login_code(login_code_id=row.pk, code=code, now=now)


@pytest.mark.parametrize(("minutes", "is_accepted"), [(15, True), (16, False)])
def test_code_expires_after_fifteen_minutes(minutes, is_accepted):
    now = timezone.now()
    row = send_login_code(email=EMAIL, now=now)
    later = now + dt.timedelta(minutes=minutes)
    try:
        confirm_login_code(login_code_id=row.pk, code=code_sent_to(EMAIL), now=later)
        accepted = True
    except CodeRefused:
        accepted = False

    assert accepted is is_accepted


def test_code_is_never_kept_in_clear():
    row = send_login_code(email=EMAIL, now=timezone.now())

    assert code_sent_to(EMAIL) not in (row.code_hash, row.email)
    assert Message.objects.get().is_sensitive


def test_code_typed_in_another_browser_is_worth_nothing(client):
    ask(client)
    code = code_sent_to(EMAIL)
    client.cookies.clear()

    response = client.post(TYPE, {"code": code})

    assert (response.status_code, response.url) == (302, ASK)


def test_old_codes_are_forgotten():
    now = timezone.now()
    send_login_code(email=EMAIL, now=now - dt.timedelta(days=2))
    send_login_code(email=EMAIL, now=now)

    assert LoginCode.objects.count() == 1


def test_closed_account_does_not_open(client):
    UserFactory(email=EMAIL, is_active=False)
    ask(client)

    response = client.post(TYPE, {"code": code_sent_to(EMAIL)}, follow=True)

    assert "Compte fermé" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_code_of_a_protected_account_still_asks_for_the_second_factor(client):
    add_totp(UserFactory(email=EMAIL))
    ask(client)

    response = client.post(TYPE, {"code": code_sent_to(EMAIL)})

    assert response.url == "/connexion/second-facteur/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["", "pas une adresse", "x" * 300 + "@exemple.fr"])
def test_code_request_refuses_what_is_not_an_address(client, email):
    response = ask(client, email)

    assert response.status_code == 422
    assert not Message.objects.exists()


def test_sixth_code_for_one_address_is_refused_known_or_not(client):
    UserFactory(email="connue@exemple.fr")
    for email in ("connue@exemple.fr", "inconnu@exemple.fr"):
        statuses = [ask(client, email).status_code for _ in range(6)]
        assert statuses == [302] * 5 + [429]
    assert Message.objects.count() == 10


OTHER_PROCESS = """
import sys, django
django.setup()
from django.conf import settings
settings.CACHES["default"]["KEY_PREFIX"] = sys.argv[1]
from allauth.core import ratelimit
from django.test import RequestFactory
for _ in range(5):
    assert ratelimit.consume(RequestFactory().post("/"), action="request_login_code", key=sys.argv[2])
"""


def test_rate_limits_are_counted_for_all_the_processes(client):
    own_cache = django_settings.CACHES["default"]

    subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, own_cache.get("KEY_PREFIX", ""), EMAIL],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "asv_platform.settings.test", "REDIS_URL": own_cache["LOCATION"]},
        check=True,
    )

    assert ask(client).status_code == 429
