"""`run_jobs()`: what waits in the queue is done now, in this process and within the test's transaction."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def run_jobs():
    worker = Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim(worker.worker_id)
        worker.run_task(waiting)
