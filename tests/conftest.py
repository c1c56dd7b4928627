"""The habits of the suite: fail early, fail loudly, and never leave a door open for the next test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from asv_platform.accounts.enums import Role
from asv_platform.territories.enums import AsvLevel
from asv_platform.territories.scoping import asv_scope, every_asv, scope_in_force
from tests.factories.platform import (
    AsvFactory,
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    UserFactory,
)
from tests.harness import browser as chromium
from tests.harness.environment import forget_cached, own_settings
from tests.harness.mailbox import Mailbox
from tests.harness.sharing import Sharing
from tests.harness.templates import FailInOurTemplates
from tests.harness.worker import CeleryWorker, heard

# A slow machine fails no test: what is drawn is judged, never how long it took.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")

MARKED_BY_FIXTURE = {"worker": "worker", "page": "browser", "phone": "browser"}
COMMITTING_FIXTURES = {"transactional_db", "live_server"}


def pytest_collection_modifyitems(items):
    """A test says what it needs by its fixtures; the marker follows, so that -m works."""
    for item in items:
        for fixture, marker in MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if commits(item):
            # Such a test empties the tables at its end: the rows of the migrations are put back before the next.
            item.fixturenames.insert(0, "django_db_serialized_rollback")
    # The longest first: begun last, one of them would keep a single process busy while the others have finished.
    items.sort(key=lambda item: item.get_closest_marker("walk") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Sharing(config, log)


def commits(item) -> bool:
    """Whether a test really commits what it writes."""
    marker = item.get_closest_marker("django_db")
    given = marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return bool(given or COMMITTING_FIXTURES.intersection(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """Fixtures build rows for any ASV; only test bodies live inside one."""
    with every_asv(reason="fixtures"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    # The scope opens here and not in the fixture: opened there, it would outlive the wrapper
    # above and leave every later test without a scope.
    assert scope_in_force() is None, "an earlier test left a scope open"
    if "in_asv" not in item.fixturenames:
        return (yield)
    with asv_scope(item.funcargs["in_asv"].pk):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _fail_for_invalid_template_variable():
    """Replaces pytest-django's fixture of the same name: only our own templates are held to it."""
    options = django_settings.TEMPLATES[0]["OPTIONS"]
    options["string_if_invalid"] = FailInOurTemplates()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The threads of the live server may still hold a connection: it would keep the database from being dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def var_dir(tmp_path_factory, django_test_environment) -> Iterator[Path]:
    """The folder of this process for files, mail and logs; its Redis database is its own too."""
    folder = tmp_path_factory.mktemp("var")
    with own_settings(folder):
        yield folder


@pytest.fixture(autouse=True)
def _clean_slate(var_dir):
    """No file and no counter of a rate limit outlives its test."""
    yield
    shutil.rmtree(var_dir / "test" / "media", ignore_errors=True)
    forget_cached()


@pytest.fixture
def blanc_mesnil(db):
    """The intercommunal ASV of Le Blanc-Mesnil and Dugny, on real territories."""
    department = DepartmentFactory(seine_saint_denis=True)
    common = {"department": department, "ept": EpciFactory(siren="200058097", name="Paris Terres d’Envol", kind="EPT")}
    communes = [
        CommuneFactory(code="93007", name="Le Blanc-Mesnil", postal_codes=["93150"], population=62_376, **common),
        CommuneFactory(code="93030", name="Dugny", postal_codes=["93440"], population=11_700, **common),
    ]
    neighbourhoods = [
        NeighbourhoodFactory(
            code="QN09356I", name="Secteur Nord Pont-Yblon", population=16_392, department=department, communes=communes
        ),
        NeighbourhoodFactory(
            code="QN09368N", name="Quartier Pasteur", population=3_094, department=department, communes=communes[:1]
        ),
    ]
    return AsvFactory(
        name="ASV Le Blanc-Mesnil – Dugny",
        slug="le-blanc-mesnil-dugny",
        level=AsvLevel.INTERCOMMUNAL,
        communes=communes,
        neighbourhoods=neighbourhoods,
    )


@pytest.fixture
def in_asv(blanc_mesnil):
    """The body of a test that asks for this fixture runs inside Le Blanc-Mesnil's scope."""
    return blanc_mesnil


@pytest.fixture
def alice(blanc_mesnil):
    """Coordinates Le Blanc-Mesnil."""
    return MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR, user__first_name="Alice").user


@pytest.fixture
def dora(blanc_mesnil):
    """Contributes to Le Blanc-Mesnil."""
    return MembershipFactory(asv=blanc_mesnil, role=Role.CONTRIBUTOR, user__first_name="Dora").user


@pytest.fixture
def bob(blanc_mesnil):
    """Reads Le Blanc-Mesnil, and may change nothing there."""
    return MembershipFactory(asv=blanc_mesnil, role=Role.READER, user__first_name="Bob").user


@pytest.fixture
def charlie(db):
    """Coordinates another ASV; Le Blanc-Mesnil does not exist for him."""
    return MembershipFactory(role=Role.COORDINATOR, user__first_name="Charlie").user


@pytest.fixture
def operator(db):
    """Runs the platform."""
    return UserFactory(operator=True, first_name="Odile")


@pytest.fixture
def mailbox(settings) -> Mailbox:
    """The messages sent by this process and by the Celery worker since the test began."""
    settings.EMAIL_BACKEND = "asv_platform.notifications.backends.MailboxBackend"
    return Mailbox(Path(settings.MAILBOX_DIR))


@pytest.fixture(scope="session")
def celery_process(django_db_setup, django_db_blocker, var_dir):
    """The worker process of this pytest process, started at the first test that needs it."""
    process = CeleryWorker(var_dir)
    with django_db_blocker.unblock():
        process.start()
    yield process
    process.stop()


@pytest.fixture
def worker(transactional_db, celery_process):
    """A real Celery worker that sees what the test commits and hears what it enqueues."""
    if not celery_process.running():
        celery_process.start()
    with heard():
        yield celery_process


@pytest.fixture(scope="session")
def browser_process():
    """Chromium, started at the first test that needs it."""
    with chromium.launched() as browser:
        yield browser


@pytest.fixture
def page(live_server, browser_process):
    """A page of 1280 pixels on the running site; script errors, missing files and other hosts fail the test."""
    with chromium.watched_page(browser_process, live_server.url, chromium.DESKTOP) as page:
        yield page


@pytest.fixture
def phone(live_server, browser_process):
    """The same on a telephone, 360 pixels wide."""
    with chromium.watched_page(browser_process, live_server.url, chromium.PHONE) as page:
        yield page


@pytest.fixture
def log_in(client, live_server):
    """``log_in(page, user)`` opens the session of a user in the browser."""

    def open_session(page, user) -> None:
        client.force_login(user)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])

    return open_session
