"""What machines of states have in common: nothing contradicts itself after any step, and how they are run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test
from volunteering import Database, Volunteer, fewer


class Whole(RuleBasedStateMachine):
    """A machine whose database is to be in order after every step.

    Attributes:
        template: the database that each history begins with a copy of.
        volunteer: the program on that copy.
    """

    template: Database
    volunteer: Volunteer

    @invariant()
    def nothing_contradicts_itself(self) -> None:
        assert self.volunteer.contradictions() == []


def run_machine(machine: type[Whole], template: Database, *, examples: int, steps: int) -> None:
    """Run a machine on copies of a database, on a server with fewer examples."""
    run_state_machine_as_test(
        type(f"{machine.__name__}Here", (machine,), {"template": template}),
        settings=settings(
            max_examples=fewer(template, examples),
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
