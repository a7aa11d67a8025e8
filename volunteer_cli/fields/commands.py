"""`volunteer field …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.completion import chosen
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import FieldKind, Noun
from volunteer_cli.shell import Archived, Asked, choose, noun, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.fields.models import CustomField

app = noun("field")

NounName = Annotated[
    str, Argument(metavar="NOUN", help=N_("Of which records: person, organization, team or event"))
]
First = Annotated[
    str,
    Argument(
        metavar="[NOUN]",
        help=N_("Of which records, where fields of several have the name"),
        autocompletion=chosen(Noun),
    ),
]
Second = Annotated[
    str | None, Argument(metavar="FIELD", help=N_("Id, name or title of the field"), show_default=False)
]
Title = Annotated[
    str | None,
    Option("--title", metavar="TEXT", help=N_("What stands above its column, in any language")),
]
KindName = Annotated[
    str | None,
    Option("--kind", metavar="KIND", help=N_("What a value is: text, number, date, yes-no or choice")),
]
Only = Annotated[
    list[str] | None, Option("--choice", metavar="TEXT", help=N_("One of the values to choose from"))
]


@verb(
    app,
    "add",
    example="volunteer field add person vehicle --title 车辆 --kind choice --choice 小汽车 --choice 电动车",
    changes=True,
    asks=(
        Asked("noun_name", needed=True),
        Asked("name", needed=True),
        Asked("title"),
        Asked("kind"),
        Asked("choice", needed=True, when=lambda given: given.get("kind") == [f"--kind={FieldKind.CHOICE}"]),
    ),
)
def add(
    noun_name: NounName,
    name: Annotated[str, Argument(metavar="NAME", help=N_("A word for it, like vehicle; JSON has it so"))],
    title: Title = None,
    kind: KindName = None,
    choice: Only = None,
    *,
    private: Annotated[
        bool, Option("--private", help=N_("Said in confidence: shown with --reveal alone"))
    ] = False,
) -> None:
    """Define a field that people, or other records, are to have.

    Without a kind it is text. Then it can be given, listed, sorted by, imported and counted like a built-in one.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.fields.rules import add_field

    whose, values = choose(Noun, noun_name, _("noun")), choose(FieldKind, kind, "--kind")
    with work("field add") as session:
        field = add_field(
            session,
            whose,
            name,
            title=title,
            kind=values,
            choices=choice or (),
            private=private,
            builtins=_built_in(whose),
        )
        _tell(session, field, _("Added the field {title} ({id})."))


def _built_in(whose: str) -> dict[str, str]:
    """What a custom field cannot be called: names, titles and headings of what records have by themselves.

    Each with the name and the title that it belongs to, in all languages.
    """
    from volunteer_cli.core.i18n import in_all_languages
    from volunteer_cli.fields.rules import key_of

    builtins: dict[str, str] = {}
    for each in _columns(whose):
        # A file may change its language: what 手机 means today it must mean after `--lang en` as well.
        words = (each.name, *in_all_languages(each.title), *getattr(each, "headings", ()))
        for word in words:
            builtins.setdefault(key_of(word), f"{each.name}\t{_(each.title)}")
    # A title of punctuation alone has no key, and would refuse every other such title.
    builtins.pop("", None)
    return builtins


def _columns(whose: str) -> list[Any]:
    """The columns of a noun's view and of its sheet."""
    from volunteer_cli.areas import imports, things

    thing = things()[whose]
    columns = list(thing.view.load().columns) if thing.view else []
    if thing.sheet:
        columns += imports()[thing.sheet].sheet.load().fields
    return columns


@verb(app, "list", example="volunteer field list person")
def list_(
    noun_name: Annotated[
        str | None,
        Argument(
            metavar="[NOUN]",
            help=N_("Only those of person, organization, team or event"),
            autocompletion=chosen(Noun),
        ),
    ] = None,
    *,
    archived: Archived = False,
) -> None:
    """List the custom fields."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.fields.queries import fields_of
    from volunteer_cli.fields.views import FIELDS

    whose = choose(Noun, noun_name, _("noun"))
    with reading() as session:
        show_list(session, FIELDS, fields_of(session, whose, archived=archived))


def _named(session: Session, first: str, second: str | None, *, changing: bool = True) -> CustomField:
    """The field that one word names, or the second of two, where the first says of which records it is."""
    from volunteer_cli.fields.queries import find_field

    if second is None:
        return find_field(session, first, changing=changing)
    return find_field(session, second, choose(Noun, first, _("noun")), changing=changing)


@verb(app, "show", example="volunteer field show vehicle")
def show_(first: First, second: Second = None) -> None:
    """Show a custom field."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.fields.views import FIELDS

    with reading() as session:
        show(session, FIELDS, _named(session, first, second, changing=False))


@verb(app, "edit", example="volunteer field edit vehicle --title 车辆 --add-choice 摩托车", changes=True)
def edit(
    first: First,
    second: Second = None,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    title: Title = None,
    kind: KindName = None,
    choice: Annotated[
        list[str] | None,
        Option("--choice", metavar="TEXT", help=N_("The choices, instead of those there are")),
    ] = None,
    add_choice: Annotated[
        list[str] | None, Option("--add-choice", metavar="TEXT", help=N_("One more choice"))
    ] = None,
    remove_choice: Annotated[
        list[str] | None, Option("--remove-choice", metavar="TEXT", help=N_("A choice that nobody has"))
    ] = None,
    *,
    private: Annotated[
        bool | None,
        Option("--private/--public", help=N_("Said in confidence, or for everybody in the office")),
    ] = None,
) -> None:
    """Change a custom field; the values that stand must fit its kind and choices."""
    from volunteer_cli.core.work import work
    from volunteer_cli.fields.rules import Choices, edit_field

    values = choose(FieldKind, kind, "--kind")
    with work("field edit") as session:
        field = _named(session, first, second)
        edit_field(
            session,
            field,
            name=name,
            title=title,
            kind=values,
            choices=Choices(choice or (), add_choice or (), remove_choice or ()),
            private=private,
            builtins=_built_in(field.noun),
            today=run().clock.today,
        )
        _tell(session, field, _("Changed the field {title} ({id})."))


@verb(app, "archive", example="volunteer field archive vehicle", changes=True)
def archive(first: First, second: Second = None) -> None:
    """Take a custom field out of use; the values stay, and are not shown any more."""
    _archive("field archive", first, second, N_("Archived the field {title} ({id})."), archived=True)


@verb(app, "restore", example="volunteer field restore vehicle", changes=True)
def restore(first: First, second: Second = None) -> None:
    """Bring an archived field back into use, with its values."""
    _archive("field restore", first, second, N_("Restored the field {title} ({id})."), archived=False)


def _archive(command: str, first: str, second: str | None, sentence: str, *, archived: bool) -> None:
    from volunteer_cli.core.rules import archive
    from volunteer_cli.core.work import work

    with work(command) as session:
        field = _named(session, first, second)
        archive(session, field, run().clock.today if archived else None)
        _tell(session, field, _(sentence))


@verb(app, "remove", example="volunteer field remove vehicle", changes=True)
def remove(first: First, second: Second = None) -> None:
    """Take away a custom field that no record has a value in."""
    from volunteer_cli.core.work import work
    from volunteer_cli.fields.rules import remove_field
    from volunteer_cli.fields.views import FIELDS

    with work("field remove") as session:
        field = _named(session, first, second)
        # Said before it is gone: a record that was deleted has no title to be told.
        sentence = _("Removed the field {title} ({id}).").format(title=field.title, id=field.id)
        remove_field(session, field)
        tell(session, FIELDS, [], sentence)


def _tell(session: Session, field: CustomField, sentence: str) -> None:
    from volunteer_cli.fields.views import FIELDS

    tell(session, FIELDS, field, sentence.format(title=field.title, id=field.id))
