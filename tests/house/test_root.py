"""The root command: help, global options, errors, exit codes, completion."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from command_lines import COMMANDS
from volunteering import Volunteer

from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns
from volunteer_cli.shell.examples import spoken
from volunteer_cli.shell.suggesting import OPTIONS, WORDS


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **env}, check=False
    )


HEAVY = "print([m for m in ('sqlalchemy', 'tabulate', 'alembic', 'pypinyin', 'rich') if m in sys.modules], file=sys.stderr)"


@pytest.mark.parametrize("line", [["--help"], ["--version"], ["person", "--help"], ["team", "add", "-h"]])
def test_help_and_version_load_nothing_heavy(line: list[str]) -> None:
    done = python(
        f"import sys\nfrom volunteer_cli.app import command_tree\ntry:\n    command_tree()({line!r})\nfinally:\n    {HEAVY}"
    )
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"


def test_completion_loads_nothing_heavy_and_names_what_the_file_holds(volunteer: Volunteer) -> None:
    words = {
        "COMP_WORDS": "volunteer community show b",
        "COMP_CWORD": "3",
        "_VOLUNTEER_COMPLETE": "complete_bash",
    }
    code = f"import sys\nfrom volunteer_cli.app import command_tree\ntry:\n    command_tree()()\nfinally:\n    {HEAVY}"
    done = python(code, VOLUNTEER_DB=str(volunteer.database), **words)
    assert done.stdout.split() == ["binhu"]
    assert done.stderr.strip() == "[]"
    silent = python(code, VOLUNTEER_DB="/nonexistent/x.db", **words)
    assert silent.stdout.strip() == ""
    assert silent.stderr.strip() == "[]"


def test_without_words_it_prints_help(volunteer: Volunteer) -> None:
    for line in ([], ["-h"], ["--help"]):
        result = volunteer(*line)
        assert result.code == 0
        assert all(noun in result.out for noun in nouns())


def test_help_works_at_every_level_ends_with_an_example_and_begins_imperatively() -> None:
    from typer import Context

    tree = command_tree()
    root = Context(tree, info_name="volunteer", help_option_names=["-h", "--help"])
    for noun in nouns():
        command = tree.get_command(root, noun)
        ctx = Context(command, info_name=noun, parent=root, **command.context_settings)
        verbs = (
            [command.get_command(ctx, verb) for verb in command.list_commands(ctx)]
            if hasattr(command, "list_commands")
            else [command]
        )
        for verb in verbs:
            first = (verb.help or "").splitlines()[0]
            assert first[:1].isupper(), verb.name
            assert verb.epilog, f"{noun} {verb.name} has no example"
            assert verb.epilog.startswith("volunteer "), verb.name
            text = verb.get_help(Context(verb, info_name=verb.name, parent=ctx, **verb.context_settings))
            example = text.rstrip().replace(" \\\n   ", "")
            assert example.endswith(spoken(verb.epilog).splitlines()[-1]), (
                "a long one goes on behind a backslash"
            )


def test_a_noun_is_found_by_a_word_of_its_help(volunteer: Volunteer) -> None:
    said = volunteer("包挂企业", "list", env={"VOLUNTEER_LANG": "zh_CN.UTF-8"}).err
    assert "'pairing'" in said or "“pairing”" in said


def test_every_suggestion_is_there() -> None:
    """A row of words none of which is ours would suggest nothing."""
    ours = {word for words in COMMANDS for word in words}
    assert [row for row in WORDS if ours.isdisjoint(row.split())] == ["demo example sample tour 示例 演示"]
    options = {name for command in COMMANDS.values() for each in command.params for name in each.opts}
    everywhere = {"--format", "--output", "--limit", "--sort", "--where", "--yes", "--dry-run"}
    assert [row for row in OPTIONS if (options | everywhere).isdisjoint(row.split())] == []


def test_help_speaks_chinese(volunteer: Volunteer) -> None:
    assert "用法" in volunteer("--lang", "zh", "--help").out
    assert "用法" in volunteer("team", "add", "-h", "--lang", "zh").out
    assert "用法" in volunteer("team", "-h", env={"VOLUNTEER_LANG": "zh_CN.UTF-8"}).out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (["teem"], 2, "Did you mean 'team'"),
        (["team", "lst"], 2, "Did you mean 'list'?"),
        (["people", "list"], 2, "Did you mean 'person'?"),
        (["volunteers"], 2, "Did you mean 'person'?"),
        (["走访", "list"], 2, "Did you mean 'visit'?"),
        (["person", "create", "样"], 2, "Did you mean 'add'?"),
        (["person", "delete", "样"], 2, "Did you mean 'archive' or 'erase'?"),
        (["visit", "record", "3-1-101"], 2, "Did you mean 'add'?"),
        (["person", "删除"], 2, "Did you mean 'archive' or 'erase'?"),
        (["visit", "add", "3-1-101", "--at", "18:00"], 2, "did you mean --on?"),
        (["person", "list", "--json"], 2, "did you mean --format?"),
        (["event", "list", "--month", "2026-06"], 2, "did you mean --period"),
        (["team", "list", "--fromat", "json"], 2, "--format"),
        (["team", "list", "--format", "jsn"], 2, "[unknown_format]"),
        (["team", "list", "--fields", "nmae"], 2, "[unknown_field]"),
        (["community", "list", "--limit", "-1"], 2, "--limit"),
        (["community", "list", "--lang", "fr"], 2, "[bad_choice]"),
        (["community", "list", "--today", "someday"], 2, "[bad_date]"),
        (["community", "add", "X"], 2, "--code"),
        (["community", "add", "X", "--code", "x", "--kind", "village"], 2, "[bad_choice]"),
        (["community", "show", "bnhu"], 4, "Did you mean"),
        (["community", "show", "滨湖小区"], 4, "Did you mean '滨湖社区'"),
        (["community", "add", "滨湖社区", "--code", "b2"], 1, "[conflict]"),
        (["community", "add", "新社区", "--code", "BINHU"], 1, "[conflict]"),
        (["community", "add", "新社区", "--code", "1!"], 1, "[bad_code]"),
        (["community", "add", "新\u202e社区", "--code", "neu"], 1, "[bad_text]"),
        (["community", "add", "新\x07社区", "--code", "neu"], 1, "[bad_text]"),
        (
            ["community", "figure", "binhu", "--name", "grids", "--value", "-3", "--as-of", "2020"],
            1,
            "[bad_quantity]",
        ),
    ],
)
def test_wrong_input_gets_one_line_and_its_exit_code(
    volunteer: Volunteer, line: list[str], code: int, said: str
) -> None:
    before = volunteer.dump()
    if line[1:2] == ["show"] and line[2] == "bnhu":
        said = "community list"
    result = volunteer(*line)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("Error: ")
    assert result.err.count("\n") == 1
    assert said in result.err
    assert volunteer.dump() == before


def test_global_options_work_before_and_after(volunteer: Volunteer) -> None:
    other = str(volunteer.database)
    for line in (
        ["--db", other, "community", "list", "-f", "ids"],
        ["community", "--db", other, "list", "-f", "ids"],
        ["community", "list", "-f", "ids", "--db", other],
    ):
        assert volunteer(*line, env={"VOLUNTEER_DB": "/nonexistent.db"}).out == "1\n"


def test_errors_are_chinese_when_asked(volunteer: Volunteer) -> None:
    result = volunteer("community", "show", "nowhere", "--lang", "zh")
    assert result.err.startswith("错误：")
    assert "[not_found]" in result.err


def test_settings_come_from_option_then_environment_then_file(volunteer: Volunteer, tmp_path: object) -> None:
    file = volunteer.database.with_name("config.toml")
    file.write_text('lang = "zh"\nactor = "文件"\n', encoding="utf-8")
    env = {"VOLUNTEER_CONFIG": str(file), "VOLUNTEER_LANG": "", "VOLUNTEER_ACTOR": ""}
    assert volunteer("community", "show", "nowhere", env=env).err.startswith("错误：")
    assert volunteer("community", "show", "nowhere", "--lang", "en", env=env).err.startswith("Error: ")
    volunteer("community", "edit", "binhu", "--subdistrict", "济北街道", env=env)
    assert volunteer("history", "list").out.splitlines()[1].split("\t")[2] == "文件"
    file.write_text('colour = "x"\n', encoding="utf-8")
    assert "[bad_settings]" in volunteer("community", "list", env=env).err


def test_a_closed_pipe_is_no_error(volunteer: Volunteer) -> None:
    line = f"{sys.executable} -m volunteer_cli explain all -f json | head -c 1"
    done = subprocess.run(
        line,
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, "VOLUNTEER_DB": str(volunteer.database)},
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "["


def test_a_bug_becomes_one_line_and_a_file(volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from volunteer_cli.app import app
    from volunteer_cli.communities import queries

    monkeypatch.setattr(queries, "communities", lambda *_args, **_options: 1 / 0)
    answer = CliRunner().invoke(app, ["community", "list"], env={"VOLUNTEER_DB": str(volunteer.database)})
    assert answer.exit_code == 70
    assert answer.stderr.count("\n") == 1
    assert "[bug]" in answer.stderr


def test_explain_knows_every_code(volunteer: Volunteer) -> None:
    codes = {row["code"] for row in volunteer("explain", "all", "-f", "json").json}
    assert {
        "not_found",
        "ambiguous",
        "conflict",
        "changed_since",
        "database_locked",
        "damaged_by_excel",
    } <= codes
    assert volunteer("explain", "[conflict]", "-f", "json").json[0]["code"] == "conflict"
    assert volunteer("explain", "conflikt").code == 4


def test_nothing_new_comes_into_an_archived_community(volunteer: Volunteer) -> None:
    volunteer.ok("community", "archive", "binhu")
    volunteer.refused("archived", "person", "add", "样一", "--community", "binhu", exit_code=1)
    assert volunteer("person", "list", "--community", "binhu").code == 0
    volunteer.ok("community", "restore", "binhu")
    volunteer.ok("person", "add", "样一", "--community", "binhu")


def test_a_filter_that_names_nothing_does_not_list_all(volunteer: Volunteer) -> None:
    for line in (
        ["hours", "list", "--person", ""],
        ["person", "list", "--team", ""],
        ["event", "list", "--team", ""],
    ):
        volunteer.refused("missing_value", *line, exit_code=2)


def test_what_orders_a_list_stands_in_no_help_of_what_changes_and_is_taken(volunteer: Volunteer) -> None:
    told = volunteer.ok("person", "add", "--help").out
    assert not [option for option in ("--sort", "--limit", "--no-header") if option in told]
    assert "--sort" in volunteer.ok("person", "list", "--help").out
    assert "name" not in volunteer.ok("person", "add", "李样明", "-f", "csv", "--no-header").out
