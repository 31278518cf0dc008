"""The queue's own jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

SILENT_FOR = 60.0


@app.task(pass_context=False, queueing_lock="retry_jobs_of_dead_workers")
async def retry_jobs_of_dead_workers(timestamp: int) -> None:
    """Put back what a worker had claimed when it died. A worker says every ten seconds that it lives."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        await manager.retry_job(job)
