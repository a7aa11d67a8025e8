"""What other programs meet: manual pages, the package's page, and the door for Python."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli import open_database
from volunteer_cli.areas import nouns
from volunteer_cli.core.database import DatabaseMissing
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.door import Office

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import manual  # noqa: E402
import sql_pages  # noqa: E402


def test_every_noun_has_a_manual_page_with_its_verbs() -> None:
    pages = dict(manual.pages())
    assert set(pages) == {"volunteer", *(f"volunteer-{name}" for name in nouns())}
    person = pages["volunteer-person"]
    assert '.SH "ADD"' in person
    assert "\\-\\-phone" in person
    assert person.startswith('.TH "VOLUNTEER-PERSON" "1"')


@pytest.mark.skipif(not shutil.which("groff"), reason="LOUD: groff is not here, manual pages are not set")
def test_a_manual_page_is_set_without_a_warning(tmp_path: Path) -> None:
    page = tmp_path / "volunteer-person.1"
    page.write_text(dict(manual.pages())["volunteer-person"], encoding="utf-8")
    words = ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", str(page)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "volunteer person add" in done.stdout


def test_the_page_of_the_database_is_up_to_date() -> None:
    assert sql_pages.TARGET.read_text(encoding="utf-8") == sql_pages.page(), "make docs"


def test_links_of_the_package_page_lead_to_the_home_of_the_project() -> None:
    from hatch_build import readme_of_package

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"Homepage", "Documentation", "Issues", "Changelog"} <= set(project["urls"])
    text = readme_of_package(ROOT)
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 10
    assert all(link.startswith(("https://", "#")) for link in links)
    assert f"{project['urls']['Homepage']}/blob/v" in text


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, volunteer_cli; print([name for name in sys.modules if 'volunteer_cli.' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_unit_of_work_is_an_operation(volunteer: Volunteer) -> None:
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.teams.rules import add_team

    with open_database(volunteer.database, actor="script", today="2026-06-30") as office:
        with office.work("my import", reason="trial") as session:
            add_team(session, find_community(session, "binhu"), name="红队", today=office.today)
        with office.reading() as session:
            assert office.today.isoformat() == "2026-06-30"
        assert office.operations == [2]
    shown = volunteer.ok("history", "show", 2, "-f", "json").json
    assert (shown["actor"], shown["command"], shown["reason"]) == ("script", "my import", "trial")
    volunteer.ok("undo")
    assert volunteer.rows("team", "list") == []


def add_twice(office: Office) -> None:
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.teams.rules import add_team

    with office.work("twice") as session:
        for _each in range(2):
            add_team(session, find_community(session, "binhu"), name="红队", today=office.today)


def test_a_refusal_changes_nothing(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    with open_database(volunteer.database, today="2026-06-30") as office:
        with pytest.raises(VolunteerError, match="红队") as refusal:
            add_twice(office)
        assert refusal.value.code == "conflict"
        assert office.operations == []
    assert volunteer.dump() == before


def test_a_database_is_never_made_by_accident(tmp_path: Path) -> None:
    with open_database(tmp_path / "none.db") as office, pytest.raises(DatabaseMissing), office.reading():
        pass
    assert not (tmp_path / "none.db").exists()
