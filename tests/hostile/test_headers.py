"""What protects the reader of every page: the headers, and pages that need nothing that the headers forbid."""

import os
import re
import subprocess
import sys

import pytest

from asv_platform.common.checks import ASKED_BY_LAW
from asv_platform.notifications.models import Message
from tests.harness.samples import populate
from tests.harness.sources import ROOT
from tests.harness.urls import addresses, paths_of

SCRIPT = r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"
INLINE = re.compile(rf"{SCRIPT}|<style|\son[a-z]+=[\"']|\sstyle=", re.IGNORECASE)
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")

# Of development and of the tests.
NOT_FOR_OPERATORS = {"DEBUG", "TEST_TEMPLATE", "WEBAUTHN_ALLOW_INSECURE_ORIGIN"}


@pytest.fixture
def samples(blanc_mesnil):
    return populate(blanc_mesnil)


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("who", ["coordinator", "operator", "nobody"])
def test_page_is_protected_and_obeys_its_own_policy(client, samples, alice, operator, who):
    client.raise_request_exception = False
    people = {"coordinator": alice, "operator": operator}
    faults = []

    for address in addresses():
        if address.name == "account_logout":
            continue
        for path in paths_of(address, samples)[:1]:
            if who in people:
                client.force_login(people[who])
            response = client.get(path)
            if response.streaming:
                b"".join(response.streaming_content)  # read to its end, a file closes itself
            faults += [f"{path}: {fault}" for fault in faults_of(response)]

    assert not faults, "\n".join(faults)


def faults_of(response):
    policy = response.headers.get("Content-Security-Policy", "")
    if any(rule not in policy for rule in POLICY) or "unsafe" in policy:
        yield f"policy {policy!r}"
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        yield "no nosniff"
    if response.headers.get("X-Frame-Options") != "DENY":
        yield "may be framed"
    if "geolocation=()" not in response.headers.get("Permissions-Policy", ""):
        yield "may use the powers of the device"
    if response.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        yield "tells other sites the address"
    if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
        page = response.content.decode()
        yield from (f"needs what the policy forbids: {found}" for found in sorted(set(INLINE.findall(page))))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\t//evil.example",
    ],
)
@pytest.mark.parametrize("door", ["/connexion/", "/connexion/code/", "/deconnexion/", "/compte/identite/"])
def test_next_leads_nowhere_else(client, alice, door, target):
    alice.set_password("tisane citron gingembre")
    alice.save()
    if door in {"/deconnexion/", "/compte/identite/"}:
        client.force_login(alice)
    data = {"login": alice.email, "password": "tisane citron gingembre", "email": alice.email, "next": target}

    response = client.post(f"{door}", data)
    again = client.get(door, {"next": target})

    for answer in (response, again):
        assert not answer.headers.get("Location", "").startswith(("http", "//", "\t"))
        assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0]
        assert "javascript:" not in answer.headers.get("Location", "")


@pytest.mark.django_db
def test_forged_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_reset_mail_names_the_site_of_the_settings_whatever_the_host(client, alice, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/mot-de-passe/oublie/", {"email": alice.email}, headers={"host": "evil.example"})

    assert "evil.example" not in Message.objects.get().body


def deployment_checks(**given: str) -> subprocess.CompletedProcess:
    environment = {
        # What the browser fixtures set for themselves is not a setting of production.
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DJANGO_SETTINGS_MODULE": "asv_platform.settings.production",
        "SECRET_KEY": "k3-" + "aB9?" * 20,
        "ALLOWED_HOSTS": "asv.exemple.fr",
        **given,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_checks():
    found = deployment_checks(**dict.fromkeys(ASKED_BY_LAW, "Ville du Blanc-Mesnil"))

    assert found.returncode == 0, found.stderr


def test_deployment_checks_name_what_the_legal_pages_lack():
    found = deployment_checks(**dict.fromkeys(ASKED_BY_LAW, ""))

    assert found.returncode == 1
    assert all(name in found.stderr for name in ASKED_BY_LAW)


def test_every_setting_of_the_environment_is_in_the_example():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "asv_platform" / "settings").glob("*.py")]
    read = set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z_]+)"', "".join(sources)))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert read - written - NOT_FOR_OPERATORS == set()


@pytest.mark.django_db
def test_page_of_a_person_is_asked_again_each_time_and_leaves_with_them(client, alice):
    client.force_login(alice)
    read = client.get("/asv/le-blanc-mesnil-dugny/reseau/")

    left = client.post("/deconnexion/")

    assert set(read.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    # Browsers would lose what was typed on the way back.
    assert "no-store" not in read.headers["Cache-Control"]
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in read.headers


@pytest.mark.django_db
def test_asking_to_leave_clears_nothing_yet(client, alice):
    client.force_login(alice)

    assert "Clear-Site-Data" not in client.get("/deconnexion/").headers
