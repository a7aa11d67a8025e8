"""Releasing, and what a commit message must say."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import commit_message
import pytest
import release

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = """\
# Changelog

## Unreleased

### Added

- A thing.

## 0.1.0 - 2026-01-01

The first release.
"""


def git(folder: Path, *words: str) -> str:
    author = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
    return subprocess.run(
        ["git", *author, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of the project in a repository of their own."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("LOUD: without git and a clone, releasing is not tested")
    for name in listed.stdout.splitlines():
        if (ROOT / name).exists() and not name.startswith("tests/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    for key, value in (("user.name", "Tester"), ("user.email", "tester@example.org")):
        git(tmp_path, "config", key, value)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def run(clone: Path, version: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/release.py", version], cwd=clone, capture_output=True, text=True, check=False
    )


def test_a_release_is_a_version_a_section_a_tag_and_two_packages(clone: Path) -> None:
    done = run(clone, "9.8.7")
    assert done.returncode == 0, done.stderr
    assert '__version__ = "9.8.7"' in (clone / "volunteer_cli" / "__init__.py").read_text("utf-8")
    text = (clone / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## Unreleased\n") < text.index("## 9.8.7 - ")
    assert git(clone, "log", "-1", "--format=%s") == "Release 9.8.7"
    assert release.notes(text, "9.8.7") in git(clone, "tag", "--list", "v9.8.7", "--format=%(contents)")
    assert {path.name for path in (clone / "dist").iterdir()} == {
        "volunteer_cli-9.8.7-py3-none-any.whl",
        "volunteer_cli-9.8.7.tar.gz",
    }
    assert git(clone, "status", "--porcelain") == ""
    again = run(clone, "9.8.7")
    assert (again.returncode, again.stderr) == (1, "v9.8.7 has been released.\n")


def test_nothing_is_released_from_what_is_not_committed(clone: Path) -> None:
    (clone / "README.md").write_text("changed", encoding="utf-8")
    done = run(clone, "9.8.7")
    assert (done.returncode, done.stderr) == (1, "There are changes that are not committed.\n")
    assert git(clone, "tag") == ""


def test_the_changelog_makes_room_for_what_comes_next() -> None:
    text = release.released(CHANGELOG, "0.2.0", date(2026, 11, 28))
    assert "## Unreleased\n\n## 0.2.0 - 2026-11-28\n\n### Added" in text
    assert release.notes(text, "0.2.0") == "### Added\n\n- A thing."
    assert release.notes(text, "0.1.0") == "The first release."
    with pytest.raises(release.NotReleasable, match="nothing under"):
        release.released(text, "0.3.0", date(2026, 11, 29))


@pytest.mark.parametrize(
    ("version", "sentence"),
    [("0.0.9", "is below the version"), ("zero", "is no version"), ("", "no version")],
)
def test_a_version_that_cannot_be(version: str, sentence: str) -> None:
    with pytest.raises(release.NotReleasable, match=sentence):
        release.numbered('__version__ = "0.1.0"\n', version)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("", "names the area"),
        ("x" * 101 + "\n\nBecause.", "at most 100"),
        ("Events: close the door", "Say why"),
        ("Events: close the door\n\n# a comment of git\n", "Say why"),
        ("Events: close the door\nBecause.", "second line blank"),
    ],
)
def test_a_message_without_a_reason(message: str, sentence: str) -> None:
    assert sentence in (commit_message.fault(message) or "")


@pytest.mark.parametrize(
    "message", ["Events: close the door\n\nIt draws.\n", "Merge branch 'x'", 'Revert "x"', "fixup! x"]
)
def test_a_message_that_may_stay(message: str) -> None:
    assert commit_message.fault(message) is None
