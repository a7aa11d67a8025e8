"""A unique word in every private field and a steering sign in every text: neither comes out of any command."""

from __future__ import annotations

import io
import shutil
import sqlite3
import sys
import traceback
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_lines import COMMANDS, example
from sqlalchemy import Column, String
from volunteering import Volunteer

from volunteer_cli.areas import load_models, things
from volunteer_cli.core.models import Base
from volunteer_cli.core.privacy import is_masked

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import examples

STEERING = "\x1b\u202e\u2066\x07"
#: What changes a database as a whole, or begins something that does not end by itself.
NOT_RUN = {"batch", "demo", "db", "shell", "undo", "redo"}
TEXT, JSON = "text", "json"
#: Private fields that are shown where they belong, and why.
SHOWN = {
    ("household", "note"): "the office's own remark; a visit's is hidden",
    ("household", "two_people"): "whoever goes there has to know",
    ("certificate", "contact"): "whom a school asks stands on the paper",
    ("person", "note"): "the office's own remark on its own page",
    ("visit", "kind"): "what a visit was for is hidden in the history alone",
    ("visit_supply", "item"): "what was given in all is reported; to whom is not",
}
#: Private fields of which only some are private.
PARTLY = {("request_caller", "name"): "confidential", ("request_caller", "phone"): "confidential"}
#: Columns in which people write words.
WRITTEN = {
    "name",
    "title",
    "text",
    "place",
    "work",
    "topic",
    "reason",
    "note",
    "field",
    "contact",
    "what",
    "purpose",
}


def private_columns() -> Iterator[tuple[str, Column[Any]]]:
    """The tables and columns of text that are masked or hidden."""
    load_models()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            hidden = "holds" in column.info and is_masked(column) and isinstance(column.type, String)
            if hidden and (table.name, column.name) not in SHOWN:
                yield table.name, column


def written() -> Iterator[tuple[str, str]]:
    """The tables and columns of words that people wrote."""
    load_models()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            # The names of figures are codes.
            if (
                column.name in WRITTEN
                and isinstance(column.type, String)
                and table.name != "community_figure"
            ):
                yield table.name, column.name


def canaries() -> dict[tuple[str, str], str]:
    """How the values of each private column begin: as numbers where it holds them, as words anywhere else."""
    values = {}
    for number, (table, column) in enumerate(private_columns(), 1):
        # Of whom to ask at a firm the numbers are hidden, not the words.
        phone = f"1991{number:03}"
        kinds = {"phone": phone, "contact": phone, "id_number": f"370102199001{number:02}"}
        kind = next((name for name in kinds if column.name.startswith(name)), "")
        values[table, column.name] = kinds.get(kind, f"canary{number:04}bird")
    return values


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example database of two communities."""
    return examples.make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def planted(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    """The example with a canary in every private field that is filled, and some that are not."""
    path = Path(shutil.copy(made, tmp_path / "planted.db"))
    with closing(sqlite3.connect(path)) as connection:
        for (table, column), value in canaries().items():
            end = "printf('%04d', id)" if value.isdigit() else "id"
            own = f"UPDATE {table} SET {column} = ? || {end} WHERE ({column} IS NOT NULL OR id <= 5)"
            own += f" AND {PARTLY[table, column]}" if (table, column) in PARTLY else ""
            connection.execute(own, (value,))
        connection.commit()
    monkeypatch.chdir(tmp_path)
    return Volunteer(path)


@pytest.fixture
def steered(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    """The example with signs in its words that would steer a terminal, as only a foreign program writes them."""
    path = Path(shutil.copy(made, tmp_path / "steered.db"))
    with closing(sqlite3.connect(path)) as connection:
        for table, column in written():
            connection.execute(f"UPDATE {table} SET {column} = {column} || ?", (STEERING,))
        connection.commit()
    monkeypatch.chdir(tmp_path)
    return Volunteer(path)


def by_id(words: tuple[str, ...], command: Any) -> Iterator[list[str]]:
    """A command line for each of the first records of what a command names."""
    arguments = [each for each in command.params if each.param_type_name == "argument" and each.required]
    kinds = [(each.metavar or each.name or "").strip("[].").lower() for each in arguments]
    if all(kind in things() for kind in kinds):
        for number in (1, 2, 3) if kinds else (1,):
            yield [*words, *(str(number) for _kind in kinds)]


def lines(words: tuple[str, ...], command: Any) -> Iterator[list[str]]:
    """Command lines of a command: its example, and those by id."""
    yield example(command)
    yield from by_id(words, command)


def printed(volunteer: Volunteer, line: list[str], form: str, tmp_path: Path) -> str:
    """All that a command line shows and writes, as text."""
    path = tmp_path / f"out.{form}"
    ending = [] if form == TEXT else ["-f", form] if form != "xlsx" else ["-o", str(path)]
    answer = volunteer(*line, *ending, "-n") if "-n" not in line else volunteer(*line, *ending)
    if "--dry-run" in answer.err or answer.code == 2:
        answer = volunteer(*line, *ending)
    shown = answer.out + answer.err
    if path.exists() and not zipfile.is_zipfile(path):
        shown += path.read_text(encoding="utf-8")
    elif path.exists():
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            shown += "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    path.unlink(missing_ok=True)
    return shown


def test_there_are_fields_to_plant() -> None:
    assert len(canaries()) > 30
    assert all(
        Base.metadata.tables[table].columns[column] is not None for table, column in {**SHOWN, **PARTLY}
    )


FORMS = [TEXT, *(pytest.param(form, marks=pytest.mark.faults) for form in (JSON, "html", "xlsx"))]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_private_comes_out(planted: Volunteer, tmp_path: Path, form: str) -> None:
    values = {value: f"{table}.{column}" for (table, column), value in canaries().items()}
    leaks = set()
    tried = 0
    for words, command in COMMANDS.items():
        for line in () if words[0] in NOT_RUN else lines(words, command):
            if "--reveal" not in line:
                tried += 1
                shown = printed(planted, line, form, tmp_path)
                leaks |= {f"{' '.join(line)}: {values[value]}" for value in values if value in shown}
    assert tried > 250
    assert not leaks, "\n".join(sorted(leaks))


def completed_by_the_shell(volunteer: Volunteer, values: Iterable[str]) -> str:
    """What every argument completes to, where somebody typed nothing, or the beginning of something private."""
    from volunteer_cli.completion import completes
    from volunteer_cli.core.run import Run, running
    from volunteer_cli.core.settings import Given

    begun = ("", *{value[:5] for value in values})
    with running(Run(Given({"db": str(volunteer.database), "today": volunteer.today}))):
        ways = [complete for kind in things() if (complete := completes(kind))]
        return "\n".join(word for complete in ways for typed in begun for word in complete(typed))


def in_views(volunteer: Volunteer) -> str:
    """All that other tools read in the views of the database."""
    names = volunteer.ask("SELECT name FROM sqlite_master WHERE type = 'view'")
    assert len(names) > 10
    return "\n".join(str(row) for (name,) in names for row in volunteer.ask(f'SELECT * FROM "{name}"'))


def exported(volunteer: Volunteer, folder: Path) -> str:
    """All that goes to a province."""
    import duckdb

    volunteer.ok("db", "export", folder)
    files = list(folder.rglob("*.parquet"))
    assert len(files) > 10
    with duckdb.connect() as duck:
        rows = [row for file in files for row in duck.read_parquet(str(file)).fetchall()]
    return "\n".join(map(str, rows))


def in_a_traceback(volunteer: Volunteer, value: str) -> str:
    """What a fault of the database leaves for us to read, when what failed was a private field."""
    from sqlalchemy import text

    from volunteer_cli.core.database.faults import Inconsistent

    statement = text("UPDATE visit SET note = :note, household_id = NULL WHERE id = 1")
    with pytest.raises(Inconsistent) as fault, volunteer.writing() as session:
        session.execute(statement, {"note": value})
    return "".join(traceback.format_exception(fault.value))


def test_nothing_private_goes_out_by_other_ways(planted: Volunteer, tmp_path: Path) -> None:
    """By what the shell completes, a search, tools that read the file, a province's figures, and a fault's details."""
    values = {value: f"{table}.{column}" for (table, column), value in canaries().items()}
    looked_for = (planted("find", word) for word in ("canary", "1991", "370102"))
    ways = {
        "completion": completed_by_the_shell(planted, values),
        "find": "\n".join(answer.out + answer.err for answer in looked_for),
        "views": in_views(planted),
        "export": exported(planted, tmp_path / "figures"),
        "fault": in_a_traceback(planted, next(iter(values))),
    }
    leaks = {
        f"{way}: {name}" for way, text in ways.items() for value, name in values.items() if value in text
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_no_sign_that_steers_a_terminal_comes_out(steered: Volunteer, tmp_path: Path) -> None:
    steering = set()
    tried = 0
    for words, command in COMMANDS.items():
        for line in () if words[0] in NOT_RUN else by_id(words, command):
            tried += 1
            if set(STEERING) & set(printed(steered, line, TEXT, tmp_path)):
                steering.add(" ".join(line))
    assert tried > 200
    assert not steering, "\n".join(sorted(steering))
