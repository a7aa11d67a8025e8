"""Where rows go: a terminal, a pipe, a file; and what is imported on the way."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from volunteer_cli.core.run import run
from volunteer_cli.output.errors import BinaryToTerminal, CannotWrite, UnknownFormat
from volunteer_cli.output.files import replacing
from volunteer_cli.output.formats import CSV, IDS, TABLE, XLSX
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.render import show_list
from volunteer_cli.output.view import Column, View

from .views import PEOPLE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(
    records: Iterable[Any], stream: io.StringIO | None = None, view: View = PEOPLE, **options: Any
) -> str:
    stream = stream or io.StringIO()
    show_list(view, records, OutputOptions(**options), stream=stream)
    return stream.getvalue()


def test_table_on_a_terminal_and_tsv_in_a_pipe(people: list[Any]) -> None:
    assert (
        printed(people[:1], Terminal(), fields=("id", "name"))
        == "\x1b[1mId  Name\x1b[0m\n--  ----\n 1  李明\n"
    )
    assert printed(people[:1], fields=("id", "name")) == "id\tname\n1\t李明\n"


def test_table_fits_the_terminal(people: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "36")
    people[0].name = "布姥姥手工艺堂的志愿者们"
    narrow = printed(people[:1], Terminal(), fields=("id", "name", "phone")).splitlines()
    assert narrow[2:] == [" 1  布姥姥手工艺堂的志  138****5678", "    愿者们"]
    assert "的志愿者们" in printed(people[:1], fields=("id", "name", "phone"), format=TABLE)


@pytest.mark.parametrize(("color", "bold"), [("always", True), ("never", False)])
def test_headings_in_color(people: list[Any], color: str, *, bold: bool) -> None:
    run().given.color = color
    first = printed(people[:1], Terminal(), fields=("id", "name")).splitlines()[0]
    assert first == ("\x1b[1mId  Name\x1b[0m" if bold else "Id  Name")


def test_ids_and_numbers_are_never_cut(people: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    assert printed(people[:1], Terminal(), fields=("id", "phone")).splitlines()[2] == " 1  138****5678"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("people.csv", "\ufeffid,name"),
        ("people.tsv", "id\tname"),
        ("people.json", "["),
        ("people.jsonl", '{"id": 1, "name": "李明"}'),
        ("people.md", "| Id | Name |"),
        ("people.HTML", "<!doctype html>"),
        ("people.txt", "Id  Name"),
    ],
)
def test_files_by_extension(people: list[Any], tmp_path: Path, name: str, first: str) -> None:
    path = tmp_path / name
    assert printed(people[:1], fields=("id", "name"), output=path) == ""
    assert path.read_text(encoding="utf-8").splitlines()[0] == first
    assert list(tmp_path.iterdir()) == [path]


def test_spreadsheet_file(people: list[Any], tmp_path: Path) -> None:
    printed(people, output=tmp_path / "people.xlsx")
    assert (tmp_path / "people.xlsx").read_bytes().startswith(b"PK")


def test_dash_is_standard_output(people: list[Any]) -> None:
    assert printed(people[:1], fields=("id",), output=Path("-")) == "id\n1\n"


def test_unknown_extension(people: list[Any], tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as refused:
        printed(people, output=tmp_path / "people.doc")
    assert "'.doc'" in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_format_wins_over_the_extension(people: list[Any], tmp_path: Path) -> None:
    printed(people[:1], output=tmp_path / "people.doc", format=IDS)
    assert (tmp_path / "people.doc").read_text() == "1\n"


def test_spreadsheet_to_a_terminal(people: list[Any]) -> None:
    with pytest.raises(BinaryToTerminal) as refused:
        printed(people, Terminal(), format=XLSX)
    assert refused.value.exit_code == 2


def test_spreadsheet_to_a_pipe(people: list[Any]) -> None:
    stream = io.TextIOWrapper(io.BytesIO())
    show_list(PEOPLE, people, OutputOptions(format=XLSX), stream=stream)
    assert stream.buffer.getvalue().startswith(b"PK")


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    path.write_text("old")

    def records() -> Iterator[dict[str, Any]]:
        yield {"id": 1}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        printed(records(), view=View("things", "Things", (Column("id"),)), output=path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing(people: list[Any], tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as refused:
        printed(people, output=tmp_path / "no" / "people.csv")
    assert "people.csv' cannot be written: No such file or directory [cannot_write]" in str(refused.value)
    assert refused.value.exit_code == 1


def test_a_folder_is_no_file(people: list[Any], tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        printed(people, output=tmp_path, format=CSV)


def test_a_full_disk(people: list[Any]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(CannotWrite) as refused:
        printed(people, output=Path("/dev/full"), format=CSV)
    assert "No space left" in str(refused.value)
    assert Path("/dev/full").is_char_device()


def test_a_link_stays_a_link_and_keeps_the_rights_of_its_file(tmp_path: Path) -> None:
    path, link = tmp_path / "kept.txt", tmp_path / "link.txt"
    path.touch(mode=0o600)
    link.symlink_to(path)
    with replacing(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600


HEAVY = ("sqlalchemy", "typer", "tabulate", "wcwidth", "xlsxwriter", "jinja2", "volunteer_cli.core.dates")


@pytest.mark.parametrize(
    ("form", "needed"),
    [
        ("json", set()),
        ("csv", set()),
        ("tsv", set()),
        ("ids", set()),
        ("table", {"tabulate", "wcwidth"}),
        ("xlsx", {"xlsxwriter", "wcwidth"}),
    ],
)
def test_a_format_imports_only_itself(form: str, needed: Any) -> None:
    code = f"""
import sys
from volunteer_cli.output.formats import format_named
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.render import printed
from volunteer_cli.output.view import Column, View
printed(View("things", "Things", (Column("id"), Column("name"))), [{{"id": 1, "name": "李明"}}], OutputOptions(format_named("{form}")))
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert set(run.stdout.split()) == needed
