"""`volunteer shell`: lines from a pipe, lines at a terminal, and what completes them."""

from __future__ import annotations

import time

import pytest
from terminals import terminal
from volunteering import Volunteer

from volunteer_cli.admin.lines import unfinished
from volunteer_cli.admin.session.completing import suggestions
from volunteer_cli.app import command_tree


@pytest.fixture
def peopled(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李样明", "--volunteer")
    volunteer.ok("person", "add", "Anne Example")
    volunteer.ok("team", "add", "绿色家园", "--code", "green")
    return volunteer


# --- a pipe ------------------------------------------------------------


def test_each_line_is_a_command_and_an_operation_of_its_own(volunteer: Volunteer) -> None:
    before = len(volunteer.rows("history", "list"))
    answer = volunteer.ok(
        "shell", stdin="person add 李样明\n# a note\n\nvolunteer team add 'Green Home'\nperson list -f ids\n"
    )
    assert answer.out == "1\n"
    assert answer.err.count("Operation") == 2
    assert len(volunteer.rows("history", "list")) == before + 2
    assert volunteer.rows("team", "list")[0]["name"] == "Green Home"


@pytest.mark.parametrize(
    "wrong",
    [
        "person show nobody",
        "nope",
        "person list --nope",
        "person show 'open",
        "hours add 1 --date nonsense --hours 1h",
        "shell",
        "batch missing.txt",
    ],
)
def test_an_error_does_not_end_it_and_changes_nothing(peopled: Volunteer, wrong: str) -> None:
    before = peopled.dump()
    answer = peopled.ok("shell", stdin=f"{wrong}\nperson list -f ids\n")
    assert "Error:" in answer.err
    assert answer.out.split() == ["1", "2"]
    assert peopled.dump() == before


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_exit_and_quit_leave(peopled: Volunteer, word: str) -> None:
    assert peopled.ok("shell", stdin=f"{word}\nperson list\n").out == ""


def test_a_question_mark_is_help(volunteer: Volunteer) -> None:
    assert volunteer.ok("shell", stdin="?\n").out == volunteer.ok("--help").out
    assert volunteer.ok("shell", stdin="team add ?\n").out == volunteer.ok("team", "add", "--help").out


def test_an_option_of_a_line_holds_for_that_line_alone(peopled: Volunteer) -> None:
    lines = "person show 9 --lang zh\nperson show 9\nperson add 李样新 -n\nperson list -f ids\n"
    answer = peopled.ok("shell", stdin=lines)
    assert answer.out.split() == ["1", "2"], "nothing of a dry run stays"
    assert "错误" in answer.err
    assert "Error: person '9'" in answer.err
    assert "Dry run" in answer.err


def test_an_option_of_the_shell_holds_for_all_lines(peopled: Volunteer) -> None:
    answer = peopled.ok("shell", "--lang", "zh", "--actor", "clerk", stdin="team add 红队\nnope\n")
    assert "错误" in answer.err
    assert peopled.rows("history", "list")[0]["actor"] == "clerk"


def test_undo_takes_back_the_line_before(peopled: Volunteer) -> None:
    before = peopled.dump()
    peopled.ok("shell", stdin="person edit 1 --note 家访\nundo\n")
    assert peopled.dump() == before


def test_it_is_refused_inside_a_batch(volunteer: Volunteer) -> None:
    answer = volunteer("batch", stdin="shell\n")
    assert "[not_in_batch]" in answer.err


def test_a_database_that_is_replaced_meanwhile_is_opened_anew(peopled: Volunteer) -> None:
    backup = peopled.database.with_name("kept.db")
    lines = f"person list -f ids\ndb backup {backup}\nperson add 新样人\ndb restore {backup} -y\nperson list -f ids\n"
    assert peopled.ok("shell", stdin=lines).out.split() == ["1", "2", "1", "2"]


def test_a_file_in_which_there_is_no_text_is_refused_line_by_line(peopled: Volunteer) -> None:
    answer = peopled.ok("shell", stdin=b"person show \xff\nperson list -f ids\n")
    assert "[bad_encoding]" in answer.err
    assert answer.out.split() == ["1", "2"]


# --- completion ------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words", "word", "start"),
    [
        ("", [], "", 0),
        ("person li", ["person"], "li", 7),
        ("person ", ["person"], "", 7),
        ("a 'b c' 'd e", ["a", "b c"], "d e", 8),
        ('a "d', ["a"], "d", 2),
        ("a b'c d", ["a"], "bc d", 2),
    ],
)
def test_the_word_that_is_being_typed(line: str, words: list[str], word: str, start: int) -> None:
    assert unfinished(line) == (words, word, start)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ev", ["event", "evaluation"]),
        ("event si", ["signup"]),
        ("event add x --cap", ["--capacity"]),
        ("event add x --kind c", ["class", "camp", "collection"]),
        ("event add x --kind=c", ["--kind=class", "--kind=camp", "--kind=collection"]),
        ("person add x --sex m", ["male"]),
        ("person list -f nd", ["ndjson"]),
        ("person list --lang ", ["en", "zh"]),
        ("person list --community ", ["binhu"]),
        ("report hours --by te", ["team"]),
        ("report hours --by team,mon", ["team,month"]),
        ("report hours --period last-y", ["last-year"]),
        ("person show 李", ["李样明"]),
        ("person show liyang", ["李样明"]),
        ("person show lym", ["李样明"]),
        ("person show BINHU-V", ["BINHU-V0001"]),
        ("person show Ann", ["'Anne Example'"]),
        ("person show 'Anne E", ["'Anne Example'"]),
        ("team show g", ["green"]),
        ("team join green 李", ["李样明"]),
        ("volunteer team show 绿", ["绿色家园"]),
        ("person list --fields na", ["name"]),
        ("person list --fields name,pho", ["name,phone", "name,phone_alt"]),
        ("person show 1 --fields na", ["name"]),
        ("report hours --fields min", ["minutes"]),
        ("report hours --by team --sort rec", ["records"]),
        ("policy set guard", ["guardian_age"]),
        ("explain overla", ["overlap"]),
        ("help per", ["periods"]),
        ("config get key", ["key_file"]),
        ("nothing at all ", []),
    ],
)
def test_nouns_verbs_options_values_names_and_codes_are_completed(
    peopled: Volunteer, monkeypatch: pytest.MonkeyPatch, line: str, expected: list[str]
) -> None:
    monkeypatch.setenv("VOLUNTEER_DB", str(peopled.database))
    assert [each.text for each in suggestions(command_tree(), line)] == expected


def test_a_suggestion_says_what_it_means_in_the_language_of_the_user(
    peopled: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from volunteer_cli.core.run import run

    run().language = "zh"
    (signup,) = suggestions(command_tree(), "event si")
    assert signup.meaning == "报名参加活动;满员时排队候补" or not signup.meaning.isascii()


# --- a terminal ------------------------------------------------------------


def test_at_a_terminal_there_is_a_prompt_history_and_completion(peopled: Volunteer) -> None:
    with terminal(peopled.database, "shell") as screen:
        screen.until("volunteer>")
        screen.type("team show gre")
        screen.until("green")
        screen.type("\t")
        time.sleep(1)
        screen.type("\r")
        screen.until("绿色家园")
        screen.until("volunteer>")
        screen.type("nope\r")
        screen.until("[unknown_command]")
        screen.until("volunteer>")
        # An interruption drops the line that is being typed, and nothing else.
        screen.type("person erase 1")
        screen.until("erase 1")
        screen.type("\x03")
        screen.until("volunteer>")
        time.sleep(0.5)
        # The arrow key brings back what was typed before: first the line that failed.
        screen.type("\x1b[A")
        screen.until("nope")
        screen.type("\x1b[A")
        screen.until("green")
        screen.type("\r")
        screen.until("绿色家园")
        screen.until("volunteer>")
        screen.type("\x04")
        assert screen.ends() == 0
