"""The first page of a stranger, served as in production: light, and whole without JavaScript."""

import os
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from scripts.services import free_port
from tests.harness.browser import DESKTOP, follow
from tests.harness.sources import ROOT
from tests.harness.worker import database_url

MOST_BYTES = 150_000
START_SECONDS = 30


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of the real server, behind a proxy that speaks HTTPS, with its compressed files."""
    port = free_port()
    with django_db_blocker.unblock():
        database = database_url()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "asv_platform.settings.production",
        "SECRET_KEY": "k3-" + "aB9?" * 20,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": f"http://localhost:{port}",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": database,
        "VAR_DIR": str(tmp_path_factory.mktemp("production")),
    }
    manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0", "--ignore", "admin"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    serve = [sys.executable, "-m", "gunicorn", "asv_platform.wsgi", "--bind", f"localhost:{port}", "--log-level=error"]
    process = subprocess.Popen(serve, cwd=ROOT, env=environment)
    try:
        yield wait_for(f"http://localhost:{port}/")
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture
def production(transactional_db, blanc_mesnil, server):
    """The same, with an ASV that has a public page."""
    return server


def wait_for(url: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 -- our own server
            return url
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_first_page_weighs_little_and_waits_for_no_script(production, browser_process):
    with browser_process.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        received = []
        devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

        page.goto(production, wait_until="networkidle")

        scripts = page.locator("script[src]").evaluate_all(
            "all => all.filter(one => !one.defer && !one.async && one.type !== 'module').map(one => one.src)"
        )
    assert len(received) > 5
    assert sum(received) <= MOST_BYTES, f"{sum(received)} bytes in {len(received)} files"
    assert scripts == []


def test_first_page_is_whole_without_javascript(production, browser_process):
    with browser_process.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()

        page.goto(production)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        follow(page, page.get_by_role("link", name="Le Blanc-Mesnil").first)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Blanc-Mesnil")


def test_production_answers_with_every_protection(production):
    with urllib.request.urlopen(production) as answer:  # noqa: S310 -- our own server
        headers = answer.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_production_keeps_its_cookies_and_its_visitors_on_https(production):
    secure = {"X-Forwarded-Proto": "https"}
    asked = urllib.request.Request(f"{production}connexion/", headers=secure)  # noqa: S310 -- our own server
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 -- our own server
        cookie, hsts = answer.headers["Set-Cookie"], answer.headers["Strict-Transport-Security"]
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    assert "max-age=31536000" in hsts
    assert "includeSubDomains" in hsts
