"""The README and the pages in docs show what the tool really prints, and the seeds load as they should."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import examples  # noqa: E402
import reference  # noqa: E402
from messages import faults  # noqa: E402


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return examples.make_demo(tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("page", examples.pages(), ids=lambda page: page.name)
def test_examples_print_what_the_page_says(page: Path, demo: Path) -> None:
    assert examples.executed(page, demo) == page.read_text(encoding="utf-8"), "make docs"


@pytest.mark.parametrize("page", examples.pages(), ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_reference_is_up_to_date() -> None:
    assert reference.TARGET.read_text(encoding="utf-8") == reference.reference(), "make docs"


def test_every_sentence_has_its_chinese() -> None:
    assert faults() == []


def test_the_demo_is_sound(demo: Path, make_volunteer: object) -> None:
    from volunteering import Volunteer

    volunteer = Volunteer(demo)
    assert volunteer("check").out == ""
    assert {row["code"] for row in volunteer("community", "list", "-f", "json").json} == {"anda", "binhu"}
    assert len(volunteer("person", "list", "--volunteer", "-f", "ids").out.split()) >= 60


def test_the_tour_shows_what_it_promises(tmp_path: Path) -> None:
    import subprocess

    words = [sys.executable, "-m", "volunteer_cli", "demo", "--dir", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    refused = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    codes = [line.partition("[")[2].partition("]")[0] for line in refused]
    assert codes == ["no_guardian", "pending", "insufficient_credit"]
    for said in (
        "moved up from the waitlist",
        "Closed 2026-05",
        "Issued certificate BINHU-2026-0003",
        "Undid operation",
        f"{tmp_path}/binhu-2025.html",
    ):
        assert said in done.stderr
    assert "valid" in done.stdout
    assert "样" in (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert (tmp_path / "binhu-2025.html").stat().st_size > 20_000


#: A half-width mark behind a Chinese sign, a space behind a mark that brings its own, half-width marks in brackets.
BADLY_SET = re.compile(
    r"[\u4e00-\u9fff）”][,;:!?](?=[ \u4e00-\u9fff]|$)|[。，；：、] (?! )|（[^）]*, |[\u4e00-\u9fff]\("
)


def test_the_tour_in_chinese_is_set_as_chinese(tmp_path: Path) -> None:
    import os
    import subprocess

    words = [sys.executable, "-m", "volunteer_cli", "demo", "--dir", str(tmp_path)]
    environment = {**os.environ, "VOLUNTEER_LANG": "zh"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    told = [line for line in (done.stderr + done.stdout).splitlines() if not line.startswith("$ ")]
    assert len(told) > 200
    assert [line for line in told if BADLY_SET.search(line)] == []


def test_the_demo_has_plausible_years(demo: Path) -> None:
    """Teams that grow, duties in every month, events in most of them, nobody who serves day and night."""
    from volunteering import Volunteer

    volunteer = Volunteer(demo)
    binhu = ("--community", "binhu", "report")
    years = [
        volunteer(*binhu, "overview", "--period", year, "-f", "json").json for year in (2023, 2024, 2025)
    ]
    assert [year["minutes"] for year in years] == sorted(year["minutes"] for year in years)
    last = years[-1]
    assert last["served"] > 30
    assert last["events_held"] >= 12
    assert 0 < last["new"] < last["volunteers"] / 3
    months = volunteer(*binhu, "hours", "--by", "month", "--period", 2025, "-f", "json").json
    assert len(months) == 12
    assert max(row["minutes"] for row in months) < 4 * min(row["minutes"] for row in months)
    most = volunteer(*binhu, "hours", "--by", "person", "--period", 2025, "-f", "json").json
    assert max(row["minutes"] for row in most) < 300 * 60


def test_the_demo_never_touches_another_database(volunteer: object, tmp_path: Path) -> None:
    from volunteering import Volunteer

    assert isinstance(volunteer, Volunteer)
    (tmp_path / "volunteer-demo.db").write_text("mine")
    result = volunteer("demo", "--dir", tmp_path, "--no-tour")
    assert (result.code, (tmp_path / "volunteer-demo.db").read_text()) == (7, "mine")


def test_the_demo_has_the_name_that_it_is_given(
    volunteer: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from volunteering import Volunteer

    assert isinstance(volunteer, Volunteer)
    # The seeds are tried elsewhere; what counts here is where the example stands.
    monkeypatch.setattr("volunteer_cli.admin.demo.load", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    result = volunteer("--db", "here.db", "demo", "--no-tour")
    assert (result.code, "volunteer --db here.db team list" in result.err) == (0, True)
    assert [(tmp_path / name).exists() for name in ("here.db", "volunteer-demo.db")] == [True, False]
    volunteer.refused("database_exists", "--db", "here.db", "demo", "--no-tour")


@pytest.mark.parametrize(
    "words", [("demo",), ("db", "init"), ("db", "backup"), ("shell",), ("config", "get")]
)
def test_what_gives_no_list_tells_nothing_of_orders(volunteer: object, words: tuple[str, ...]) -> None:
    from volunteering import Volunteer

    assert isinstance(volunteer, Volunteer)
    told = volunteer(*words, "--help").out
    assert not [option for option in ("--where", "--sort", "--limit", "--no-header") if option in told]
