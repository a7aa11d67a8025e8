"""What was said in confidence: nothing of it without a reason, in any format, order or command line."""

from __future__ import annotations

import io
from typing import Any

import pytest

from volunteer_cli.core.models import HIDDEN, WORDS, Base
from volunteer_cli.core.privacy import masked_values, without_confidences
from volunteer_cli.output.formats import FORMATS, format_named
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.rows import read
from volunteer_cli.output.view import Column, Kind, View

SECRETS = ("乙说的", "甲说的")
TALKS = View(
    "talks",
    "Talks",
    (
        Column("id", "Id", Kind.ID),
        Column("note", "Note", hidden=True),
        Column(
            "words",
            "Words",
            Kind.LIST,
            load=lambda _s, rows: {row["id"]: [row["note"]] for row in rows},
            hidden=True,
        ),
    ),
)
RECORDS = [{"id": key, "note": text} for key, text in enumerate(SECRETS, 1)]


def answer(options: OutputOptions, *, single: bool = False) -> list[tuple[Any, ...]]:
    return list(read(TALKS, RECORDS, options, None, single=single).values)


def test_without_a_reason_nothing_and_the_names_of_the_fields() -> None:
    options = OutputOptions(format=format_named("json"))
    assert answer(options) == [(1, None, None, ("note", "words")), (2, None, None, ("note", "words"))]


def test_with_a_reason_everything_and_no_names() -> None:
    options = OutputOptions(format=format_named("json"), reveal="为了核对")
    assert answer(options) == [(1, SECRETS[0], [SECRETS[0]], ()), (2, SECRETS[1], [SECRETS[1]], ())]


@pytest.mark.parametrize("fields", [("note",), ("words",), ("all",), ("id", "note", "hidden")])
@pytest.mark.parametrize("form", [form.name for form in FORMATS if not form.binary])
def test_no_way_of_asking_shows_it(fields: tuple[str, ...], form: str) -> None:
    from .views import write

    options = OutputOptions(format=format_named(form), fields=fields)
    text = io.StringIO()
    text.write(str(write(TALKS, RECORDS, options, None, single=False)))
    assert not [secret for secret in SECRETS if secret in text.getvalue()]


def test_an_order_would_tell_what_it_is() -> None:
    options = OutputOptions(format=format_named("json"), sort="note")
    assert [row[0] for row in answer(options)] == [1, 2]
    with_reason = OutputOptions(format=format_named("json"), sort="-note", reveal="核对")
    # By their sounds, yi before jia.
    assert [row[1] for row in answer(with_reason)] == ["乙说的", "甲说的"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("visit", "add", "3-1-101", "--note", "他哭了"), ("visit", "add", "3-1-101", "--note", "*")),
        (("visit", "add", "3-1-101", "--note=他哭了"), ("visit", "add", "3-1-101", "--note=*")),
        (("visit", "add", "3-1-101", "--by", "赵样一"), ("visit", "add", "3-1-101", "--by", "赵样一")),
    ],
)
def test_a_command_line_is_kept_without_it(words: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert without_confidences(words, ["他哭了"]) == kept


def test_the_history_shows_a_star_even_of_a_number() -> None:
    from sqlalchemy import Column as Stored
    from sqlalchemy import Integer, String, Table

    table = Table(
        "talk",
        Base.metadata,
        Stored("id", Integer, primary_key=True),
        Stored("note", String, info=WORDS | HIDDEN),
    )
    try:
        assert masked_values("talk", {"id": 3, "note": "19900001111"}) == {"id": 3, "note": "*"}
    finally:
        Base.metadata.remove(table)
