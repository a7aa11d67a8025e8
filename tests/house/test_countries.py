"""A charity in another country is set up and run for a month, and nothing speaks of China."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path

import pytest
from terminals import terminal
from volunteering import Volunteer

from volunteer_cli.core.errors import BadPhone
from volunteer_cli.core.text import parse_phone

#: Chinese characters and punctuation, what Chinese law grants and Chinese offices keep, and the other defaults of home.
OF_HOME = re.compile(
    "[\u2e80-\u303f\u3400-\u9fff\uff00-\uff65]|Shanghai|(?i:yuan)|¥|CNY|binhu|dibao|tekun|youfu"
)
#: A charity's month: a day, and the commands that are typed on it.
MONTH = """
@2026-08-03
community add "Harbour Aid" --code harbour --head "Ann Example"
community list
import people people.csv -n
import people people.csv
import guess people.csv -o map.toml
import headings people
person add "Zoë Müller" --phone "07911 123456" --birth 1990-05-06 --volunteer --email zoe@example.org --sex other
person add "Sean O’Neill" --phone "+44 7911 123457" --volunteer
person add "Amina Otieno" --address "12 Quay Street" --volunteer --tag elder_alone
person edit "bob ray" --volunteer
person list
person show muller
field add person vehicle --title Vehicle --kind choice --choice car --choice bike
person edit zoe --set vehicle=car
field list
person badge zoe -o badge.html
team add "Beach Crew" --code beach --leader zoe
team join beach "o'neill" otieno
team role beach otieno --role deputy
team members beach
team message beach --reveal reminder
event add "Beach clean-up" --code bc --start "saturday 10:00" --end 13:00 --team beach --place "North Pier" --capacity 2
event repeat bc --every week --count 4
event open --series bc
event list
event signup bc muller "o'neill" amina
event why bc byron
event suggest bc
event shift bc --name early --start 10:00 --end 11:00 --need 1
event roster bc -o roster.html
event roster bc -o roster.xlsx
event calendar -o events.ics
event message bc --to places --reveal reminder
@2026-08-08 18:00
event checkin bc muller --at 10:02
event checkout bc muller --at 13:00
@2026-08-14 18:00
event finish bc
event show bc
hours confirm --event bc
import hours hours.csv
hours confirm --period 2026-08
hours list
drive add "Winter coats" --code winter --start 2026-08-01 --goal coats=90pcs
drive receive winter --donor amina --item coats=12pcs --value "£45.50"
import donations donations.csv --drive winter
drive slip 1 -o slip.html
drive sort winter --item coats=5 --as accepted
drive pack winter --item coats=5 --box 1
drive stock winter
drive show winter
drive publish winter -o notice.html
@2026-08-20
import households households.csv --create-people
household add --building "quay street" --room 12 --head amina
household list
household show "7 Quay Street"
household form -o form.xlsx
visit plan 1 --by zoe --on 2026-08-21
visit add 1 --by zoe --note fine
visit due
visit list
visit route --by zoe -o route.html --reveal visits
campaign add "Heat calls" --code heat --preset calls --start 2026-08-20
campaign question heat cool "Do you have a fan?" --type yes_no
campaign open heat
campaign deal heat --to zoe --take 3
campaign sheet heat --to zoe -o calls.xlsx --reveal calls
campaign record heat "12 Quay Street" --by zoe --outcome done --answer cool=yes
campaign progress heat
mediation add --kind neighbours --source applied --party amina --party "Joe Bell" --mediator zoe
mediation party 1 amina --agrees
mediation party 1 "Joe Bell" --agrees
mediation session 1 --minutes 60
mediation agree 1 --written --signed 2026-08-20 --text "no noise after ten" --term quiet=2026-09-01
mediation print 1 --form agreement -o agreement.html --reveal filing
mediation show 1
account add zoe
account post
account statement zoe -o statement.html
training add zoe --topic first-aid --by "Red Cross" --on 2026-08-09 --minutes 180
award add "Volunteer of the Year" --person zoe --by Council --level municipal --on 2026-08-01
organization add "Sample Ltd" --kind enterprise
organization list
@2026-08-28
request add "Street lamp out" --caller amina --place "Quay Street"
request why 1
request assign 1 --to zoe
request finish 1 --result solved
request slip 1 -o order.html
@2026-09-01
hours close 2026-08
certificate issue muller --period 2026 --handler "Ann Example" -o cert.html
report annual --period 2026 -o annual.html
report annual --period 2026 -o annual.xlsx
policy list
config list
report today
report quality
report overview
report hours --by team,person
report volunteers --by age,sex
report explain volunteers
report drives
report stars
report list
star list
history list
find quay
doctor
check
request show 1
certificate show 1
explain all
"""
#: The sheets that it takes in.
SHEETS = {
    "people.csv": "First Name,Last Name,Mobile,Date of birth,Street\nAda,Byron,07700 900201,10/12/1985,1 Mill Lane\n"
    "Bob,Ray,07700 900202,25/03/1970,2 Mill Lane\n",
    "hours.csv": "Name,Date,Hours,Work\nAda Byron,2026-08-10,2.5,sorting\nBob Ray,2026-08-11,3:15,driving\n",
    "donations.csv": "Date,Donor,Item,Quantity\n2026-08-12,Ada Byron,coats,3 pcs\n2026-08-13,Bob Ray,coats,5 pcs\n",
    "households.csv": 'Address,Head,Phone\n7 Quay Street,Ann Hall,07700 900301\n"Flat 2, 9 Quay Street",Joe Bell,07700 900302\n',
}

#: How it is set up in each country, what people there write instead, and how Ada's birth date is stored.
COUNTRIES: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "GB": ((), {}, "1985-12-10"),
    "US": (
        ("--timezone", "America/Chicago"),
        {
            "07911 123456": "(312) 555-0142", "+44 7911 123457": "+1 312 555 0143", "07700 900": "312-555-0",
            "10/12/1985": "12/10/1985", "25/03/1970": "03/25/1970", "£45.50": "$45.50", "Flat 2": "Apt 2",
            "2026-08-10,2.5": "8/10/2026,2.5", "2026-08-11": "8/11/2026", "2026-08-12,": "08/12/26,",
            "hours hours.csv": "hours hours.csv --date-order mdy", "donations.csv": "donations.csv --date-order mdy",
        },
        "1985-12-10",
    ),
    "DE": (
        (),
        {
            "07911 123456": "0151 23456789", "+44 7911 123457": "+49 30 901820", "07700 900": "030 901 ",
            "10/12/1985": "10.12.1985", "25/03/1970": "25.03.1970", "£45.50": "45,50 €", "Flat 2, ": "",
            "2026-08-10,2.5": '10.8.2026,"2,5"', "2026-08-11": "11.8.2026", "2026-08-12,": "12.08.26,",
            "hours hours.csv": "hours hours.csv --date-order dmy", "donations.csv": "donations.csv --date-order dmy",
            "North Pier": "Nordmole", "Quay Street": "Kaistraße", "quay street": "kaistraße", "find quay": "find kai",
            "7 Kaistraße": "Kaistraße 7", "9 Kaistraße": "Kaistraße 9", "12 Kaistraße": "Kaistraße 12",
        },
        "1985-12-10",
    ),
}  # fmt: skip


def written_in(country: str, text: str) -> str:
    """A text as people in a country would have written it."""
    for usual, here in COUNTRIES[country][1].items():
        text = text.replace(usual, here)
    return text


@pytest.fixture
def charity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    monkeypatch.chdir(tmp_path)
    volunteer = Volunteer(tmp_path / "charity.db")
    volunteer.ok("db", "init", "--country", "GB")
    return volunteer


@pytest.mark.parametrize(("country", "form"), [("GB", "table"), ("US", "json"), ("DE", "table")])
def test_a_month_in_another_country_has_nothing_of_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country: str, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    charity = Volunteer(tmp_path / "charity.db")
    options, _words, birth = COUNTRIES[country]
    charity.ok("db", "init", "--country", country, *options)
    for name, text in SHEETS.items():
        (tmp_path / name).write_text(written_in(country, text), encoding="utf-8")
    for line in written_in(country, MONTH).strip().splitlines():
        if line.startswith("@"):
            charity.today = line[1:]
            continue
        words = shlex.split(line)
        # A document is written as itself, and objects have the headings of all languages.
        by_itself = "-o" in words or words[:2] == ["import", "headings"]
        answer = charity.ok(*words) if by_itself else charity.ok(*words, "-f", form)
        told = re.sub('"expected": .*', "", answer.out + answer.err)
        assert not OF_HOME.search(told), f"volunteer {line}\n{told}"
    for path in tmp_path.iterdir():
        for name, text in _texts(path):
            found = OF_HOME.search(text)
            assert not found, f"{path.name} {name}: {found}"
    people = {
        row["name"]: row for row in charity.rows("person", "list", "--fields", "all", "--reveal", "test")
    }
    assert people["Ada Byron"]["birth"] == birth
    assert all(people[name]["phone"] for name in ("Ada Byron", "Zoë Müller", "Sean O’Neill"))
    assert sorted(row["minutes"] for row in charity.rows("hours", "list") if not row["event"]) == [150, 195]
    assert sorted(row["date"] for row in charity.rows("drive", "slips", "winter"))[:2] == [
        "2026-08-12",
        "2026-08-13",
    ]
    assert ("@page { size: letter;" in (tmp_path / "cert.html").read_text(encoding="utf-8")) is (
        country == "US"
    )


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


def test_an_address_is_a_street_with_a_number(charity: Volunteer, tmp_path: Path) -> None:
    charity.ok("community", "add", "Harbour Aid", "--code", "harbour")
    sheet = tmp_path / "homes.csv"
    sheet.write_text(SHEETS["households.csv"], encoding="utf-8")
    charity.ok("import", "households", sheet, "--create-people")
    first, second = charity.rows("household", "list", "--reveal", "test")
    assert (first["building"], first["unit"], first["room"]) == ("Quay Street", None, "7")
    assert (second["building"], second["unit"], second["room"]) == ("Quay Street", "9", "2")
    shown = charity.ok("household", "show", "flat 2, 9 quay street", "-f", "json").json
    assert (shown["id"], shown["building"], shown["room"]) == (2, "Quay Street", "*")
    charity.ok("household", "edit", "7 Quay Street", "--note", "dog")
    charity.ok("event", "add", "5 Mile Run", "--start", "2026-08-15 10:00", "--end", "13:00")
    typed = {row["command"]: row["arguments"] for row in charity.rows("history", "list")}
    assert typed["household edit"] == "household edit Quay Street-* --note *", "the number is the door"
    assert "5 Mile Run" in typed["event add"]


def test_what_follows_chinese_law_is_not_begun_with(charity: Volunteer) -> None:
    charity.ok("community", "add", "Harbour Aid", "--code", "harbour")
    charity.ok("person", "add", "Zoe", "--volunteer")
    values = {
        row["name"]: (row["value"], row["from"], row["default"]) for row in charity.rows("policy", "list")
    }
    tags = "elder_alone=7,empty_nest=30,disability=30,child_hardship=30"
    assert values["visit_cadence"] == (tags, None, tags), "from the first day on"
    assert values["guardian_age"][0] == "18"
    assert charity.rows("star", "list") == charity.rows("report", "stars") == []
    charity.refused("no_star_levels", "star", "grant", "1", "1")
    charity.ok("policy", "set", "star_thresholds", "50,100")
    assert [row["level"] for row in charity.rows("report", "stars")] == [1, 2]


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
