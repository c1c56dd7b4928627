"""The services and validators of the suite are real, and they do refuse."""

import pytest
import weasyprint
from django.db import connection

from asv_platform.common.jobs import enqueue
from asv_platform.common.models import Job, JobState
from asv_platform.territories.scoping import EVERY_ASV, scope_in_force
from tests.harness.browser import assert_fits_width, assert_no_axe_violations
from tests.harness.verapdf import assert_pdf_ua, failed_rules

DOCUMENT = '<html lang="fr"><head><title>Essai</title></head><body><h1>Essai</h1><p>Une phrase.</p></body></html>'


@pytest.fixture
def scope_of_fixtures():
    return scope_in_force()


def test_fixtures_see_every_asv_and_tests_none(scope_of_fixtures):
    assert scope_of_fixtures is EVERY_ASV
    assert scope_in_force() is None


def test_in_asv_opens_the_scope_of_the_body(in_asv):
    assert scope_in_force() == {in_asv.pk}


def test_database_is_postgresql(db):
    assert connection.vendor == "postgresql"


def test_worker_runs_what_is_committed(worker):
    job = enqueue("nobody.knows")

    worker.wait_until(lambda: Job.objects.get(pk=job.pk).error != "")

    assert "KeyError" in Job.objects.get(pk=job.pk).error


def test_worker_starts_again_after_a_power_cut(worker):
    worker.kill()
    worker.start()

    job = enqueue("nobody.knows")

    worker.wait_until(lambda: Job.objects.get(pk=job.pk).error != "")
    assert Job.objects.get(pk=job.pk).state == JobState.WAITING


def test_worker_does_not_hear_the_other_tests(transactional_db, celery_process):
    job = enqueue("nobody.knows")

    celery_process.wait_until(celery_process.running)

    assert Job.objects.get(pk=job.pk).tries == 0


def test_axe_finds_a_button_without_a_name(page):
    page.set_content('<html lang="fr"><title>x</title><main><h1>x</h1><button></button></main></html>')

    with pytest.raises(AssertionError, match="button-name"):
        assert_no_axe_violations(page)


def test_phone_sees_a_page_too_wide(phone):
    phone.set_content('<html lang="fr"><title>x</title><main><h1 style="width:2000px">x</h1></main></html>')

    with pytest.raises(AssertionError, match="too wide"):
        assert_fits_width(phone)


@pytest.mark.pdf
def test_verapdf_accepts_a_tagged_pdf(tmp_path):
    weasyprint.HTML(string=DOCUMENT).write_pdf(tmp_path / "a.pdf", pdf_variant="pdf/ua-1", pdf_tags=True)

    assert_pdf_ua(tmp_path / "a.pdf")


@pytest.mark.pdf
def test_verapdf_refuses_an_untagged_pdf(tmp_path):
    weasyprint.HTML(string=DOCUMENT).write_pdf(tmp_path / "b.pdf")

    assert len(failed_rules(tmp_path / "b.pdf")) >= 5
