"""`volunteer demo`: an example database of two communities, and a tour through it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from typer import Exit, Option

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _, language, languages, listed
from volunteer_cli.core.run import run, running
from volunteer_cli.core.targets import file_of, is_url, named
from volunteer_cli.shell import command, say
from volunteer_cli.shell.telling import report, tell_line
from volunteer_cli.shell.typer_private import UsageError

NAME = "volunteer-demo.db"
COMMUNITIES = ("anda", "binhu")
#: What belongs to no community, and stands on what they all share.
ALLIANCE = "alliance"
#: The day on which the example is at home; its dates make sense from there.
TODAY = "2026-06-30T09:00"
TO_TRY = (
    "team list",
    "person list --skill 急救",
    "report today --community binhu",
    "history list --limit 5",
)
#: Commands of the tour whose table is worth seeing also where the output is no terminal.
SHOWING = {"report", "roster", "progress", "why", "stock", "trace", "notice", "verify", "list", "show"}


def make_demo(
    folder: Annotated[
        Path, Option("--dir", metavar="DIR", help=N_("Where to make it; default this folder"))
    ] = Path(),
    tour: Annotated[bool, Option("--tour/--no-tour", help=N_("Show around in it afterwards"))] = True,
) -> None:
    """Make an example database of two communities and show around in it.

    It becomes volunteer-demo.db in this folder, or in --dir; no other database is touched. With --db it is made
    in a new file of another name, or in the empty database of a server.
    """
    from volunteer_cli.core.resources import resource_folder
    from volunteer_cli.core.schema import create

    database = _named() or str((folder / NAME).absolute())
    create(database)
    seeds = resource_folder("seeds")
    for code in COMMUNITIES:
        with in_example(database, community=code):
            load(seeds / code, code)
    with in_example(database):
        load(seeds / ALLIANCE, ALLIANCE)
    if tour:
        with in_example(database):
            walk(seeds / "tour.txt", folder.absolute())
        say_pages(folder.absolute())
    say_what_to_try(database)


def _named() -> str | None:
    """The database that --db names; one of the environment is somebody's real one."""
    answer = run().given.answer("db")
    if answer.source != "option" or not answer.value:
        return None
    file = file_of(answer.value)
    # The scripts run in other folders.
    return str(file.absolute()) if file else answer.value


def say_pages(folder: Path) -> None:
    """Name the pages that the tour wrote."""
    pages = listed(str(page) for page in sorted(folder.glob("*.html")))
    say("")
    say(_("To look at in a browser, the year's report among them: {pages}").format(pages=pages))


def say_what_to_try(database: str) -> None:
    """Show commands to begin with."""
    say(_("The example is in {path}. Try:").format(path=named(database)))
    path = shlex.quote(named(database) if is_url(database) else os.path.relpath(database))
    for line in TO_TRY:
        say(f"  volunteer --db {path} {line}")


def load(folder: Path, code: str) -> None:
    """Run a community's scripts in the order of their names, each as one operation, as a user would."""
    from volunteer_cli.admin.batch import run_whole

    with standing_in(folder):
        for script in sorted(folder.glob("*.txt")):
            say(f"{code}/{script.name}")
            run_whole(str(script))


@contextmanager
def in_example(database: str, **options: str) -> Iterator[None]:
    """A run in the example's database, on its day unless another was given."""
    inside = run().line(run().arguments)
    inside.given.options = {"today": TODAY} | inside.given.options | {"db": database} | options
    with running(inside):
        yield


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Relative paths in a script are beside it."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def walk(script: Path, folder: Path) -> None:
    """Run the tour: remarks are printed, commands are shown and run as if typed, refusals included."""
    with standing_in(folder):
        for line in script.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                tell_line("")
                tell_line(_remark(line))
            elif line.strip():
                tell_line(f"$ volunteer {line}")
                run_typed(line)


def _remark(line: str) -> str:
    """A remark of the tour, which stands there in every language: English first, then Chinese."""
    texts = line.removeprefix("# ").split(" | ")
    return dict(zip(languages(), texts, strict=False)).get(language(), texts[0])


def run_typed(line: str) -> None:
    """Run one line of the tour with output as on a terminal; an error prints itself and the tour goes on."""
    words = shlex.split(line)
    as_table = ("-f", "table") if SHOWING & set(words[:2]) else ()
    try:
        with running(run().line(words)) as typed:
            typed.perform([*words, *as_table])
        sys.stdout.flush()
    except Exit:
        pass
    except (VolunteerError, UsageError) as error:
        report(error)


demo = command(make_demo, "demo", example="volunteer demo --dir example")
