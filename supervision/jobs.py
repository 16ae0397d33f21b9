"""Background work of supervision: a query, a loop and the calls the pages make; safe to repeat and to run twice at once."""

from celery import shared_task

from common import numbering
from supervision.simulation import work
from supervision.transitions import chasing, climb


@shared_task(name="supervision.climb_ladder")
def climb_ladder() -> dict[str, object]:
    """Let every record whose next step has come climb: hazards, tasks, months of units."""
    return climb.escalate().as_dict()


@shared_task(name="supervision.watch_numbers")
def watch_numbers() -> int:
    """Compare the numbers given with the notes kept outside the database; returns how many gaps a restored backup left."""
    return len(numbering.reconcile())


@shared_task(name="supervision.chase_listings")
def chase_listings() -> dict[str, int]:
    """Count missed progress reports and remind of what listings and letters owe."""
    return dict(chasing.chase())


@shared_task(name="supervision.simulate_ladders")
def simulate_ladders() -> int:
    """Count the simulations that were too large to wait for; returns how many were finished."""
    return sum(work.run(work_id) for work_id in work.unfinished())
