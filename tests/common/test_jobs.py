"""Jobs: the row is the truth, a job runs once, a failure is kept and tried again, a dead worker loses nothing."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.utils import timezone

from asv_platform.common import jobs
from asv_platform.common.models import Job, JobState

pytestmark = pytest.mark.django_db
calls: list[dict] = []


@jobs.job("tests.note")
def note(row, **args):
    calls.append(args)
    jobs.progress(row, 50, "à mi-chemin")


@jobs.job("tests.fail")
def fail(row, *, final=False):
    raise jobs.GiveUp("inutile") if final else RuntimeError("panne")


@pytest.fixture(autouse=True)
def _forget_calls():
    calls.clear()


def test_job_runs_once_and_says_it_is_done():
    job = jobs.enqueue("tests.note", word="bonjour")

    assert jobs.run_job(job.pk) is True
    assert jobs.run_job(job.pk) is False

    job.refresh_from_db()
    assert calls == [{"word": "bonjour"}]
    assert (job.state, job.percent, job.label) == (JobState.DONE, 100, "à mi-chemin")


def test_enqueue_with_a_known_key_writes_nothing():
    first = jobs.enqueue("tests.note", dedupe_key="one", word="a")
    second = jobs.enqueue("tests.note", dedupe_key="one", word="b")

    assert first.pk == second.pk
    assert Job.objects.count() == 1


def test_failed_job_keeps_its_reason_and_waits_for_another_try():
    job = jobs.enqueue("tests.fail")

    jobs.run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert job.error == "RuntimeError: panne"
    assert job.due_at > timezone.now() + dt.timedelta(seconds=20)
    assert jobs.due_job_ids() == []


def test_job_is_abandoned_after_the_last_try():
    job = jobs.enqueue("tests.fail")
    for _ in range(jobs.MAX_TRIES):
        Job.objects.update(due_at=timezone.now())
        jobs.run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.FAILED, jobs.MAX_TRIES)


def test_job_that_gives_up_is_not_tried_again():
    job = jobs.enqueue("tests.fail", final=True)

    jobs.run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_job_of_a_dead_worker_is_found_again_when_its_lease_is_over():
    job = jobs.enqueue("tests.note", word="repris")
    Job.objects.update(state=JobState.RUNNING, lease_until=timezone.now() + dt.timedelta(minutes=1))
    assert jobs.run_due_jobs() == 0

    Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))

    assert jobs.run_due_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_delayed_job_is_not_due_yet():
    jobs.enqueue("tests.note", delay=dt.timedelta(hours=1))

    assert jobs.run_due_jobs() == 0


def test_every_process_sends_its_tasks_to_the_broker_of_the_settings():
    code = "import django; django.setup(); from celery import current_app; print(current_app.conf.broker_url)"
    environment = {**os.environ, "REDIS_URL": "redis://courtier:6379/3"}

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "redis://courtier:6379/3"
