"""The wheel, built from this checkout and installed where nothing else of the checkout is seen."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installed:
    """An environment of its own with the wheel in it."""

    python: Path
    volunteer: Path


def install(folder: Path) -> Installed:
    """Build the wheel and install it into a fresh environment, with everything compiled.

    Its dependencies are those of the environment that runs the benchmarks, added by one line of a
    `.pth` file; the editable install there does not come with them.
    """
    dependencies = sysconfig.get_path("purelib")
    fresh = folder / "environment"
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheel"))
    run("-m", "venv", "--without-pip", "--clear", str(fresh))
    [wheel] = (folder / "wheel").glob("*.whl")
    python = fresh / "bin" / "python"
    own = Path(run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", python=python).strip())
    run(
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        "--compile",
        str(wheel),
    )
    (own / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    run("-m", "compileall", "-q", "-x", r"[/\\]tests?[/\\]|lib2to3", dependencies, check=False)
    return Installed(python, fresh / "bin" / "volunteer")


def run(*words: str, python: Path | None = None, check: bool = True) -> str:
    """Run Python in the checkout, allowed to write bytecode, and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [str(python or sys.executable), *words],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()[-1000:]}")
    return done.stdout


def machine() -> str:
    """The machine in one line: processor, cores, system, Python and SQLite."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
