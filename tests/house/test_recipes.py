"""The recipes of CONTRIBUTING.md, carried out in a scratch copy: what they make works, and they touch no more than they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from volunteering import columns_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GOLDEN = ROOT / "tests" / "golden"
BLOCK = re.compile(
    r"^(?P<how>Make|In|At the end of) `(?P<path>[^`]+)`"
    r"(?:, (?P<where>behind|before|instead of) `(?P<anchor>[^`]+)`)?:\n\n"
    r"```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
#: Runs command lines of the copy one after the other: importing the program again for each takes a second.
PROGRAM = """
import json, sys
from typer.testing import CliRunner
from volunteer_cli.app import app

for line in sys.stdin:
    words, environment = json.loads(line)
    answer = CliRunner().invoke(app, words, env=environment)
    print(json.dumps([answer.exit_code, answer.stdout, answer.stderr]), flush=True)
"""


class Copy:
    """A copy of the repository in which recipes are followed, and the program that it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.newest = max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("0*.py"))
        self.next = f"{int(self.newest) + 1:04}"
        self.made: list[str] = []
        self.edited: list[str] = []
        for name in ("volunteer_cli", "migrations", "tools"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        (folder / "docs").mkdir()
        for name in ("hatch_build.py", "pyproject.toml", "docs/glossary.md"):
            shutil.copy(ROOT / name, folder / name)
        #: A database with data in it, of the schema before the recipes.
        self.filled = folder / "filled.db"
        shutil.copy(GOLDEN / f"{self.newest}.db", self.filled)

    def follow(self, heading: str) -> None:
        """Do what the section of this heading says."""
        for block in BLOCK.finditer(section(heading)):
            path = self._numbered(block["path"])
            text = self._numbered(block["text"])
            if block["how"] == "Make":
                self._make(path, text)
            elif block["how"] == "At the end of":
                self._append(path, text)
            else:
                self._edit(path, text, block["where"], block["anchor"])

    def _numbered(self, text: str) -> str:
        return text.replace("{next}", self.next).replace("{newest}", self.newest)

    def _make(self, path: str, text: str) -> None:
        target = self.folder / path
        assert not target.exists()
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        self.made.append(path)

    def _edit(self, path: str, text: str, where: str, anchor: str) -> None:
        target = self.folder / path
        before = target.read_text(encoding="utf-8")
        assert before.count(f"{anchor}\n") == 1, f"{anchor} stands not once in {path}"
        line = f"{anchor}\n"
        lines = {"behind": line + text, "before": f"{text}\n\n{line}", "instead of": text}[where]
        target.write_text(before.replace(line, lines), encoding="utf-8")
        self.edited.append(path)

    def _append(self, path: str, text: str) -> None:
        with (self.folder / path).open("a", encoding="utf-8") as target:
            target.write(text)
        self.edited.append(path)

    @property
    def touched(self) -> list[str]:
        """The files that were made or edited by hand."""
        return sorted({*self.made, *self.edited})

    def run(self, *words: str, language: str = "en", code: int = 0) -> str:
        """What a command of the copy prints to its user, on both streams."""
        given, out, err = self._answer(words, language)
        assert given == code, f"{words}\n{out}{err}"
        return out + err

    def rows(self, *words: str) -> Any:
        """What a command answers as JSON."""
        given, out, err = self._answer((*words, "-f", "json"), "en")
        assert given == 0, err
        return json.loads(out)

    def _answer(self, words: Sequence[str], language: str) -> tuple[int, str, str]:
        program = self._program
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(json.dumps([words, {"VOLUNTEER_LANG": language}]) + "\n")
        program.stdin.flush()
        code, out, err = json.loads(program.stdout.readline())
        return code, out, err

    @cached_property
    def _program(self) -> subprocess.Popen[str]:
        """The program of the copy, once all recipes are followed."""
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    @cached_property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "VOLUNTEER_DB": str(self.folder / "volunteer.db"),
            "VOLUNTEER_TODAY": "2026-06-30",
        }

    def close(self) -> None:
        """End the program of the copy, if it ever ran."""
        if "_program" in vars(self):
            self._program.communicate()

    def python(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**self._environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def built(self, *tools: str) -> None:
        """Compile the catalogue and let the tools look at what was written."""
        written = [path for path in self.made if path.endswith(".py")]
        style = [("-m", "ruff", *verb, *written) for verb in (("check", "-q"), ("format", "--check"))]
        checks = [(f"tools/{tool}.py", "--check") for tool in tools]
        for words in (("hatch_build.py",), *checks, *(style if written else ())):
            done = self.python(*words)
            assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"


def section(heading: str) -> str:
    """The text below a heading of the page, up to the next one."""
    return PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    copied = Copy(tmp_path / "copy")
    yield copied
    copied.close()


def begun(copy: Copy) -> None:
    copy.run("db", "init")
    copy.run("community", "add", "滨湖社区", "--code", "binhu")


def test_an_area(copy: Copy) -> None:
    copy.follow("Add an area")
    assert copy.edited == ["volunteer_cli/areas.py"]
    outside = [path for path in copy.made if not path.startswith("volunteer_cli/library/")]
    assert sorted(Path(path).suffix for path in outside) == [".po", ".py"]  # the Chinese and the migration
    copy.built("messages", "arrows")
    begun(copy)

    for language, sentence in (("en", "Books that the community lends"), ("zh", "社区借阅的图书")):
        assert sentence in copy.run("--help", language=language)
    copy.run("book", "add", "红楼梦", "--author", "曹雪芹")
    assert "已修改红楼梦" in copy.run("book", "edit", "红楼梦", "--shelf", "A1", language="zh")
    assert "[duplicate]" in copy.run("book", "add", "红楼梦", code=1)
    copy.run("book", "archive", "红楼梦")
    assert [copy.rows("book", "list"), len(copy.rows("book", "list", "--archived"))] == [[], 1]
    copy.run("book", "restore", "红楼梦")
    book = copy.rows("book", "show", "红楼梦")
    assert (book["title"], book["author"], book["shelf"]) == ("红楼梦", "曹雪芹", "A1")

    sheet = copy.folder / "books.csv"
    sheet.write_text("书名,作者,书架\n红楼梦,曹雪芹,A1\n西游记,吴承恩,\n", encoding="utf-8")
    imported = copy.rows("import", "books", str(sheet))
    assert (imported["rows"]["new"], imported["rows"]["same"], imported["rows"]["rejected"]) == (1, 1, 0)
    assert copy.rows("import", "guess", str(sheet))[0]["field"] == "title"

    waiting = [row for row in copy.rows("report", "today") if row["task"] == "place_book"]
    assert [(row["what"], row["next"]) for row in waiting] == [
        ("西游记", "volunteer book edit 2 --shelf SHELF")
    ]
    assert "给图书找书架" in copy.run("report", "today", "-f", "table", language="zh")
    assert [(row["shelf"], row["books"]) for row in copy.rows("report", "books")] == [("A1", 1), (None, 1)]
    assert copy.rows("report", "overview")["due"] == [{"task": "place_book", "count": 1}]

    completed = copy.python(
        *("-m", "volunteer_cli"),
        _VOLUNTEER_COMPLETE="complete_bash",
        COMP_WORDS="volunteer book show 西",
        COMP_CWORD="3",
    )
    assert "西游记" in completed.stdout

    copy.run("undo")
    assert [row["title"] for row in copy.rows("book", "list")] == ["红楼梦"]
    assert {row["command"] for row in copy.rows("history", "list", "--thing", "book:1")} >= {
        "book add",
        "book edit",
    }

    copy.run("check", "book-titles")
    copy.python(
        "-c",
        "import sqlite3; c = sqlite3.connect('volunteer.db'); c.execute(\"UPDATE book SET title = ''\"); c.commit()",
    )
    assert "没有书名" in copy.run("check", "-f", "table", language="zh", code=6)


def test_a_field(copy: Copy) -> None:
    copy.follow("Add a field")
    assert copy.made == [f"migrations/versions/{copy.next}_wechat.py"]
    assert set(copy.edited) == {
        "volunteer_cli/people/models.py",
        "volunteer_cli/people/fields.py",
        "volunteer_cli/locale/zh_CN/people.po",
    }
    copy.built("messages", "arrows")
    copy.run("db", "upgrade", "--db", str(copy.filled))
    columns = columns_of(copy.filled)
    assert columns.pop("person.wechat") == [None] * len(columns["person.id"])
    assert columns == columns_of(GOLDEN / f"{copy.newest}.db"), (
        "a revision that alters a table loses nothing of it"
    )
    shutil.copytree(ROOT / "tests" / "house", copy.folder / "house")
    for name in ("volunteering.py", "servers.py"):
        shutil.copy(ROOT / "tests" / name, copy.folder)
    done = copy.python("house/field_recipe.py")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_report(copy: Copy) -> None:
    copy.follow("Add a report")
    assert (copy.made, copy.edited) == ([], ["volunteer_cli/hours/reports.py"])
    copy.built("arrows")
    begun(copy)
    assert copy.rows("report", "evidence") == []
    assert "evidence" in copy.run("report", "list")
    assert "How the records are proved" in copy.run("report", "explain", "evidence")


def test_an_import_kind(copy: Copy) -> None:
    copy.follow("Add an import kind")
    assert (copy.made, copy.edited) == (
        ["volunteer_cli/teams/code_sheet.py"],
        ["volunteer_cli/teams/area.py"],
    )
    copy.built("arrows")
    begun(copy)
    copy.run("team", "add", "红队")
    sheet = copy.folder / "codes.csv"
    sheet.write_text("队伍,代码\n红队,RED\n", encoding="utf-8")
    assert "--lower" in copy.run("import", "team-codes", "--help")
    assert copy.rows("import", "team-codes", str(sheet), "--lower")["rows"]["updated"] == 1
    assert copy.rows("team", "show", "红队")["code"] == "red"


def test_a_policy_and_a_refusal_that_asks_it(copy: Copy) -> None:
    copy.follow("Add a policy")
    assert copy.touched == ["volunteer_cli/locale/zh_CN/people.po", "volunteer_cli/people/terms.py"]
    copy.follow("Add a refusal")
    assert copy.touched == [
        "volunteer_cli/locale/zh_CN/people.po",
        "volunteer_cli/people/rules.py",
        "volunteer_cli/people/terms.py",
    ]
    copy.built("messages", "arrows")
    begun(copy)
    assert "满此年龄可登记为志愿者" in copy.run("policy", "list", "-f", "table", language="zh")
    copy.run("policy", "set", "registration_age", "14")
    young = ("person", "add", "李明", "--birth", "2013-07-01", "--volunteer")
    assert "李明 is 12; people are registered as volunteers from 14 on [too_young]" in copy.run(
        *young, code=1
    )
    assert "满14岁方可登记为志愿者" in copy.run(*young, language="zh", code=1)
    assert "from {limit} on" in copy.run("explain", "too_young")
    assert copy.rows("person", "list") == []
    copy.run("undo")
    copy.run(*young)


def test_a_format(copy: Copy) -> None:
    copy.follow("Add a format")
    assert copy.touched == ["volunteer_cli/output/formats.py", "volunteer_cli/output/labelled.py"]
    copy.built("messages", "arrows")
    begun(copy)
    assert "xlsx, ids or labelled" in " ".join(copy.run("community", "list", "--help").split())
    listed = copy.run("community", "list", "-f", "labelled", "--fields", "id,name")
    assert listed == 'id:1\tname:"滨湖社区"\n'
    copy.run("community", "list", "--fields", "id,name", "-o", str(copy.folder / "list.ltsv"))
    assert (copy.folder / "list.ltsv").read_text("utf-8") == listed


def test_a_language(copy: Copy) -> None:
    copy.follow("Add a language")
    assert copy.touched == ["volunteer_cli/core/typography.py", "volunteer_cli/locale/fr_FR/house.po"]
    copy.built("arrows")
    for language in ("fr", "fr_FR.UTF-8"):
        assert "Personnes et groupes :" in copy.run("--help", language=language)
    assert "People and groups:" in copy.run("--help", language="en")
    missing = copy.python("tools/messages.py")
    assert missing.returncode != 0
    assert "fr_FR" in missing.stdout + missing.stderr


def test_what_the_page_tells_to_make_can_be_made() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", PAGE)) <= targets


def test_every_section_is_tried() -> None:
    """A section with something to write has a test that follows it."""
    followed = set(re.findall(r'copy\.follow\("([^"]+)"\)', Path(__file__).read_text(encoding="utf-8")))
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert {heading for heading in headings if BLOCK.search(section(heading))} == followed
