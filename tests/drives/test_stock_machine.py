"""Whatever is done in whatever order: nothing is negative, nothing is lost from sight, refusals change nothing."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from volunteering import Database, Volunteer, copied, fewer

from volunteer_cli.areas import followed
from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.core.run import run
from volunteer_cli.core.undo import find_operation, undo
from volunteer_cli.drives import queries, rules
from volunteer_cli.drives.checks import CHECKS
from volunteer_cli.drives.guards import before_undo
from volunteer_cli.drives.ledger import Goods, Movement, NegativeStock, movements_of
from volunteer_cli.drives.models import Drive, Shipment, Slip, SlipLine
from volunteer_cli.drives.terms import State, Verdict
from volunteer_cli.organizations.models import Organization

FIRST = date(2026, 6, 1)
GOODS = st.sampled_from([("衣物", "件"), ("衣物", "袋"), ("书籍", "套")])
DAYS = st.integers(0, 6).map(lambda days: FIRST + timedelta(days=days))
COUNTS = st.integers(1, 9)
BOXES = st.sampled_from(["B01", "B02", "B03"])
PLACES = ("unsorted", "on_hand", "boxed", "shipped", "given", "rejected", "recycled", "returned", "lost")


def goods_of(goods: tuple[str, str], count: int, direction: Direction | None = None) -> Goods:
    item, unit = goods
    return Goods(item, Quantity(count, unit, direction))


class StockMachine(RuleBasedStateMachine):
    """Drives the rules as the commands do, one unit of work a step."""

    slips: Bundle[int] = Bundle("slips")
    done: Bundle[int] = Bundle("done")
    template: Database
    maker: type[Volunteer]

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "machine.db"
        self.volunteer = self.maker(copied(self.template, path))
        with self.volunteer.writing() as session:
            session.add(Organization(name="四川大学研究生支教团"))
            rules.add_drive(
                session, session.get_one(Community, 1), name="暖冬", code="winter", starts_on=FIRST
            )

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def step(self, action: Callable[[Any, Drive], Any]) -> Any:
        """Do one thing: it is an operation, or it is refused and has changed nothing."""
        before = self.volunteer.dump()
        try:
            with self.volunteer.writing() as session:
                answer = action(session, session.get_one(Drive, 1))
                work = run().work
                assert work is not None
                session.flush()
                list(followed(work))
                number = None if work.recorder.empty else work.operation.id
        except VolunteerError as error:
            refusal = error
        else:
            return answer, number
        assert self.volunteer.dump() == before
        assert refusal.fields["entry"] if isinstance(refusal, NegativeStock) else refusal.code
        return None, None

    # --- what people do ------------------------------------------------------------

    @rule(
        target=slips,
        goods=GOODS,
        count=COUNTS,
        more=COUNTS,
        day=DAYS,
        about=st.sampled_from([None, *Direction]),
    )
    def receive(
        self, goods: tuple[str, str], count: int, more: int, day: date, about: Direction | None
    ) -> Any:
        lines = [rules.Line(goods_of(goods, count, about)), rules.Line(goods_of(("衣物", "件"), more))]
        answer, _number = self.step(
            lambda session, drive: rules.receive(session, drive, [rules.Gift(day, lines)])
        )
        return answer[0]

    @rule(target=done, goods=GOODS, count=COUNTS, day=DAYS, verdict=st.sampled_from(Verdict))
    def sort(self, goods: tuple[str, str], count: int, day: date, verdict: Verdict) -> Any:
        return self.keep(lambda s, d: rules.sort(s, d, [goods_of(goods, count)], verdict=verdict, on=day))

    @rule(target=done, goods=GOODS, count=COUNTS, label=BOXES, day=DAYS)
    def pack(self, goods: tuple[str, str], count: int, label: str, day: date) -> Any:
        return self.keep(lambda s, d: rules.pack(s, d, label, [goods_of(goods, count)], on=day))

    @rule(target=done, label=BOXES, day=DAYS)
    def unpack(self, label: str, day: date) -> Any:
        return self.keep(lambda s, d: rules.unpack(s, d, queries.find_box(s, d, label), on=day))

    @rule(target=done, label=BOXES, day=DAYS)
    def ship(self, label: str, day: date) -> Any:
        def act(session: Any, drive: Drive) -> None:
            box = queries.find_box(session, drive, label)
            rules.ship(session, drive, [box], recipient=session.get_one(Organization, 1), on=day)

        return self.keep(act)

    @rule(target=done, label=BOXES, day=DAYS)
    def deliver(self, label: str, day: date) -> Any:
        def act(session: Any, drive: Drive) -> None:
            box = queries.find_box(session, drive, label)
            if box.shipment_id:
                rules.deliver(session, session.get_one(Shipment, box.shipment_id), signed_by="王老师", on=day)

        return self.keep(act)

    @rule(target=done, slip=slips, day=DAYS)
    def return_gift(self, slip: int, day: date) -> Any:
        return self.keep(
            lambda s, _d: self.with_slip(s, slip, lambda found: rules.return_gift(s, found, on=day))
        )

    @rule(target=done, slip=slips, count=COUNTS, day=DAYS)
    def correct(self, slip: int, count: int, day: date) -> Any:
        def act(session: Any, slip: Slip) -> None:
            rules.correct_slip(session, slip, [goods_of(("衣物", "件"), count)], on=day, reason="recount")

        return self.keep(lambda s, _d: self.with_slip(s, slip, lambda found: act(s, found)))

    @rule(target=done, goods=GOODS, count=st.integers(0, 9), day=DAYS)
    def count(self, goods: tuple[str, str], count: int, day: date) -> Any:
        def act(session: Any, drive: Drive) -> None:
            counted = goods_of(goods, count)
            rules.count(session, drive, [counted], on=day, reason="stock-take")
            assert queries.on_hand(session, drive, counted, day) == count

        return self.keep(act)

    @rule(target=done, goods=GOODS, count=COUNTS, day=DAYS, way=st.permutations(list(Verdict)))
    def sort_anew(self, goods: tuple[str, str], count: int, day: date, way: list[Verdict]) -> Any:
        return self.keep(
            lambda s, d: rules.sort(s, d, [goods_of(goods, count)], former=way[0], verdict=way[1], on=day)
        )

    @rule(target=done, slip=slips, day=DAYS)
    def void(self, slip: int, day: date) -> Any:
        return self.keep(
            lambda s, _d: self.with_slip(
                s, slip, lambda record: rules.void_slip(s, record, on=day, reason="written twice")
            )
        )

    @rule(target=done, slip=slips, day=DAYS, item=st.sampled_from(["衣物", "书籍", "帽子"]))
    def amend(self, slip: int, day: date, item: str) -> Any:
        amendment = rules.Amendment(received_on=day, renamed={"衣物": item}, units={"衣物": "袋"})
        return self.keep(
            lambda s, _d: self.with_slip(s, slip, lambda record: rules.amend_slip(s, record, amendment))
        )

    @rule(target=done, slip=slips, goods=GOODS, count=COUNTS)
    def add_line(self, slip: int, goods: tuple[str, str], count: int) -> Any:
        return self.keep(
            lambda s, _d: self.with_slip(
                s, slip, lambda record: rules.add_lines(s, record, [goods_of(goods, count)])
            )
        )

    @rule(target=done, label=BOXES, day=DAYS)
    def back(self, label: str, day: date) -> Any:
        def act(session: Any, drive: Drive) -> None:
            box = queries.find_box(session, drive, label)
            if box.shipment_id:
                shipment = session.get_one(Shipment, box.shipment_id)
                rules.bring_back(session, shipment, on=day, reason="nobody there")

        return self.keep(act)

    @rule(target=done, number=consumes(done))
    def take_back(self, number: int) -> Any:
        def act(session: Any, _drive: Drive) -> None:
            work = run().work
            assert work is not None
            undo(session, find_operation(session, number), work.operation, before=[before_undo])

        return self.keep(act)

    def keep(self, action: Callable[[Any, Drive], Any]) -> Any:
        _answer, number = self.step(action)
        return multiple() if number is None else number

    @staticmethod
    def with_slip(session: Any, key: int, act: Callable[[Slip], Any]) -> None:
        if (slip := session.get(Slip, key)) is not None:
            act(slip)

    # --- what always holds ------------------------------------------------------------

    @invariant()
    def everything_stays_true(self) -> None:
        with self.volunteer.writing() as session:
            moved = movements_of(session, session.scalars(select(SlipLine.id)).all())
            self.every_total_balances_on_every_day(session, moved)
            assert [finding for check in CHECKS for finding in check.find(session)] == []
        no_line_is_ever_below_zero(moved)

    def every_total_balances_on_every_day(self, session: Any, moved: list[Movement]) -> None:
        drive = session.get_one(Drive, 1)
        for day in (*(FIRST + timedelta(days=days) for days in (0, 2, 4)), None):
            rows = queries.stock(session, drive, day)
            assert {(row.item, row.unit): _figures(row) for row in rows} == self.expected(session, moved, day)
            for row in rows:
                assert row.received + row.found == sum(getattr(row, name) for name in PLACES)
                assert min(_figures(row).values()) >= 0
                assert row.delivered <= row.shipped

    @staticmethod
    def expected(session: Any, moved: list[Any], day: date | None) -> dict[Any, dict[str, int]]:
        """The stock counted by hand from the entries, one by one."""
        lines = {line.id: line for line in session.scalars(select(SlipLine))}
        found: dict[Any, dict[str, int]] = {}
        for each in moved:
            if day and each.moved_on > day:
                continue
            line = lines[each.line_id]
            figures = found.setdefault((line.item, line.unit), dict.fromkeys(queries.FIGURES, 0))
            inwards = "found" if each.step == "count" else "received"
            for name, sign in ((each.from_state, -1), (each.to_state, 1)):
                name = "shipped" if name == "delivered" else name  # noqa: PLW2901 - delivered goods are shipped ones
                if name == "outside":
                    figures[inwards] -= sign * each.quantity
                else:
                    figures[name] += sign * each.quantity
            arrived = (each.to_state == "delivered") - (each.from_state == "delivered")
            figures["delivered"] += each.quantity * arrived
        return found


def no_line_is_ever_below_zero(moved: list[Movement]) -> None:
    for days in range(7):
        held: dict[Any, int] = defaultdict(int)
        for each in moved:
            if each.moved_on <= FIRST + timedelta(days=days):
                held[each.source] -= each.quantity
                held[each.target] += each.quantity
        assert all(count >= 0 or where[1] == State.OUTSIDE for where, count in held.items())


def _figures(row: Any) -> dict[str, int]:
    return {name: getattr(row, name) for name in queries.FIGURES}


@pytest.mark.postgres
@pytest.mark.parametrize("examples", [8, pytest.param(100, marks=pytest.mark.faults)])
def test_stock_stays_true(binhu_database: Database, volunteer: Any, examples: int) -> None:
    StockMachine.template, StockMachine.maker = binhu_database, type(volunteer)
    run_state_machine_as_test(
        StockMachine,
        settings=settings(
            max_examples=fewer(binhu_database, examples), stateful_step_count=25, deadline=None
        ),
    )
