"""`volunteer help TOPIC`, and the settings with the file that keeps them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.admin.topics import TOPICS, VARIABLES
from volunteer_cli.core.errors import EXIT_CODES
from volunteer_cli.core.settings import KEYS, SETTINGS
from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
NAMES = [topic.name for topic in TOPICS]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration file, which is not there yet."""
    file = tmp_path / "folder" / "config.toml"
    monkeypatch.setenv("VOLUNTEER_CONFIG", str(file))
    return file


# --- topics ------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("topic", NAMES)
def test_a_topic_is_a_page_that_fits(volunteer: Volunteer, topic: str, language: str, width: int) -> None:
    page = volunteer.ok("help", topic, "--lang", language, env={"COLUMNS": str(width)}).out
    assert len(page.splitlines()) > 8
    assert max(map(measured, page.splitlines())) <= width


def test_without_a_topic_all_are_listed(volunteer: Volunteer) -> None:
    assert [row["name"] for row in volunteer.rows("help")] == NAMES
    assert volunteer.ok("help", "-f", "ids").out.split() == NAMES
    assert {"dates", "periods", "formats", "exit-codes", "environment", "import"} <= set(NAMES)


def test_a_topic_is_found_by_other_spellings_too(volunteer: Volunteer) -> None:
    pages = {
        volunteer.ok("help", *words).out for words in (["exit-codes"], ["exit", "codes"], ["Exit_Codes"])
    }
    assert len(pages) == 1
    assert volunteer.ok("help", "输出格式", "--lang", "zh").out.startswith("输出格式")


def test_an_unknown_topic_names_those_that_there_are(volunteer: Volunteer) -> None:
    answer = volunteer.refused("not_found", "help", "weather", exit_code=4)
    assert all(name in answer.err for name in NAMES)


def test_a_command_shows_its_own_help(volunteer: Volunteer) -> None:
    assert volunteer.ok("help", "team", "add").out == volunteer.ok("team", "add", "--help").out
    assert volunteer.ok("help", "team").out == volunteer.ok("team", "--help").out
    volunteer.refused("unknown_command", "help", "team", "fly", exit_code=2)


def test_a_page_as_json_is_one_record(volunteer: Volunteer) -> None:
    page = volunteer.ok("help", "dates", "-f", "json").json
    assert set(page) == {"name", "title", "text"}
    assert "2026-07-11" in page["text"]


def test_examples_mean_what_they_mean_today(volunteer: Volunteer) -> None:
    page = volunteer.ok("help", "dates", "--today", "2026-07-01").out
    assert re.search(r"tomorrow +Thu 2026-07-02|tomorrow +2026-07-02 Thu", page)
    periods = volunteer.ok("help", "periods", "--today", "2026-07-01", "--lang", "zh").out
    assert re.search(r"去年 +2025-01-01 – 2025-12-31", periods)


def test_the_pages_name_all_formats_exit_codes_and_settings(volunteer: Volunteer) -> None:
    formats = volunteer.ok("help", "formats").out
    assert all(re.search(rf"\b{form.name}\b", formats) for form in FORMATS)
    codes = volunteer.ok("help", "exit-codes").out
    assert all(re.search(rf"^  {code} ", codes, re.MULTILINE) for code in EXIT_CODES)
    environment = volunteer.ok("help", "environment").out
    assert all(setting.variable in environment for setting in SETTINGS)


def test_every_variable_that_is_read_is_documented(volunteer: Volunteer) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("volunteer_cli/**/*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", sources))
    documented = {name for names, _text in VARIABLES for name in names.split()}
    # Windows says by these two where its fonts are.
    assert read - {"WINDIR", "LOCALAPPDATA"} <= documented | {setting.variable for setting in SETTINGS}
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = volunteer.ok("help", "environment").out
    for name in {*documented, *(setting.variable for setting in SETTINGS)}:
        assert f"`{name}`" in page
        assert name in told


# --- settings ------------------------------------------------------------


def test_every_setting_is_listed_with_its_value_and_where_that_comes_from(
    volunteer: Volunteer, settings: Path
) -> None:
    settings.parent.mkdir()
    settings.write_text('community = "binhu"\nactor = "clerk"\n')
    rows = {row["key"]: row for row in volunteer.rows("config", "list", "--actor", "guest")}
    assert set(rows) == set(KEYS)
    assert (rows["actor"]["value"], rows["actor"]["source"]) == ("guest", "option")
    assert (rows["community"]["value"], rows["community"]["source"]) == ("binhu", "file")
    assert (rows["db"]["value"], rows["db"]["source"]) == (str(volunteer.database), "environment")
    assert (rows["key_file"]["value"], rows["key_file"]["source"]) == (None, "default")
    assert (rows["db"]["variable"], rows["db"]["option"]) == ("VOLUNTEER_DB", "--db")


def test_set_get_and_unset(volunteer: Volunteer, settings: Path) -> None:
    assert volunteer.ok("config", "get", "community").out == ""
    volunteer.ok("config", "set", "community", "anda")
    assert volunteer.ok("config", "get", "community").out == "anda\n"
    assert volunteer.ok("config", "get", "community", "-f", "json").json["source"] == "file"
    volunteer.ok("config", "unset", "community")
    assert volunteer.ok("config", "get", "community").out == ""
    assert "Nothing changed" in volunteer.ok("config", "unset", "community").err
    assert [path.name for path in settings.parent.iterdir()] == ["config.toml"], "no draft is left"


def test_comments_and_order_stay(volunteer: Volunteer, settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text('# ours\nlang = "en"  # for guests\n\nactor = "clerk"\n')
    volunteer.ok("config", "set", "lang", "zh")
    volunteer.ok("config", "set", "community", "binhu")
    text = settings.read_text()
    assert text == '# ours\nlang = "zh"  # for guests\n\nactor = "clerk"\ncommunity = "binhu"\n'


def test_a_dry_run_writes_nothing(volunteer: Volunteer, settings: Path) -> None:
    assert "Dry run" in volunteer.ok("config", "set", "community", "anda", "-n").err
    assert not settings.exists()


def test_an_unknown_key_names_those_that_there_are(volunteer: Volunteer, settings: Path) -> None:
    for line in (["get", "colour"], ["set", "colour", "red"], ["unset", "colour"]):
        answer = volunteer.refused("not_found", "config", *line, exit_code=4)
        assert all(key in answer.err for key in KEYS)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("lang", "fr", "bad_choice"),
        ("today", "someday", "bad_date"),
        ("actor", "a\x07b", "bad_text"),
        ("db", " ", "missing_value"),
    ],
)
def test_a_value_with_which_nothing_could_run_is_refused(
    volunteer: Volunteer, settings: Path, key: str, value: str, code: str
) -> None:
    volunteer.refused(code, "config", "set", key, value)
    assert not settings.exists()


def test_the_path_is_told_whatever_stands_there(volunteer: Volunteer, settings: Path) -> None:
    assert volunteer.ok("config", "path").out == f"{settings}\n"
    assert volunteer.ok("config", "path", "-f", "json").json == {"path": str(settings), "exists": False}
    settings.parent.mkdir()
    settings.write_text("what = 1\n")
    assert volunteer.ok("config", "path").out == f"{settings}\n"
    volunteer.refused("bad_settings", "config", "list", exit_code=2)
    volunteer.ok("config", "unset", "what")
    assert volunteer.rows("config", "list")
    settings.write_text("no toml")
    volunteer.refused("bad_settings", "config", "set", "lang", "zh", exit_code=2)


def test_what_is_stronger_than_the_file_is_named(volunteer: Volunteer, settings: Path) -> None:
    answer = volunteer.ok("config", "set", "lang", "zh", env={"VOLUNTEER_LANG": "en"})
    assert "VOLUNTEER_LANG" in answer.err


def test_the_password_of_a_server_is_not_shown(volunteer: Volunteer, settings: Path) -> None:
    volunteer.ok("config", "set", "db", "postgresql://clerk:secret@host/office")
    shown = volunteer.ok("config", "list", env={"VOLUNTEER_DB": ""}).out
    assert "postgresql://host/office" in shown
    assert "secret" not in shown
    assert settings.stat().st_mode & 0o077 == 0


#: What nobody sets: the shell's completion sets the first, Windows the others.
NO_VARIABLES = {"_VOLUNTEER_COMPLETE", "WINDIR", "LOCALAPPDATA"}
ASKED = re.compile(r"""environ(?:\.get)?[\[(]["'](\w+)|getenv\(["'](\w+)|["'](VOLUNTEER_\w+)["']""")


def test_every_variable_that_the_code_asks_for_is_explained() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "volunteer_cli").rglob("*.py"))
    asked = {name for source in sources for names in ASKED.findall(source) for name in names if name}
    explained = {name for names, _meaning in VARIABLES for name in names.split()}
    explained |= {setting.variable for setting in SETTINGS}
    assert asked - NO_VARIABLES <= explained
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert {name for name in explained if f"`{name}`" not in page} == set()
