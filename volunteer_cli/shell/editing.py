"""`edit` without options: the record as TOML in the editor, and what was changed there as options."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from volunteer_cli.core.errors import Cancelled, RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run, running
from volunteer_cli.shell.telling import report, say
from volunteer_cli.shell.typer_private import is_at_home

#: What an option is called in the JSON of a record, if not by its own name.
TWINS = ("{}", "{}s", "{}_on", "{}s_on", "{}s_at")
#: Options that say how something is changed and not what.
CUSTOM = "FIELD=VALUE"
HOW = re.compile(r"(add|remove)_|^(on|since|series|reason|where)$")


class NoToml(RuleError):
    """What was written is no TOML: {reason}"""

    code = "bad_toml"
    hint = N_("Put texts in quotes, as in place = 'Hall 2'.")


class NoEditor(RuleError):
    """The editor {name} cannot be started"""

    code = "no_editor"
    hint = N_("Name another one: EDITOR=nano")


def edit_in_editor(context: Any) -> None:
    """Open the one record that an `edit` names, and perform the line with the changes that were made there.

    Raises:
        NoEditor, Cancelled: nothing is changed.
    """
    thing, *options = context.command.params
    named = context.params[thing.name]
    record, abroad = _record(context, named if isinstance(named, str) else named[0])
    if abroad:
        options = [option for option in options if not is_at_home(option)]
    changes = _changed(_page(options, record), options)
    if not changes:
        say(_("Nothing changed."))
        return
    # The history keeps the line as somebody would have typed it.
    run().arguments = (*run().arguments, *changes)
    run().perform(list(run().arguments))


def _record(context: Any, named: str) -> tuple[dict[str, Any], bool]:
    """The record as `show` answers it, private values masked, and whether it is of an office outside China."""
    noun = context.command_path.split()[-2]
    words = [noun, "show", named, "-f", "json"]
    answer = StringIO()
    with running(run().line(words)) as line, redirect_stdout(answer):
        line.perform(words)
    record: dict[str, Any] = json.loads(answer.getvalue())
    return record, line.abroad


# --- the page ------------------------------------------------------------


def _page(options: list[Any], record: Mapping[str, Any]) -> Any:
    """The values that the options can change, as a TOML document; what is masked stands in a comment."""
    import tomlkit

    page = tomlkit.document()
    page.add(
        tomlkit.comment(_("Change what is to be changed, save and close. An empty text clears a value."))
    )
    for option in options:
        name, value = str(option.name), _value(option, record)
        if value is None:
            continue
        _add(page, name, value, _(option.help or name))
    return page


def _add(page: Any, name: str, value: Any, meaning: str) -> None:
    import tomlkit

    page.add(tomlkit.nl())
    page.add(tomlkit.comment(meaning))
    if "*" in str(value):
        # Saved as it is, the mask would be written over the number: a comment is not read back.
        page.add(tomlkit.comment(f'{name} = "{value}"'))
    else:
        page.add(name, value)


def _key_of(name: str, record: Mapping[str, Any]) -> str | None:
    """Under which name a record has what an option changes: --add-skill changes the skills."""
    twins = [*(twin.format(name) for twin in TWINS), re.sub("y$", "ies", name)]
    return next((twin for twin in twins if twin in record), None)


def _value(option: Any, record: Mapping[str, Any]) -> Any:
    """What a record has for an option, or None where it has no such thing."""
    name = str(option.name)
    if option.metavar == CUSTOM:
        return _custom(record) or None
    # Options that say how, such as --add-skill, have no value that could be shown.
    if HOW.search(name) or (option.is_flag and not option.secondary_opts):
        return None
    key = _key_of(name, record)
    value = record.get(key or "")
    # Goals of a drive and lines of an alliance are records of their own.
    if key is None or not _is_plain(value, several=option.multiple):
        return None
    return "" if value is None else _typed(value)


def _custom(record: Mapping[str, Any]) -> list[str]:
    """The custom fields of a record as they are typed; what is not shown whole is none of the page's."""
    hidden = record.get("hidden", ())
    fields = {name: value for name, value in record.get("fields", {}).items() if name not in hidden}
    return [f"{name}={_word(value)}" for name, value in fields.items() if "*" not in str(value)]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _is_plain(value: Any, *, several: bool) -> bool:
    """Whether a value of JSON is one word, or a list of words where an option takes several."""
    if isinstance(value, list):
        return several and all(isinstance(each, str) for each in value)
    return not isinstance(value, dict)


def _typed(value: Any) -> Any:
    """A value of JSON as people type it: a moment without seconds and offset."""
    moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?", str(value))
    return f"{moment[1]} {moment[2]}" if moment else value


def _changed(page: Any, options: list[Any]) -> list[str]:
    """The options that say what is another on the page than it was."""
    before, text = page.unwrap(), page.as_string()
    after = _written(text)
    by_name = {str(option.name): option for option in options}
    return [
        word
        for name, value in after.items()
        if value != before.get(name, "") and name in by_name
        for word in _words(by_name[name], _other(by_name[name], value, before.get(name)))
    ]


def _other(option: Any, value: Any, before: Any) -> Any:
    """What is to be typed for an option: of custom fields those alone that are another."""
    return [each for each in value if each not in before] if option.metavar == CUSTOM else value


def _words(option: Any, value: Any) -> Iterator[str]:
    if option.is_flag:
        yield option.opts[0] if value else option.secondary_opts[0]
        return
    values = value if isinstance(value, list) else [value]
    yield from (f"{option.opts[0]}={each}" for each in values or [""])


# --- the editor ------------------------------------------------------------


def _written(text: str) -> dict[str, Any]:
    """What stands on the page when the editor is closed; what cannot be read is shown again.

    Raises:
        NoEditor: it cannot be started.
        Cancelled: it ended with an error, or nobody wants to correct what cannot be read.
    """
    import tomllib

    from volunteer_cli.shell.asking import agreed

    with _file(text) as path:
        while True:
            _open(path)
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                report(NoToml(reason=str(error)))
                if not agreed(_("Open it once more?")):
                    raise Cancelled from error


@contextmanager
def _file(text: str) -> Iterator[Path]:
    """A file with a text, which its owner alone can read and which is gone afterwards: people stand in it."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="volunteer-") as folder:
        path = Path(folder) / "record.toml"
        path.write_text(text, encoding="utf-8")
        yield path


def _open(path: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _usual_editor()
    try:
        code = subprocess.call([*shlex.split(command), str(path)])  # noqa: S603 - the user's own choice
    except OSError as error:
        raise NoEditor(name=command) from error
    if code:
        raise Cancelled


def _usual_editor() -> str:
    return "notepad" if sys.platform == "win32" else "vi"
