"""Who answers for a grid (网格)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.households import queries
from volunteer_cli.households.models import GridPost
from volunteer_cli.people.models import Person


def post_grid(
    session: Session, community: Community, grid: str, worker: Person, head: Person | None = None
) -> GridPost:
    """Let somebody be the worker of a grid, and somebody its head; without one the head stays."""
    # One row a grid, so that there is never a question who is called first when a visit is overdue.
    post = queries.grid_post(session, community.id, grid)
    if post is None:
        post = GridPost(community_id=community.id, grid=grid)
        session.add(post)
    post.worker_id = worker.id
    if head is not None:
        post.head_id = head.id
    session.flush()
    return post
