"""`volunteer config …`: the user's own settings, where each comes from, and the file that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from typer import Argument, Context, echo

from volunteer_cli.completion import DAYS, beginning, names_of
from volunteer_cli.core.errors import NOT_FOUND, VolunteerError
from volunteer_cli.core.i18n import N_, _, languages, listed
from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.settings import KEYS, SETTINGS, BadSettings, Given, Setting, config_file
from volunteer_cli.core.targets import named
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.shell import ChangingCommand, Command, noun, prints_records, say, show, show_list, verb
from volunteer_cli.shell.telling import in_dry_run

app = noun("config")

SOURCES = {
    "option": N_("option"),
    "environment": N_("environment"),
    "file": N_("configuration file"),
    "default": N_("default"),
}
SETTING_LIST = View(
    "settings",
    N_("Settings"),
    (
        Column("key", N_("Key"), Kind.CODE, keep=True),
        Column("value", N_("Value"), Kind.CODE, keep=True),
        Column("source", N_("Comes from"), Kind.CHOICE, choices=SOURCES),
        Column("variable", N_("Environment variable"), Kind.CODE),
        Column("option", N_("Option"), Kind.CODE, table=False),
        Column("meaning", N_("Meaning")),
    ),
    identity="key",
)
FILE = View(
    "configuration",
    N_("Configuration file"),
    (Column("path", N_("Path"), Kind.CODE), Column("exists", N_("Exists"), Kind.FLAG)),
    identity="path",
)


def _keys(incomplete: str) -> list[str]:
    return beginning(KEYS, incomplete)


Key = Annotated[
    str,
    Argument(metavar="KEY", help=N_("Name of a setting: volunteer config list"), autocompletion=_keys),
]


def _values(ctx: Context, incomplete: str) -> list[str]:
    """What a setting may be: its choices, and what holds now."""
    from volunteer_cli.areas import things

    key = ctx.params.get("key")
    if key == "community":
        return names_of(things()["community"], incomplete)
    now = run().given.answer(key).value if key in KEYS else None
    known = {"lang": languages(), "today": DAYS}.get(key or "", ())
    return beginning(dict.fromkeys([*known, *filter(None, [now])]), incomplete)


class UnknownSetting(VolunteerError):
    """There is no setting '{name}'; the settings are: {known}"""

    code = "not_found"
    exit_code = NOT_FOUND


class NoValue(VolunteerError):
    """A setting cannot be empty; to take it out of the file: volunteer config unset {name}"""

    code = "missing_value"


class Row(NamedTuple):
    """A setting as it holds now."""

    id: str
    key: str
    value: str | None
    source: str
    variable: str
    option: str
    meaning: str


#: What holds where nothing is given; the others are simply not set.
DEFAULTS: dict[str, Callable[[Given], str | None]] = {
    "db": lambda given: named(given.database),
    "lang": lambda given: given.language,
    "actor": lambda given: given.actor,
}


class WritingCommand(ChangingCommand):
    """It mends a file that cannot be read, so it runs without it."""

    needs_settings = False


class PathCommand(Command):
    """It says where the file is, whatever is in it."""

    needs_settings = False


@verb(app, "list", example="volunteer config list")
def list_() -> None:
    """List the settings: what holds, where it comes from, and which environment variable says the same."""
    show_list(None, SETTING_LIST, [_row(setting) for setting in SETTINGS])


@verb(app, "get", example="volunteer config get db")
def get(key: Key) -> None:
    """Print what holds for a setting; nothing where it is not set."""
    row = _row(_setting(key))
    if prints_records():
        show(None, SETTING_LIST, row)
    elif row.value is not None:
        echo(row.value)


@verb(app, "set", example="volunteer config set lang zh", changes=True, cls=WritingCommand)
def set_(
    key: Key,
    value: Annotated[str, Argument(metavar="VALUE", help=N_("Its new value"), autocompletion=_values)],
) -> None:
    """Keep a setting in the configuration file; what else stands there stays as it is."""
    setting = _setting(key)
    _require_readable(setting, value)
    document = _document()
    old = document.get(setting.key)
    document[setting.key] = value
    sentence = (
        _("{key} is {value} from now on ({file}).")
        if old in (None, value)
        else _("{key}: {old} → {value}, from now on ({file}).")
    )
    told = {"key": key, "old": named(str(old)), "value": named(value), "file": config_file()}
    _keep(document, sentence.format(**told))
    _mention_stronger(setting)


@verb(app, "unset", example="volunteer config unset community", changes=True, cls=WritingCommand)
def unset(key: Key) -> None:
    """Take a setting out of the configuration file; the default holds again."""
    document = _document()
    if key not in document:
        # A key that nobody knows may stand there, and is in the way of every command until it is gone.
        _setting(key)
        say(_("{key} does not stand in {file}. Nothing changed.").format(key=key, file=config_file()))
        return
    del document[key]
    _keep(document, _("Took {key} out of {file}.").format(key=key, file=config_file()))


@verb(app, "path", example="volunteer config path", cls=PathCommand)
def path() -> None:
    """Print where the configuration file is, whether or not it is there yet."""
    file = config_file()
    if prints_records():
        show(None, FILE, {"path": str(file), "exists": file.is_file()})
    else:
        echo(str(file))


def _setting(key: str) -> Setting:
    """The setting of this name; raises UnknownSetting."""
    name = key.casefold().removeprefix("--").replace("-", "_")
    for setting in SETTINGS:
        if name in (setting.key, setting.variable.casefold()):
            return setting
    raise UnknownSetting(name=key, known=listed(KEYS))


def _row(setting: Setting) -> Row:
    given = run().given
    answer = given.answer(setting.key)
    default = DEFAULTS.get(setting.key)
    value = default(given) if default else answer.value
    return Row(
        setting.key, setting.key, value, answer.source, setting.variable, setting.option, _(setting.meaning)
    )


def _require_readable(setting: Setting, value: str) -> None:
    """Refuse a value with which no command could run.

    Raises:
        NoValue, BadChoice, BadDate, BadTime, BadText: as their sentences say.
    """
    if not value.strip():
        raise NoValue(name=setting.key)
    trial = Given({setting.key: value}, without_file=True)
    with running(Run(trial, language=run().language)):
        trial.check()
        trial.language  # noqa: B018 - it raises BadChoice


def _document() -> Any:
    """The file as it stands, comments included; an empty one where there is none.

    Raises:
        BadSettings: it is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = config_file()
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise BadSettings(path=file, reason=str(error)) from error


def _keep(document: Any, sentence: str) -> None:
    """Write the file whole or not at all, and say what was done."""
    from volunteer_cli.output.files import replacing

    if run().given.dry_run:
        say(in_dry_run(sentence))
        return
    file = config_file()
    _make_folder(file)
    with replacing(file) as draft:
        draft.write(document.as_string())
    say(sentence)


def _make_folder(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)


def _mention_stronger(setting: Setting) -> None:
    """Say when something else is stronger than what was just kept."""
    answer = run().given.answer(setting.key)
    if answer.source == "environment":
        sentence = _("{variable} is set to {value}, and is stronger than the file.")
        say(sentence.format(variable=setting.variable, value=named(str(answer.value))))
