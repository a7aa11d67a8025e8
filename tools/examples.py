"""Run the examples of the README and the pages in docs, and compare or write what they print.

    python tools/examples.py [--write] [FILE…]

A block of ```console holds lines `$ volunteer …` and, under each, what it prints. All blocks of a
page run one after the other in one folder. `<!-- database: demo -->` at the top of a page begins
with the example database, `<!-- language: zh -->` speaks Chinese, `$ cat FILE` and other commands
are left alone. A block of ```python that is followed by one of ```text is run too, with the names of those
before it, and prints that.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

from typer.testing import CliRunner

from volunteer_cli.admin.demo import NAME, TODAY
from volunteer_cli.app import app
from volunteer_cli.output.options import OutputOptions

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
SCRIPT = re.compile(r"(?ms)^```python\n(.*?)^```\n\n```text\n.*?^```$")
SETTING = re.compile(r"<!-- (\w+): (\S+) -->")


def pages() -> list[Path]:
    """The pages whose examples are run."""
    return [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]


def executed(page: Path, demo: Path) -> str:
    """The page with what its examples print now; `demo` is the example database to begin with."""
    text = page.read_text(encoding="utf-8")
    settings = dict(SETTING.findall(text))
    with tempfile.TemporaryDirectory() as folder, environment(Path(folder), settings, demo):
        names: dict[str, Any] = {}
        text = SCRIPT.sub(lambda match: run_script(match[1], names), text)
        return BLOCK.sub(lambda match: f"```console\n{run_block(match[1])}```", text)


def run_script(script: str, names: dict[str, Any]) -> str:
    """A block of Python with what it prints now; the page is ours, and so is what it says."""
    printed = StringIO()
    with redirect_stdout(printed):
        exec(script, names)  # noqa: S102 - see above
    return f"```python\n{script}```\n\n```text\n{printed.getvalue()}```"


@contextmanager
def environment(folder: Path, settings: dict[str, str], demo: Path) -> Iterator[None]:
    """A folder and an environment of its own for one page."""
    database = folder / NAME
    if settings.get("database") == "demo":
        shutil.copy(demo, database)
    for sheet in (ROOT / "docs" / "sheets").glob("*"):
        shutil.copy(sheet, folder)
    values = {
        "VOLUNTEER_DB": str(database),
        "VOLUNTEER_TODAY": settings.get("today", TODAY),
        "VOLUNTEER_LANG": settings.get("language", "en"),
        "VOLUNTEER_ACTOR": "lin",
        "VOLUNTEER_CONFIG": str(folder / "none.toml"),
        "COLUMNS": "100",
    }
    before = Path.cwd()
    original = OutputOptions.resolved
    try:
        os.chdir(folder)
        with (
            mock.patch.dict(os.environ, values),
            mock.patch.object(
                OutputOptions,
                "resolved",
                lambda self, *_given, **_named: original(self, stdout_is_terminal=True),
            ),
        ):
            yield
    finally:
        os.chdir(before)


def run_block(block: str) -> str:
    """The block with each command's present output."""
    lines = []
    for command in re.findall(r"(?m)^\$ (.*(?:\\\n.*)*)$", block):
        lines.append(f"$ {command}")
        words = shlex.split(command.replace("\\\n", " "))
        if words[:1] == ["volunteer"]:
            output = CliRunner().invoke(app, words[1:]).output
            output = re.sub(re.escape(os.getcwd()) + "/?", "", output)
            lines += [line.rstrip() for line in output.rstrip("\n").splitlines()]
        else:
            kept = re.search(re.escape(f"$ {command}\n") + r"((?:(?!\$ ).*\n)*)", block)
            lines += kept[1].splitlines() if kept else []
    return "".join(f"{line}\n" for line in lines)


def make_demo(folder: Path) -> Path:
    """The example database, made for the examples."""
    answer = CliRunner().invoke(app, ["demo", "--dir", str(folder), "--no-tour", "-q"])
    if answer.exit_code:
        raise SystemExit(answer.output)
    return folder / NAME


def main() -> int:
    chosen = [Path(name).resolve() for name in sys.argv[1:] if not name.startswith("-")] or pages()
    stale = 0
    with tempfile.TemporaryDirectory() as folder:
        demo = make_demo(Path(folder))
        for page in chosen:
            fresh = executed(page, demo)
            if fresh != page.read_text(encoding="utf-8"):
                stale += 1
                if "--write" in sys.argv:
                    page.write_text(fresh, encoding="utf-8")
                else:
                    print(f"{page.name}: the examples print something else now: make docs", file=sys.stderr)
    return 0 if "--write" in sys.argv else bool(stale)


if __name__ == "__main__":
    sys.exit(main())
