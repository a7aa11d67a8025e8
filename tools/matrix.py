"""Run the tests on other Pythons, on the oldest dependencies that are allowed and on the newest there are.

    python tools/matrix.py                  everything; some minutes each
    python tools/matrix.py 3.12 oldest      some of it
    python tools/matrix.py -- tests/core    everything on some tests

Each run has an environment of its own below .matrix. A Python that is not on this machine is skipped,
and said to be: none is downloaded.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".matrix"
TESTS = ["-q", "-n", "2", "-m", "not faults and not bench", "tests"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@dataclass(frozen=True)
class Run:
    """One way to install the package: a Python, and lines that bind the versions of its dependencies."""

    name: str
    python: str
    constraints: str = ""


def pythons() -> list[str]:
    """The versions that the classifiers promise, the oldest first."""
    named = (
        re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line) for line in PROJECT["classifiers"]
    )
    return sorted((match[1] for match in named if match), key=lambda version: int(version[2:]))


def interpreter(version: str) -> str | None:
    """A Python of this version on this machine, on the path or among those of pyenv."""
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [shutil.which(f"python{version}"), *sorted(installed.glob(f"{version}.*/bin/python"))]
    return next((str(each) for each in candidates if each and works(each, "-c", "", quiet=True)), None)


def works(*words: object, quiet: bool = False) -> bool:
    """Run a program in the project's folder; whether all went well."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.call([str(word) for word in words], cwd=ROOT, stdout=output, stderr=output) == 0  # noqa: S603 - our own words


def oldest() -> str:
    """Every dependency at its lower bound; those of the dependencies are as they come."""
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]
    bounds = ((each.name, part) for each in map(Requirement, lines) for part in each.specifier)
    return "\n".join(f"{name}=={bound.version}" for name, bound in bounds if bound.operator == ">=")


def runs() -> Iterator[Run]:
    """All that there is to run: each Python with the tried versions, then the edges."""
    versions = pythons()
    tried = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for version in versions:
        yield Run(version, version, tried)
    yield Run("oldest", versions[0], oldest())
    yield Run("newest", versions[-1])


def passes(run: Run, interpreter: str, tests: list[str]) -> bool:
    """Install the package in a new environment, and run the tests in it."""
    folder = FOLDER / run.name
    shutil.rmtree(folder, ignore_errors=True)
    if not works(interpreter, "-m", "venv", folder):
        return False
    constraints, python = folder / "constraints.txt", folder / "bin" / "python"
    constraints.write_text(run.constraints, encoding="utf-8")
    install = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    return (
        works(*install, "--upgrade", "pip>=25.1")
        and works(*install, "--constraint", constraints, "--editable", ".[pdf,encrypted]", "--group", "dev")
        and works(python, "-m", "pytest", *tests)
    )


def main(words: list[str]) -> None:
    divider = words.index("--") if "--" in words else len(words)
    names, tests = words[:divider], words[divider + 1 :] or TESTS
    failed = []
    for run in runs():
        if names and run.name not in names:
            continue
        python = interpreter(run.python)
        print(f"=== {run.name}: Python {run.python}", flush=True)
        if python is None:
            print(f"SKIPPED: there is no Python {run.python} on this machine", flush=True)
        elif not passes(run, python, tests):
            failed.append(run.name)
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
