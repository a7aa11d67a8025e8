"""Which fields and records are shown, in which order, how many, and how much of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.output.errors import BadLimit, UnknownField, UnknownFormat
from volunteer_cli.output.formats import CSV, IDS, JSON, NDJSON, format_named
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.render import check, show_list
from volunteer_cli.output.rows import CHUNK
from volunteer_cli.output.view import Column, Kind, View, extended

from .views import PEOPLE, text_of, write

THINGS = View("things", "Things", (Column("id", kind=Kind.ID), Column("value")))


def values(
    records: Iterable[Any], view: View = THINGS, session: Any = None, **options: Any
) -> list[dict[str, Any]]:
    lines = write(view, records, OutputOptions(format=NDJSON, **options), session)
    return [json.loads(line) for line in lines.splitlines()]


def order(given: Iterable[Any], sort: str) -> list[int]:
    records = [{"id": place, "value": value} for place, value in enumerate(given)]
    return [row["id"] for row in values(records, sort=sort, fields=("id",))]


def test_fields_in_the_order_named(people: list[Any]) -> None:
    (row,) = values(people[:1], PEOPLE, fields=("name", "id", "name"))
    assert list(row.items()) == [("name", "李明"), ("id", 1)]


def test_all_fields_of_a_list(people: list[Any]) -> None:
    text = text_of(PEOPLE, people, CSV, fields=("all",))
    assert text.splitlines()[0].count(",") == len(PEOPLE.columns) - 2


def test_unknown_field_names_the_known_and_the_nearest(people: list[Any]) -> None:
    with pytest.raises(UnknownField) as refused:
        values(people, PEOPLE, fields=("nmae",))
    assert str(refused.value).startswith("There is no field 'nmae'; the fields are: id, name, phone, ")
    assert str(refused.value).endswith("[unknown_field]. Did you mean 'name'?")
    assert refused.value.exit_code == 2


def test_a_list_has_no_field_of_single_records(people: list[Any]) -> None:
    with pytest.raises(UnknownField):
        values(people, PEOPLE, fields=("roster",))
    with pytest.raises(UnknownField):
        PEOPLE.column("nothing")


def test_ids_need_an_id() -> None:
    view = View("hours", "Hours", (Column("month"),))
    with pytest.raises(UnknownField):
        write(view, [], OutputOptions(format=IDS))


@pytest.mark.parametrize(
    ("given", "up", "down"),
    [
        ([10, 9, None, 2], [3, 1, 0, 2], [0, 1, 3, 2]),
        (["b", None, "a", "c"], [2, 0, 3, 1], [3, 0, 2, 1]),
        ([1, 1, 0], [2, 0, 1], [0, 1, 2]),
        ([date(2025, 3, 5), date(2024, 1, 1)], [1, 0], [0, 1]),
        ([Quantity(730, direction=Direction.AT_LEAST), 12, Quantity(40)], [1, 2, 0], [0, 2, 1]),
        (["x", 3, date(2025, 1, 1)], [1, 2, 0], [0, 2, 1]),
        ([True, False], [1, 0], [0, 1]),
    ],
)
def test_sort_is_stable_and_unknown_comes_last(given: list[Any], up: list[int], down: list[int]) -> None:
    assert order(given, "value") == up
    assert order(given, "-value") == down


def test_sort_by_an_unknown_field() -> None:
    with pytest.raises(UnknownField):
        order([1], "-size")


def test_limit_takes_no_more_records_than_it_shows() -> None:
    taken = []

    def records() -> Iterator[dict[str, Any]]:
        for number in range(10):
            taken.append(number)
            yield {"id": number, "value": None}

    assert len(values(records(), limit=3)) == 3
    assert taken == [0, 1, 2]
    assert values(records(), limit=0) == []


def test_limit_after_sort() -> None:
    assert order([3, 1, 2], "value") == [1, 2, 0]
    records = [{"id": value, "value": value} for value in (3, 1, 2)]
    assert [row["id"] for row in values(records, sort="-value", limit=2)] == [3, 2]


def test_negative_limit() -> None:
    with pytest.raises(BadLimit) as refused:
        OutputOptions(limit=-1)
    assert refused.value.exit_code == 2


def test_load_runs_once_for_each_thousand_and_only_when_shown() -> None:
    calls = []

    def load(session: Any, records: Sequence[Any]) -> dict[int, int]:
        calls.append((session, len(records)))
        return {record["id"]: record["id"] * 10 for record in records if record["id"] % 2}

    view = View("things", "Things", (Column("id", kind=Kind.ID), Column("tens", load=load, default=0)))
    records = [{"id": number} for number in range(CHUNK + 5)]
    session = Session()
    assert len(values(records, view, session, fields=("id",))) == CHUNK + 5
    assert calls == []
    assert [row["tens"] for row in values(records, view, session)][:4] == [0, 10, 0, 30]
    assert calls == [(session, CHUNK), (session, 5)]


def test_sort_by_a_loaded_field_that_is_not_shown() -> None:
    def load(_session: Any, records: Sequence[Any]) -> dict[int, int]:
        return {record["id"]: -record["id"] for record in records}

    view = View("things", "Things", (Column("id", kind=Kind.ID), Column("weight", load=load)))
    records = [{"id": number} for number in range(3)]
    assert values(records, view, sort="weight", fields=("id",)) == [{"id": 2}, {"id": 1}, {"id": 0}]


def test_values_come_from_functions_attributes_and_keys() -> None:
    view = View("things", "Things", (Column("name"), Column("twice", value=lambda thing: thing.name * 2)))
    assert values([SimpleNamespace(name="a")], view) == [{"name": "a", "twice": "aa"}]
    assert values([{"id": 1}]) == [{"id": 1, "value": None}]


def test_masked_unless_there_is_a_reason(people: list[Any]) -> None:
    fields = ("phone", "id_number", "room")
    assert values(people[:2], PEOPLE, fields=fields) == [
        {"phone": "138****5678", "id_number": "1101**********002X", "room": "*"},
        {"phone": None, "id_number": None, "room": None},
    ]
    assert values(people[:1], PEOPLE, fields=fields, reveal="audit") == [
        {"phone": "13800005678", "id_number": "11010519491231002X", "room": "501"}
    ]
    assert values(people[:1], PEOPLE, fields=("phone",), reveal="") == [{"phone": "138****5678"}]


def test_nested_rows_are_masked_and_revealed_too(people: list[Any]) -> None:
    options = OutputOptions(format=JSON, fields=("roster",))
    masked = json.loads(write(PEOPLE, people[:1], options, single=True))
    options.reveal = "audit"
    revealed = json.loads(write(PEOPLE, people[:1], options, single=True))
    assert masked == {"roster": [{"person": "王芳", "phone": "139****0001"}]}
    assert revealed == {"roster": [{"person": "王芳", "phone": "13900000001"}]}


def test_rows_without_a_view_are_shown_as_they_are() -> None:
    view = View("communities", "Communities", (Column("figures", kind=Kind.ROWS),))
    record = {"figures": [{"name": "population", "value": 35000}, {"name": "grids"}]}
    assert json.loads(write(view, [record], OutputOptions(format=JSON), single=True)) == {
        "figures": [{"name": "population", "value": 35000}, {"name": "grids", "value": None}]
    }


def test_check_refuses_before_anything_is_computed() -> None:
    stream = io.StringIO()
    check(PEOPLE, OutputOptions(fields=("roster",)), single=True, stream=stream)
    for options in (OutputOptions(fields=("roster",)), OutputOptions(sort="roster")):
        with pytest.raises(UnknownField):
            check(PEOPLE, options, stream=stream)
    with pytest.raises(UnknownField):
        show_list(
            PEOPLE, iter(lambda: pytest.fail("computed"), 0), OutputOptions(fields=("x",)), stream=stream
        )


def test_formats_by_name() -> None:
    assert format_named("CSV") is CSV
    with pytest.raises(UnknownFormat) as refused:
        format_named("jsn")
    assert "Did you mean 'json'?" in str(refused.value)
    assert refused.value.exit_code == 2


def test_headings_have_a_default() -> None:
    assert Column("signed_up").heading == "Signed up"
    assert Column("signed_up", "Places").heading == "Places"


def test_added_columns_stand_where_they_say() -> None:
    added = [
        Column("hours", after="name"),
        Column("stars", after="hours"),
        Column("teams", after="name"),
        Column("end"),
    ]
    columns = extended(Column("id"), Column("name"), Column("note"), added=added)
    assert [column.name for column in columns] == ["id", "name", "teams", "hours", "stars", "note", "end"]
