"""The two Celery tasks of the platform: run one job, and sweep those that were lost."""

from celery import shared_task

from asv_platform.common import jobs


@shared_task(name="common.run_job")
def run_job_task(job_id: int) -> None:
    """Run one job of the table Job."""
    jobs.run_job(job_id)


@shared_task(name="common.sweep_jobs")
def sweep_jobs() -> None:
    """Wake every due job: whatever the broker lost is found here (beat runs it every 30 seconds)."""
    for job_id in jobs.due_job_ids():
        run_job_task.delay(job_id)
