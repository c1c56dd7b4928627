"""Debian's Chromium through Playwright: strict about errors, other hosts, and accessibility."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "var" / "screenshots"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Rules of RGAA 4.1 (WCAG 2.1 A and AA), and axe's own good practices.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# A busy machine fails no test: a page is waited for this long before it is given up.
PATIENCE = 40_000  # ms
SUBMIT = "main form[method=post] button[type=submit]:visible"
expect.set_options(timeout=PATIENCE)


def chromium_path() -> str:
    """The system's Chromium, or the one named by CHROMIUM."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("Chromium est introuvable : installez-le (apt-get install chromium).")


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser of this process."""
    # Playwright keeps an event loop running in this thread; our ORM calls stay synchronous all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Chromium refuses its sandbox to root.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


class Watch:
    """What went wrong in a page without being visible: script errors, missing files, requests to other hosts."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message) -> None:
        # A page may answer 404 or 422 on purpose; missing files are seen in _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response) -> None:
        if response.status >= 400 and response.request.resource_type in {"script", "stylesheet", "image", "font"}:
            self.problems.append(f"missing file: {response.url} ({response.status})")


@contextmanager
def watched_page(browser: Browser, base_url: str, viewport: dict[str, int]) -> Iterator[Page]:
    """A page of its own context; leaving the block fails the test when something went wrong in it."""
    context = browser.new_context(
        base_url=base_url,
        viewport=viewport,  # type: ignore[arg-type]
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    watch = Watch(page, base_url)
    try:
        yield page
    finally:
        context.close()
    assert watch.problems == []


def follow(page: Page, target: Locator) -> None:
    """Press what leads to another document, and wait until that document is whole.

    A bare click returns before the browser leaves: what is read next may be the former page, or the void between both.
    """
    with page.expect_event("load"):
        target.click()


def send(page: Page) -> None:
    """Send the form of the page, whatever the answer."""
    follow(page, page.locator(SUBMIT).last)


def save(page: Page) -> None:
    """Send the form of the page, which must be accepted: it leads to another address."""
    before = page.url
    send(page)
    assert page.url != before, page.locator("main").inner_text()


def assert_no_axe_violations(page: Page, *, context: str | None = None) -> None:
    """Fail with the rule, its help and the faulty elements when axe-core finds anything."""
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    violations = Axe().run(page, context=context, options=options).response["violations"]
    found = [
        f"{violation['id']}: {violation['help']}\n" + "\n".join(f"    {node['html']}" for node in violation["nodes"])
        for violation in violations
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_fits_width(page: Page) -> None:
    """Fail with what sticks out when the page scrolls sideways."""
    too_wide, culprits = page.evaluate(
        """() => {
            const root = document.documentElement;
            const out = (node) =>
                node.getBoundingClientRect().right > root.clientWidth + 1 && !node.closest(".scroll, .stack-scroll");
            const tell = (node) => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`;
            const over = root.scrollWidth - root.clientWidth;
            return [over, over > 0 ? [...document.querySelectorAll("body *")].filter(out).slice(0, 5).map(tell) : []];
        }"""
    )
    assert too_wide <= 0, f"{page.url} is {too_wide} px too wide for {page.viewport_size}: {culprits}"


def screenshot(page: Page, name: str) -> None:
    """Keep the whole page as var/screenshots/<name>-<width>.png, when SCREENSHOTS=1 asks for pictures to look at."""
    if not os.environ.get("SCREENSHOTS"):
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{width}.png", full_page=True)
