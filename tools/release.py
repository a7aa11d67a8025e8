"""Make a release: the version, the changelog, the packages, one commit and one tag; nothing is published.

    python tools/release.py VERSION

Whoever releases looks at dist/ and at the commit, and pushes both commit and tag.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
UNRELEASED = "## Unreleased\n"


class NotReleasable(SystemExit):
    """Something stands against a release; nothing was changed."""


def released(changelog: str, version: str, day: date) -> str:
    """The changelog with what was unreleased under the version, and room for what comes next."""
    before, heading, after = changelog.partition(UNRELEASED)
    if not heading or not after.split("\n## ")[0].strip():
        raise NotReleasable("CHANGELOG.md has nothing under 'Unreleased'.")
    return f"{before}{UNRELEASED}\n## {version} - {day}\n{after}"


def notes(changelog: str, version: str) -> str:
    """What the changelog says about a version."""
    section = re.search(rf"(?ms)^## {re.escape(version)} - [\d-]+\n(.*?)(?=^## |\Z)", changelog)
    return section[1].strip() if section else ""


def numbered(source: str, version: str) -> str:
    """The face of the package with another version, which may not be below the one it has."""
    current = re.search(r'__version__ = "(.+)"', source)
    try:
        if current is None or Version(version) < Version(current[1]):
            raise NotReleasable(f"{version} is below the version that there is.")
    except InvalidVersion:
        raise NotReleasable(f"{version} is no version.") from None
    return source.replace(current[0], f'__version__ = "{version}"')


def git(*words: str) -> str:
    """What git answers; it must agree."""
    done = subprocess.run(["git", *words], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603, S607 - our own words
    if done.returncode:
        raise NotReleasable(done.stderr)
    return done.stdout.strip()


def main(version: str) -> None:
    if git("status", "--porcelain"):
        raise NotReleasable("There are changes that are not committed.")
    if git("tag", "--list", f"v{version}"):
        raise NotReleasable(f"v{version} has been released.")
    face, changelog = ROOT / "volunteer_cli" / "__init__.py", ROOT / "CHANGELOG.md"
    source = numbered(face.read_text(encoding="utf-8"), version)
    text = released(changelog.read_text(encoding="utf-8"), version, datetime.now(UTC).date())
    face.write_text(source, encoding="utf-8")
    changelog.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--clean"], cwd=ROOT, check=True)
    git(
        "commit",
        "--all",
        "--cleanup=whitespace",
        "--message",
        f"Release {version}",
        "--message",
        notes(text, version),
    )
    git(
        "tag",
        "--annotate",
        "--cleanup=whitespace",
        f"v{version}",
        "--message",
        f"{version}\n\n{notes(text, version)}",
    )
    print(f"v{version} is tagged, and its packages are in dist. To publish: git push --follow-tags")


if __name__ == "__main__":
    main(sys.argv[1])
