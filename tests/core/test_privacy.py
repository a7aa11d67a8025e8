from __future__ import annotations

import subprocess
import sys

import pytest

from volunteer_cli.areas import load_models
from volunteer_cli.core.models import Base, Holds
from volunteer_cli.core.privacy import holds, is_masked, masked_line, masked_values

SILENT = """
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from volunteer_cli.core.models import KEPT, REACH, WHO, WORDS, Base, SilentColumn, UnclearColumn, of
from volunteer_cli.people.models import Person

class {name}(Base):
    __tablename__ = "pet"
    {columns}
"""


def declare(columns: str) -> str:
    """What Python says to a module with such a table, in a process of its own, for tables are for good."""
    script = SILENT.format(name="Pet", columns="\n    ".join(columns.strip().splitlines()))
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return run.stderr.strip().splitlines()[-1] if run.returncode else ""


PERSON = 'person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)\n'


@pytest.mark.parametrize(
    ("columns", "refused"),
    [
        (PERSON + "name: Mapped[str] = mapped_column(info=WHO)", ""),
        (PERSON + "name: Mapped[str]", "SilentColumn: pet.name"),
        (PERSON + "born_on: Mapped[int | None]", "SilentColumn: pet.born_on"),
        ("name: Mapped[str] = mapped_column(String(20))", "SilentColumn: pet.name"),
        ('person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))', "SilentColumn: pet.person_id"),
        ("keeps_history = False\nname: Mapped[str]", ""),
        (
            PERSON
            + 'vet_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)\n'
            + "phone: Mapped[str] = mapped_column(info=REACH)",
            "UnclearColumn: pet.phone",
        ),
        (
            PERSON
            + 'vet_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)\n'
            + 'phone: Mapped[str] = mapped_column(info=REACH | of("vet_id"))',
            "",
        ),
    ],
)
def test_a_table_says_what_becomes_of_its_columns_or_cannot_be_imported(columns: str, refused: str) -> None:
    answer = declare(columns)
    assert answer.removeprefix("volunteer_cli.core.models.").startswith(refused)
    assert bool(answer) == bool(refused)


@pytest.mark.parametrize(
    ("column", "refused"),
    [("mapped_column(String(80))", True), ("mapped_column(String(80), info=REACH)", False)],
)
def test_a_column_that_comes_later_must_say_it_too(column: str, refused: bool) -> None:
    later = f"keeps_history = False\nname: Mapped[str]\nPerson.e_mail = {column}"
    script = SILENT.format(name="Pet", columns="\n    ".join(later.splitlines()[:2])) + later.splitlines()[2]
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ("SilentColumn: person.e_mail does not say what it holds" in run.stderr) is refused
    assert bool(run.returncode) is refused


def test_what_is_private_can_be_blanked() -> None:
    load_models()
    private = (Holds.WHO, Holds.REACH, Holds.PLACE)
    columns = [c for t in Base.metadata.tables.values() for c in t.columns if holds(c) in private]
    assert {"phone", "address", "id_number", "guardian_id", "value"} <= {column.name for column in columns}
    assert [c for c in columns if not (c.nullable or c.foreign_keys or c.type.python_type is str)] == []


def test_masked_is_what_is_private_unless_it_says_otherwise() -> None:
    load_models()
    person = Base.metadata.tables["person"].columns
    masked = {column.name for column in person if is_masked(column)}
    assert masked == {
        "phone", "phone_alt", "email", "id_number", "address", "unit", "room", "emergency_contact", "note",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("person add 李样明 --phone 13812345678", "person add '李样明' --phone 138****5678"),
        ("person add 李样明 --phone '138 1234 5678'", "person add '李样明' --phone 138****5678"),
        ("person add 李样明 --address 3-2-501 --building 3", "person add '李样明' --address * --building 3"),
        (
            "person add 李样明 --note '爱 唱歌' --birth 1965-03-05",
            "person add '李样明' --note * --birth 1965-03-05",
        ),
        ("person add 李样明 --note=爱唱歌", "person add '李样明' --note=*"),
        (
            "organization add 学校 --contact 王样 --kind school",
            "organization add '学校' --contact * --kind school",
        ),
        ("drive receive winter --anonymous --note 门口放下", "drive receive winter --anonymous --note *"),
        ("hours void 12 --reason '打 199 7770 0001 问过'", "hours void 12 --reason '打 199****0001 问过'"),
        ("person add '李样明", "person add '李样明"),
    ],
)
def test_a_command_line_shows_nothing_private(typed: str, shown: str) -> None:
    load_models()
    assert masked_line(typed) == shown


@pytest.mark.parametrize(
    ("table", "stored", "shown"),
    [
        ("person", {"name": "李样明", "phone": "13812345678"}, {"name": "李样明", "phone": "138****5678"}),
        ("person", {"room": "501", "building": "3"}, {"room": "*", "building": "3"}),
        ("person", {"note": "爱唱歌", "address": None}, {"note": "*", "address": None}),
        ("organization", {"contact": "王样", "name": "学校"}, {"contact": "*", "name": "学校"}),
        ("hours_record", {"work": "打 199 7770 0001"}, {"work": "打 199****0001"}),
        ("hours_record", {"minutes": 1234567, "served_on": "2025-01-02"}, {"minutes": 1234567, "served_on": "2025-01-02"}),
        ("person", {"gone_since": "x"}, {"gone_since": "*"}),
    ],
)  # fmt: skip
def test_the_history_shows_nothing_private(
    table: str, stored: dict[str, object], shown: dict[str, object]
) -> None:
    load_models()
    assert masked_values(table, stored) == shown
