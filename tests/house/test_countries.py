"""A charity in another country is set up and run for a month, and nothing speaks of China."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from terminals import terminal
from volunteering import Volunteer

from volunteer_cli.core.errors import BadPhone
from volunteer_cli.core.text import parse_phone

#: Chinese characters and punctuation, and the other defaults of home.
OF_HOME = re.compile("[\u2e80-\u303f\u3400-\u9fff\uff00-\uff65]|Shanghai|[Yy]uan|¥")
#: A charity's month, by the day on which each command is typed.
MONTH: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2026-08-03", ("community", "add", "Harbour Aid", "--code", "harbour", "--head", "Ann Example")),
    ("2026-08-03", ("person", "add", "Zoë Müller", "--phone", "07911 123456", "--birth", "1990-05-06", "--volunteer")),
    ("2026-08-03", ("person", "add", "Sean O’Neill", "--phone", "+44 7911 123457", "--volunteer")),
    ("2026-08-03", ("person", "add", "Amina Otieno", "--address", "12 Quay Street", "--volunteer")),
    ("2026-08-03", ("team", "add", "Beach Crew", "--code", "beach", "--leader", "zoe")),
    ("2026-08-03", ("team", "join", "beach", "o'neill", "otieno")),
    ("2026-08-03", ("event", "add", "Beach clean-up", "--code", "bc", "--start", "2026-08-15 10:00", "--end", "13:00", "--team", "beach", "--place", "North Pier", "--capacity", "2")),
    ("2026-08-03", ("event", "open", "bc")),
    ("2026-08-03", ("event", "signup", "bc", "muller", "o'neill", "amina")),
    ("2026-08-03", ("event", "roster", "bc", "-o", "roster.html")),
    ("2026-08-03", ("event", "roster", "bc", "-o", "roster.xlsx")),
    ("2026-08-03", ("event", "calendar", "-o", "events.ics")),
    ("2026-08-03", ("event", "message", "bc", "--to", "places", "--reveal", "reminder")),
    ("2026-08-15", ("event", "checkin", "bc", "muller", "--at", "10:02")),
    ("2026-08-15", ("event", "checkout", "bc", "muller", "--at", "13:00")),
    ("2026-08-16", ("event", "finish", "bc")),
    ("2026-08-16", ("hours", "confirm", "--event", "bc")),
    ("2026-08-16", ("drive", "add", "Winter coats", "--code", "winter", "--start", "2026-08-01", "--goal", "coats=90pcs")),
    ("2026-08-16", ("drive", "receive", "winter", "--donor", "amina", "--item", "coats=12pcs", "--value", "£45.50")),
    ("2026-08-16", ("drive", "slip", "1", "-o", "slip.html")),
    ("2026-08-16", ("drive", "publish", "winter", "-o", "notice.html")),
    ("2026-08-28", ("request", "add", "Street lamp out", "--caller", "amina", "--place", "Quay Street")),
    ("2026-08-28", ("request", "why", "1")),
    ("2026-09-01", ("hours", "close", "2026-08")),
    ("2026-09-01", ("certificate", "issue", "muller", "--period", "2026", "--handler", "Ann Example", "-o", "cert.html")),
    ("2026-09-01", ("report", "annual", "--period", "2026", "-o", "annual.html")),
    ("2026-09-01", ("report", "annual", "--period", "2026", "-o", "annual.xlsx")),
    *(("2026-09-01", tuple(words.split())) for words in (
        "policy list", "report today", "report quality", "report overview", "report hours", "report drives", "report list",
        "person list", "person show muller", "event show bc", "drive show winter", "drive stock winter", "hours list",
        "history list", "find beach", "star list", "doctor", "check", "request show 1", "certificate show 1",
    )),
)  # fmt: skip


@pytest.fixture
def charity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    monkeypatch.chdir(tmp_path)
    volunteer = Volunteer(tmp_path / "charity.db")
    volunteer.ok("db", "init", "--country", "GB")
    return volunteer


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_month_in_another_country_has_nothing_of_home(
    charity: Volunteer, tmp_path: Path, form: str
) -> None:
    for day, words in MONTH:
        charity.today = day
        answer = charity.ok(*words, "-f", form) if "-o" not in words else charity.ok(*words)
        assert not OF_HOME.search(answer.out + answer.err), (
            f"volunteer {' '.join(words)}\n{answer.out}{answer.err}"
        )
    for path in tmp_path.iterdir():
        for name, text in _texts(path):
            found = OF_HOME.search(text)
            assert not found, f"{path.name} {name}: {found}"


def _texts(path: Path) -> list[tuple[str, str]]:
    """What stands in a written file; fonts that a page names are none of its words."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            # Its theme names a font for each script, whatever is written; codes to scan are pictures.
            written = [each for each in parts.namelist() if "theme" not in each and not each.endswith(".png")]
            return [(name, parts.read(name).decode("utf-8")) for name in written]
    if path.suffix in (".html", ".ics"):
        return [("", re.sub("<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))]
    return []


def test_its_usages_are_policies(charity: Volunteer) -> None:
    values = {row["name"]: row["value"] for row in charity.rows("policy", "list")}
    assert (values["country"], values["timezone"], values["phone_region"]) == ("GB", "Europe/London", "GB")
    assert values["currency"] == "GBP"
    charity.ok("community", "add", "Harbour Aid", "--code", "harbour")
    charity.ok(
        "person", "add", "Zoë Müller", "--phone", "07911 123456", "--volunteer", "--address", "12 Quay St"
    )
    faults = {row["kind"] for row in charity.rows("report", "quality")}
    assert faults.isdisjoint({"volunteer_without_id_number", "address_not_understood"})
    charity.ok("policy", "set", "quality_ignored", "")
    assert "volunteer_without_id_number" in {row["kind"] for row in charity.rows("report", "quality")}


def test_a_holiday_is_that_of_the_country(charity: Volunteer) -> None:
    charity.ok("community", "add", "Harbour Aid", "--code", "harbour")
    charity.today = "2026-08-28"
    charity.ok("request", "add", "Street lamp out", "--anonymous")
    days = {row["on"]: row["counts"] for row in charity.rows("request", "why", "1")}
    assert days["2026-08-31"] is False, "the late summer bank holiday"
    charity.ok("policy", "set", "country", "GB-SCT")
    charity.ok("request", "add", "Another lamp", "--anonymous")
    days = {row["on"]: row["counts"] for row in charity.rows("request", "why", "2")}
    assert days["2026-08-31"] is True, "in Scotland it was at the beginning of the month"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--country", "US"), "zone_needed"),
        (("--country", "QQ"), "bad_country"),
        (("--country", "FJ"), "currency_needed"),
        (("--country", "US", "--timezone", "Mars/Base"), "bad_policy_value"),
        (("--country", "GB", "--currency", "pound"), "bad_policy_value"),
    ],
)
def test_what_is_refused_makes_no_database(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    volunteer = Volunteer(tmp_path / "none.db")
    volunteer.refused(code, "db", "init", *words)
    assert not volunteer.database.exists()


def test_without_a_terminal_it_is_at_home(tmp_path: Path) -> None:
    volunteer = Volunteer(tmp_path / "home.db")
    volunteer.ok("db", "init", env={"LC_ALL": "en_GB.UTF-8"})
    values = {row["name"]: row["value"] for row in volunteer.rows("policy", "list")}
    assert (values["country"], values["timezone"], values["currency"]) == ("CN", "Asia/Shanghai", "CNY")
    assert volunteer.rows("history", "list") == []


def test_on_a_terminal_it_is_asked(tmp_path: Path) -> None:
    volunteer = Volunteer(tmp_path / "asked.db")
    with terminal(volunteer.database, "db", "init") as screen:
        screen.until("Country, by its two letters [")
        screen.type("nz\n")
        shown = screen.until("Which one?")
        assert "Pacific/Auckland" in shown
        screen.type("1\n")
        assert screen.ends() == 0
    values = {row["name"]: row["value"] for row in volunteer.rows("policy", "list")}
    assert (values["country"], values["timezone"], values["currency"]) == ("NZ", "Pacific/Auckland", "NZD")


def test_no_help_in_english_speaks_chinese() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "reference.md").read_text(encoding="utf-8")
    lines = [line for line in reference.splitlines() if OF_HOME.search(line)]
    assert lines == []


@pytest.mark.parametrize(
    ("region", "typed", "stored"),
    [
        ("GB", "07700 900123", "07700900123"),
        ("GB", "+44 7700 900123", "07700900123"),
        ("GB", "01632 960123", "01632960123"),
        ("FR", "06 39 98 12 34", "0639981234"),
        ("CN", "+44 7700 900123", "+447700900123"),
    ],
)
def test_numbers_kept_free_for_examples_are_numbers(region: str, typed: str, stored: str) -> None:
    assert parse_phone(typed, region) == stored


@pytest.mark.parametrize("typed", ["07700 90012", "07700 9001234", "00000 000000", "1234"])
def test_a_number_that_lacks_a_digit_is_none_abroad_either(typed: str) -> None:
    with pytest.raises(BadPhone):
        parse_phone(typed, "GB")


def test_what_only_china_keeps_is_not_shown_abroad(tmp_path: Path) -> None:
    """Objects have all fields, and whoever names one gets it; what people read is spared them."""
    for country, shown in (("CN", True), ("GB", False)):
        volunteer = Volunteer(tmp_path / f"{country}.db")
        volunteer.ok("db", "init", "--country", country)
        volunteer.ok("community", "add", "Riverside", "--code", "river")
        volunteer.ok("person", "add", "Zoe Smith")
        page = volunteer.ok("person", "show", "1", "-f", "csv").out
        assert ("political_status" in page) is shown
        assert "political_status" in volunteer.ok("person", "show", "1", "-f", "json").out
        assert (
            "political_status"
            in volunteer.ok("person", "list", "-f", "csv", "--fields", "political_status").out
        )


@pytest.mark.parametrize(
    ("word", "sex"), [("X", "other"), ("divers", "other"), ("prefer not to say", "undisclosed")]
)
def test_sex_is_taken_as_other_offices_write_it(tmp_path: Path, word: str, sex: str) -> None:
    volunteer = Volunteer(tmp_path / "gb.db")
    volunteer.ok("db", "init", "--country", "GB")
    volunteer.ok("community", "add", "Riverside", "--code", "river")
    sheet = tmp_path / "people.csv"
    sheet.write_text(f"First Name,Last Name,Gender\nZoe,Smith,{word}\n", encoding="utf-8")
    volunteer.ok("import", "people", sheet)
    assert volunteer.rows("person", "list")[0]["sex"] == sex
