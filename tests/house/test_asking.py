"""What is asked on a terminal instead of being refused, and never in a script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminals import Terminal, terminal
from volunteering import Volunteer


@pytest.fixture
def peopled(volunteer: Volunteer) -> Volunteer:
    for name in ("李样一", "李样二", "王样三"):
        volunteer.ok("person", "add", name)
    volunteer.ok("team", "add", "绿色家园", "--code", "green")
    return volunteer


def last_line(volunteer: Volunteer) -> str:
    """The latest command line of the history, as it was typed."""
    lines = (str(row["arguments"]) for row in volunteer.rows("history", "list"))
    return next(line for line in lines if "--reveal" not in line)


# --- which one ------------------------------------------------------------


def test_of_several_people_one_is_chosen_by_its_number(peopled: Volunteer) -> None:
    with terminal(peopled.database, "person", "edit", "李", "--building", "3") as screen:
        shown = screen.until("Which one?")
        assert "1  李样一 (1)" in shown
        assert "2  李样二 (2)" in shown
        screen.type("2\n")
        assert screen.ends() == 0
        assert "Changed 李样二 (2). Building: — → 3. Operation" in screen.seen
    assert last_line(peopled) == "person edit person:2 --building 3"


def test_of_several_communities_one_is_chosen(peopled: Volunteer) -> None:
    peopled.ok("community", "add", "安大社区", "--code", "anda")
    with terminal(peopled.database, "person", "add", "赵样四") as screen:
        shown = screen.until("Which one?")
        assert "2  安大社区 (anda)" in shown or "1  安大社区 (anda)" in shown
        screen.type("2\n" if "2  安大社区" in shown else "1\n")
        assert screen.ends() == 0
    assert last_line(peopled).endswith(" --community anda")
    peopled.refused("community_needed", "person", "add", "赵样五", exit_code=2)


@pytest.mark.parametrize("answer", ["\n", "\x04", "\x03"])
def test_enter_cancels_and_changes_nothing(peopled: Volunteer, answer: str) -> None:
    before = peopled.dump()
    with terminal(peopled.database, "team", "join", "green", "李") as screen:
        screen.until("Which one?")
        screen.type(answer)
        assert screen.ends() == 3
        assert "[cancelled]" in screen.seen
    assert peopled.dump() == before


def test_a_wrong_number_is_asked_again_and_an_option_is_chosen_too(peopled: Volunteer) -> None:
    with terminal(peopled.database, "team", "edit", "green", "--leader=李") as screen:
        screen.until("Which one?")
        screen.type("9\n")
        screen.until("[bad_choice]")
        screen.until("Which one?")
        screen.type("1\n")
        assert screen.ends() == 0
    assert peopled.rows("team", "list")[0]["leader"] == "李样一"


def test_events_of_a_series_show_their_days(peopled: Volunteer) -> None:
    peopled.ok("event", "add", "读书会", "--start", "2026-07-04 9:00", "--end", "10:00")
    peopled.ok("event", "repeat", "读书会", "--every", "week", "--count", "3")
    with terminal(peopled.database, "event", "open", "读书会") as screen:
        shown = screen.until("Which one?")
        assert all(day in shown for day in ("2026-07-04", "2026-07-11", "2026-07-18"))
        screen.type("2\n")
        assert screen.ends() == 0
    assert [row["status"] for row in peopled.rows("event", "list", "--sort", "id")] == [
        "planned",
        "open",
        "planned",
    ]


def test_a_script_sees_no_difference(peopled: Volunteer) -> None:
    peopled.refused("ambiguous", "person", "edit", "李", "--note", "x", exit_code=4)
    peopled.refused("usage", "person", "add", exit_code=2)
    peopled.refused("usage", "event", "add", exit_code=2)
    peopled.refused("usage", "hours", "add", exit_code=2)
    peopled.refused("usage", "event", "add", "清洁日", exit_code=2)
    assert "Nothing changed" in peopled.ok("person", "edit", "1").err


def test_a_line_of_a_batch_is_not_asked(peopled: Volunteer, tmp_path: Path) -> None:
    script = tmp_path / "lines.txt"
    script.write_text("person edit 李 --note x\nperson add\nperson edit 1\n")
    with terminal(peopled.database, "batch", str(script), "--each") as screen:
        assert screen.ends() == 1
        assert "[ambiguous]" in screen.seen
        assert "Which one?" not in screen.seen


# --- field by field ------------------------------------------------------------


def answer(screen: Terminal, *pairs: tuple[str, str]) -> None:
    """Answer questions in their order; the question is awaited."""
    for question, text in pairs:
        screen.until(question)
        screen.type(f"{text}\r")


def test_a_person_is_asked_for_field_by_field(peopled: Volunteer) -> None:
    with terminal(peopled.database, "person", "add") as screen:
        answer(screen, ("Name of the person", ""))
        # Without a name there is no person: it is asked for again.
        answer(screen, ("Name of the person", "赵样四"), ("Phone number", ""), ("male", "female"))
        answer(screen, ("irth", "1980-05-01"), ("uilding", "3"), ("nit", ""), ("oom", ""))
        answer(screen, ("kill", "急救、理发"))
        screen.until("[y/N]")
        screen.type("y\n")
        assert screen.ends() == 0
        assert "Added 赵样四 (4, BINHU-V0001)" in screen.seen
    person = peopled.ok("person", "show", "4", "-f", "json").json
    assert (person["sex"], person["birth"], person["building"]) == ("female", "1980-05-01", "3")
    assert person["skills"] == ["急救", "理发"]
    assert "--sex=female" in last_line(peopled)


def test_an_event_is_asked_for_and_a_date_that_is_none_is_asked_again(peopled: Volunteer) -> None:
    with terminal(peopled.database, "event", "add") as screen:
        answer(screen, ("What it is called", "清洁日"), ("When it begins", "sometime"))
        screen.until("[bad_date]")
        answer(screen, ("When it begins", "2026-07-04 9:00"), ("When it ends", "11:00"))
        answer(
            screen, ("The team", "绿色家园"), ("service, class", ""), ("Where it is", ""), ("places", "20")
        )
        assert screen.ends() == 0
    (event,) = peopled.rows("event", "list")
    assert (event["title"], event["capacity"], event["team"]) == ("清洁日", 20, "绿色家园")


def test_hours_are_asked_for_by_their_length_where_no_time_is_known(peopled: Volunteer) -> None:
    with terminal(peopled.database, "hours", "add") as screen:
        answer(screen, ("Who served", "1,李样二"), ("day it was on", "2026-06-20"), ("When it began", ""))
        answer(screen, ("How long", "1h30m"), ("event it was at", ""), ("team it was for", ""))
        answer(screen, ("What was done", "清扫楼道"))
        assert screen.ends() == 0
    assert [(row["person"], row["minutes"]) for row in peopled.rows("hours", "list")] == [
        ("李样一", 90),
        ("李样二", 90),
    ]


def test_what_alone_is_missing_is_asked_for(peopled: Volunteer) -> None:
    with terminal(peopled.database, "event", "add", "清洁日", "--start", "2026-07-04 9:00") as screen:
        answer(screen, ("When it ends", "11:00"))
        assert screen.ends() == 0
    assert len(peopled.rows("event", "list")) == 1


def test_an_interruption_cancels_the_questions(peopled: Volunteer) -> None:
    before = peopled.dump()
    with terminal(peopled.database, "person", "add") as screen:
        screen.until("Name of the person")
        screen.type("\x03")
        assert screen.ends() == 3
    assert peopled.dump() == before


# --- in the editor ------------------------------------------------------------


def editor(folder: Path, code: str) -> dict[str, str]:
    """An editor that does this to the text in `text` and the path in `path`."""
    script = folder / "editor.py"
    script.write_text(
        "import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
        f"pathlib.Path({str(folder / 'seen.toml')!r}).write_text(text)\n{code}\npath.write_text(text)\n"
    )
    import sys

    return {"EDITOR": f"{sys.executable} {script}", "VISUAL": ""}


def test_edit_alone_opens_the_record_in_the_editor(peopled: Volunteer, tmp_path: Path) -> None:
    peopled.ok("person", "edit", "1", "--phone", "19900001001", "--building", "3", "--skill", "急救")
    code = 'text = text.replace(\'building = "3"\', \'building = "5"\').replace(\'["急救"]\', \'["急救", "理发"]\')'
    with terminal(peopled.database, "person", "edit", "1", env=editor(tmp_path, code)) as screen:
        assert screen.ends() == 0, screen.seen
    page = (tmp_path / "seen.toml").read_text()
    assert 'name = "李样一"' in page
    assert "19900001001" not in page, "what is masked is not shown"
    person = peopled.ok("person", "show", "1", "-f", "json", "--reveal", "test").json
    assert (person["building"], person["skills"]) == ("5", ["急救", "理发"])
    assert person["phone"].endswith("1001")
    assert last_line(peopled) == "person edit 1 --building=5 '--skill=急救' '--skill=理发'"
    peopled.ok("undo")
    assert peopled.ok("person", "show", "1", "-f", "json").json["building"] == "3"


def test_what_only_china_keeps_is_no_line_of_the_page_abroad(tmp_path: Path) -> None:
    for country, there in (("CN", True), ("GB", False)):
        volunteer = Volunteer(tmp_path / f"{country}.db")
        volunteer.ok("db", "init", "--country", country)
        volunteer.ok("community", "add", "Riverside", "--code", "river")
        volunteer.ok("person", "add", "Zoe Smith")
        with terminal(volunteer.database, "person", "edit", "1", env=editor(tmp_path, "pass")) as screen:
            assert screen.ends() == 0, screen.seen
        assert ("political_status" in (tmp_path / "seen.toml").read_text()) is there


def test_custom_fields_are_changed_in_the_editor_too(peopled: Volunteer, tmp_path: Path) -> None:
    for words in (("vehicle",), ("consent", "--kind", "yes-no"), ("bank", "--private")):
        peopled.ok("field", "add", "person", *words)
    peopled.ok("person", "edit", "1", "--set", "consent=no", "--set", "bank=62220202")
    code = "text = text.replace('consent=no', 'consent=yes')"
    with terminal(peopled.database, "person", "edit", "1", env=editor(tmp_path, code)) as screen:
        assert screen.ends() == 0, screen.seen
    assert "bank" not in (tmp_path / "seen.toml").read_text()
    assert last_line(peopled) == "person edit 1 --set=consent=yes"
    shown = peopled.ok("person", "show", "1", "-f", "json", "--reveal", "test").json
    assert shown["fields"] == {"vehicle": None, "consent": True, "bank": "62220202"}


def test_an_editor_that_changes_nothing_changes_nothing(peopled: Volunteer, tmp_path: Path) -> None:
    before = peopled.dump()
    for noun, thing in (("person", "1"), ("team", "green"), ("community", "binhu")):
        with terminal(peopled.database, noun, "edit", thing, env=editor(tmp_path, "")) as screen:
            assert screen.ends() == 0, screen.seen
            assert "Nothing changed" in screen.seen
    assert peopled.dump() == before


def test_an_event_is_edited_with_its_times(peopled: Volunteer, tmp_path: Path) -> None:
    peopled.ok("event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", "11:00", "--capacity", "9")
    code = (
        "text = text.replace('2026-07-04 09:00', '2026-07-04 08:30').replace('capacity = 9', 'capacity = 12')"
    )
    code += "; text = text.replace('members_only = false', 'members_only = false')"
    with terminal(peopled.database, "event", "edit", "清洁日", env=editor(tmp_path, code)) as screen:
        assert screen.ends() == 0, screen.seen
    (event,) = peopled.rows("event", "list", "--fields", "all")
    assert event["capacity"] == 12
    assert "T08:30" in event["starts_at"]


def test_what_is_no_toml_is_opened_again_or_given_up(peopled: Volunteer, tmp_path: Path) -> None:
    before = peopled.dump()
    with terminal(
        peopled.database, "team", "edit", "green", env=editor(tmp_path, "text = 'no = = toml'")
    ) as screen:
        screen.until("[bad_toml]")
        screen.until("[Y/n]")
        screen.type("n\n")
        assert screen.ends() == 3
    assert peopled.dump() == before


def test_an_editor_that_fails_or_is_not_there_changes_nothing(peopled: Volunteer, tmp_path: Path) -> None:
    before = peopled.dump()
    with terminal(peopled.database, "team", "edit", "green", env=editor(tmp_path, "sys.exit(1)")) as screen:
        assert screen.ends() == 3
    nowhere = {"EDITOR": "/nonexistent/editor", "VISUAL": ""}
    with terminal(peopled.database, "team", "edit", "green", env=nowhere) as screen:
        assert screen.ends() == 1
        assert "[no_editor]" in screen.seen
    assert peopled.dump() == before


def test_the_options_of_every_edit_are_found_in_the_record(peopled: Volunteer) -> None:
    """What an edit can change is what `show` tells, but for these, which no record has by a name like theirs."""
    from typer import Context

    from volunteer_cli.app import command_tree
    from volunteer_cli.shell.editing import _value

    peopled.ok("organization", "add", "快递公司")
    peopled.ok("event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", "11:00")
    tree = command_tree()
    for noun, thing in (
        ("person", "1"),
        ("team", "green"),
        ("event", "1"),
        ("organization", "1"),
        ("community", "1"),
    ):
        record = json.loads(peopled.ok(noun, "show", thing, "-f", "json").out)
        group = tree.get_command(Context(tree), noun)
        options = group.get_command(Context(group), "edit").params[1:]
        plain = [each.name for each in options if not each.name.startswith(("add_", "remove_"))]
        unknown = [each.name for each in options if _value(each, record) is None and each.name in plain]
        assert set(unknown) <= {"volunteer", "since", "on", "series", "where", "set_"}, noun


def test_a_lead_of_either_kind_and_a_shift_are_chosen_too(peopled: Volunteer) -> None:
    peopled.ok("organization", "add", "绿色家园")
    peopled.ok("request", "add", "路灯不亮", "--anonymous")
    with terminal(peopled.database, "request", "assign", "1", "--to", "绿色家园") as screen:
        shown = screen.until("Which one?")
        assert "organization:1" in shown
        assert "team:1" in shown
        screen.type("2\n")
        assert screen.ends() == 0, screen.seen
    peopled.ok("event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", "11:00")
    for name, start, end in (("早班一", "9:00", "10:00"), ("早班二", "10:00", "11:00")):
        peopled.ok("event", "shift", "1", "--name", name, "--start", start, "--end", end, "--need", 2)
    peopled.ok("event", "open", "1")
    with terminal(peopled.database, "event", "signup", "1", "李样一", "--shift", "早班") as screen:
        screen.until("Which one?")
        screen.type("2\n")
        assert screen.ends() == 0, screen.seen
    assert peopled.rows("event", "roster", "1")[0]["shift"] == "早班二"


# --- an import ------------------------------------------------------------


def test_an_import_offers_the_column_that_it_guesses(peopled: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,手机号码登记,出生\n赵样五,19900001005,1970-01\n赵样六,19900001006,1971-02\n")
    peopled.ok("import", "people", sheet)
    assert peopled.ok("person", "show", "赵样五", "-f", "json").json["phone"] is None
    peopled.ok("undo")
    with terminal(peopled.database, "import", "people", str(sheet)) as screen:
        shown = screen.until("[Y/n]")
        assert "手机号码登记" in shown
        assert "is this the phone" in shown
        assert "19900001005" not in shown
        screen.type("\n")
        assert screen.ends() == 0, screen.seen
    assert peopled.ok("person", "show", "赵样五", "-f", "json").json["phone"] == "199****1005"


def test_an_import_asks_whether_the_day_or_the_month_comes_first(peopled: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,出生日期\n赵样五,03/04/1965\n赵样六,05/06/1970\n")
    words = ("import", "people", str(sheet))
    peopled.refused("rows_rejected", *words, exit_code=5)
    with terminal(peopled.database, *words) as screen:
        screen.until("the day come first")
        screen.type("\n")
        assert screen.ends() == 5
    with terminal(peopled.database, *words) as screen:
        screen.until("the day come first")
        screen.type("d\n")
        assert screen.ends() == 0, screen.seen
    assert peopled.ok("person", "show", "赵样五", "-f", "json").json["birth"] == "1965-04-03"
    assert last_line(peopled).endswith("--date-order dmy")
