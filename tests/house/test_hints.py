"""Every hint leads there: what it says to type can be typed, and shows the records that it speaks of."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from command_lines import parsed
from volunteering import Volunteer, copied

import volunteer_cli
from volunteer_cli.areas import nouns
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.shell.typer_private import UsageError

CATALOGUES = Path(volunteer_cli.__file__).parent / "locale" / "zh_CN"
#: A command in a sentence: its words, up to what ends the sentence or the clause.
COMMAND = re.compile(r"\bvolunteer ((?:'[^']*'|[^\s;()'\"]+)(?: (?:'[^']*'|[^\s;()'\"]+))*)")
#: A word that ends a sentence or a clause, and what goes on in words rather than with the command.
PROSE = re.compile(
    r"[.,:](?:\s|$)| (?:and|or|books|brings|changes|takes|shows|writes|instead|then)\b.*| is\b.*| to be\b.*"
)
#: What stands for what only the reader knows.
VALUES = {
    **dict.fromkeys(("DATE", "DAY"), "2026-06-29"), "DATETIME": "2026-07-01 9:00", "TIME": "9:00", "DURATION": "1h",
    "N": "1", "1-5": "5", "KIND": "people", "NUMBER": "1", "ITEM=N": "衣物=1件", "{starts}": "9:00", "{day}": "2026-06-29", "{kind}": "people",
}  # fmt: skip


def hints() -> list[str]:
    """Every command that a sentence of the program names, as it stands there."""
    texts = set()
    for room in sorted(CATALOGUES.glob("*.po")):
        for message in read_po(room.open("rb")):
            ids = (message.id,) if isinstance(message.id, str) else message.id
            texts |= {found for text in ids for found in COMMAND.findall(text or "")}
    commands = {PROSE.split(text, maxsplit=1)[0].rstrip(".,:") for text in texts}
    return sorted(one for one in commands if one.split(" ")[0] in nouns())


def filled(word: str) -> str:
    """A word of a hint with a value in the place of what is to be filled in."""
    if word in VALUES:
        return VALUES[word]
    return re.sub(r"\{\w+\}", "1", word)


def test_there_are_hints() -> None:
    assert len(hints()) > 120


@pytest.mark.parametrize("hint", hints())
def test_a_hint_can_be_typed(hint: str) -> None:
    """Noun, verb and options are there, and nothing that must be said is missing."""
    words = [filled(word) for word in shlex.split(hint)]
    with running(Run(Given())):
        try:
            parsed(words)
        except UsageError as error:
            pytest.fail(f"volunteer {hint}: {error.format_message()}")
        except VolunteerError as error:
            # A value that only stands for one was read; the words are understood.
            understood = error.exit_code != 2 or "is no" in str(error)
            if not understood:
                pytest.fail(str(error))


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Volunteer:
    """The example, to be changed."""
    volunteer = Volunteer(copied(demo_file, tmp_path / "demo.db"))
    volunteer.today = "2026-06-30T22:05"
    return volunteer


def advised(sentence: str) -> Iterator[list[str]]:
    """The commands that a real message advises, as they can be typed."""
    for found in COMMAND.findall(sentence):
        words = shlex.split(PROSE.split(found, maxsplit=1)[0].rstrip(".,:"))
        if words[0] in nouns():
            yield [VALUES.get(word, word) for word in words]


#: A command that is refused, and what its hint must show.
REFUSED = (
    ("event signup 15 29", "15"), ("event cancel 15", "15"), ("event signup 99 29", "1"),
    ("team archive nobody", "1"), ("drive ship weiwen --box B99 --to 1", ""), ("request finish 1 --result solved", "1"),
    ("campaign deal hanchao --to 29", "寒潮电话排查"), ("mediation close 1", "BINHU-M"), ("visit show 999", "1"),
    ("certificate show X", "BINHU"), ("award show 99", ""), ("drive slip X", ""),
    ("account show 29", ""), ("explain nothing", "overlap"), ("report explain nothing", "hours"), ("history show 9999", ""),
    ("organization archive 1", ""), ("household archive 1", ""), ("council show x", ""),
    ("pairing confirm 1 --score 5", ""), ("alliance show x", ""), ("exchange show 99", ""), ("training show 99", ""),
)  # fmt: skip


@pytest.mark.parametrize(("line", "shown"), REFUSED, ids=[line for line, _shown in REFUSED])
def test_what_a_refusal_advises_is_done_and_shows_it(demo: Volunteer, line: str, shown: str) -> None:
    community = {"VOLUNTEER_COMMUNITY": "binhu"}
    refused = demo(*shlex.split(line), env=community)
    assert refused.code not in (0, 2), refused.err
    commands = list(advised(refused.err))
    assert commands, f"no next step: {refused.err}"
    for words in commands:
        if any(re.fullmatch(r"[A-Z]{3,}", word) for word in words):
            continue
        done = demo(*words, env=community)
        assert done.code in (0, 6), f"volunteer {' '.join(words)}\n{done.err}"
        assert shown in done.out + done.err


def test_what_is_to_be_decided_before_closing_is_all_listed(demo: Volunteer) -> None:
    refused = demo.refused("pending", "--community", "binhu", "hours", "close", "2026-06")
    ids = set(re.findall(r"\d+", refused.err.partition("decided: ")[2].partition(" [")[0]))
    (words,) = advised(refused.err)
    listed = demo.rows("--community", "binhu", *words)
    assert {str(row["id"]) for row in listed} == ids
    assert {row["status"] for row in listed} == {"pending", "needs_review"}


def test_a_backup_that_is_not_there_is_not_to_be_made(demo: Volunteer, tmp_path: Path) -> None:
    refused = demo.refused("database_missing", "db", "restore", tmp_path / "none.db", "-y", exit_code=7)
    assert "db init" not in refused.err
    assert "volunteer db backup" in refused.err
