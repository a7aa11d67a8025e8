"""The commands about the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import DATABASE, FIGURES, Area, Entry, Rooms, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry("find", N_("Look through everything for a word."), FIGURES, here("find:find")),
        Entry("import", N_("Bring in the sheets people really have."), FIGURES, here("imports:app")),
        Entry("batch", N_("Run many commands as one."), FIGURES, here("batch:batch")),
        Entry(
            "shell",
            N_("Type commands one after the other, with completion."),
            FIGURES,
            here("session.command:shell"),
        ),
        Entry("demo", N_("Make an example database of two communities."), DATABASE, here("demo:demo")),
        Entry("db", N_("Make, upgrade, back up, restore and lend the database."), DATABASE, here("db:app")),
        Entry("history", N_("What was done, by whom and when."), DATABASE, here("history:app")),
        Entry("undo", N_("Take back an operation."), DATABASE, here("history:undo")),
        Entry("policy", N_("Settings of the office, each with its meaning."), DATABASE, here("policy:app")),
        Entry("check", N_("Look for broken invariants."), DATABASE, here("check:check")),
        Entry("config", N_("Your own settings, and the file that keeps them."), DATABASE, here("config:app")),
        Entry("doctor", N_("Look at the environment the tool runs in."), DATABASE, here("doctor:doctor")),
        Entry("explain", N_("Say more about an error code."), DATABASE, here("explain:explain")),
        Entry(
            "help", N_("Explain dates, periods, formats and more."), DATABASE, here("helping:help_command")
        ),
    ),
    tasks=(here("lending.worklist:TASKS"),),
    checks=(here("lending.checks:CHECKS"),),
    completed={"OPERATION": (Words("id", "operation"),), "--actor": (Words("actor", "operation"),)},
    titles=here("titles:TITLES"),
    looks={"operations": here("views:OPERATIONS")},
)
