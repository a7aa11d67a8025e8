"""What an area adds to the whole, on one card: the `AREA` of its `area.py`.

    here = Rooms(__name__)

    AREA = Area(
        nouns=(Entry("team", N_("Volunteer teams, interest groups and classes."), PEOPLE, here("commands:app")),),
        things=(Thing("team", here("queries:find_team"), here("queries:team_names"), completed_by=("name",)),),
        checks=(here("checks:CHECKS"),),
    )

Every command reads all cards, so they are light: words and places, and no database library. `areas.py` puts
them into order.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, dataclass_transform

from volunteer_cli.core.i18n import N_

#: The groups of nouns in the help, in their order.
PEOPLE, SERVICE, DONATIONS, HOUSEHOLDS, FIGURES, DATABASE = GROUPS = (
    N_("People and groups:"),
    N_("Events and service:"),
    N_("Donations:"),
    N_("Households and residents:"),
    N_("Figures and sheets:"),
    N_("The database:"),
)
#: Where something stands among its like: smaller first, equal ones in the order of the areas.
ANYWHERE = 100

#: When areas take part in what others do, and what their functions are given beside the session:
#: before_undo, after_undo: the reversal; before_bring, after_bring: what was done in a lent copy, as the reversal of
#: its contrary; before_policy: the policy and the day from which it holds;
#: before_merge, merge_rows: the ids of who stays and who goes; before_erase: the person's id and the day;
#: before_finish: an event; after_finish, after_attendance: an event and sign-ups, answered by sentences for whoever did it;
#: after_address: ids of people whose address was written and the day; after_leaving: a person's id and the day from
#: which the record is out of use, or None and it is back; address_remarks: ids of people, answered by sentences;
#: household_losses, merge_households: the ids of who stays and who goes; households_given: a drive, answered by to how many it gave;
#: last_served: ids of people, answered by the day of each; members: what names a team, and a day.
Hook: TypeAlias = Literal[
    "before_undo",
    "before_bring",
    "after_bring",
    "after_undo",
    "before_policy",
    "before_merge",
    "merge_losses",
    "merge_rows",
    "before_erase",
    "after_address",
    "after_leaving",
    "address_remarks",
    "household_losses",
    "merge_households",
    "households_given",
    "before_finish",
    "after_finish",
    "after_attendance",
    "last_served",
    "members",
]


@dataclass_transform(frozen_default=True)
class Declaration:
    """To the reader and the type checker a frozen data class, made at once: ten data classes cost 4 ms of every command."""

    def __init__(self, *values: Any, **named: Any) -> None:
        vars(self).update(zip(self.__annotations__, values, strict=False), **named)


class Lazy:
    """Something in a room of an area that is imported when it is used; there are hundreds, so it is plain."""

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self.name = name

    def load(self) -> Any:
        """The thing itself."""
        return getattr(import_module(self.module), self.name)


class Rooms:
    """The rooms of the area whose card this is: a card speaks of no other area's."""

    def __init__(self, card: str) -> None:
        self.area = card.rpartition(".")[0]

    def __call__(self, place: str) -> Lazy:
        """What stands at `room:name`."""
        room, _sign, name = place.partition(":")
        return Lazy(f"{self.area}.{room}", name)


class Entry(Declaration):
    """A noun of the command line, or a command without one, with its line in the help."""

    name: str
    text: str
    group: str
    app: Lazy
    place: int = ANYWHERE


class Thing(Declaration):
    """A kind of record that is named as `person:12`.

    Attributes:
        find: from a session and what was typed to the record.
        names: from a session and ids to names by id.
        completed_by: columns whose values complete an argument that the help calls by this kind, the name first.
        heard_by: columns with the sound of the name, by which it is completed too.
        table: where the records are stored, if not under the name of their kind.
        values: the table of what custom fields hold of such records; a kind without one has no custom fields.
        view: how such records are shown, whose columns no custom field may be called after.
        sheet: the kind of sheet that brings them, with their custom fields.
    """

    kind: str
    find: Lazy
    names: Lazy | None = None
    completed_by: tuple[str, ...] = ()
    heard_by: tuple[str, ...] = ()
    table: str = ""
    values: Lazy | None = None
    view: Lazy | None = None
    sheet: str = ""

    @property
    def stored_in(self) -> str:
        """The table of the records."""
        return self.table or self.kind


class OwnOption(Declaration):
    """An option that means something for one kind of sheet; without a metavar it is a flag."""

    name: str
    help: str
    metavar: str = ""


class Words(Declaration):
    """A column whose values complete what refers to them, in the rows that meet a condition of SQL."""

    column: str
    table: str
    condition: str = "1 = 1"


class Import(Declaration):
    """A kind of sheet that `import` takes."""

    kind: str
    text: str
    example: str
    sheet: Lazy
    options: tuple[OwnOption, ...] = ()
    place: int = ANYWHERE


class Watch(Declaration):
    """What an area does when others have changed something, before it is committed, whichever way it happened.

    Attributes:
        act: from the session and the recorder of the work to sentences for whoever did it.
        touched: tables of which any change is of interest.
        changed: tables of which new rows are not, but what becomes of rows that were there.
    """

    act: Lazy
    touched: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Titles(Declaration):
    """What tables and columns are called where people read the history.

    Attributes:
        columns: those whose title is not that of a field; said by the lowest area that has such a column, for all.
    """

    tables: Mapping[str, str] = MappingProxyType({})
    columns: Mapping[str, str] = MappingProxyType({})


class Area(Declaration):
    """A card.

    Attributes:
        reports, overview, annual, tasks, flaws, policies, checks, sql_views, exports: where tuples of them stand.
        verbs: what the area adds to the nouns of others: verbs by noun.
        columns: what the area adds to the views of other nouns: tuples of columns by noun.
        hooks: what the area holds against something that others do, or does about it.
        watches: what it does when tables that it stands on have changed.
        completed: what completes an argument or option, by how help calls it or by its name: kinds of things, or columns.
        titles: of its tables and columns.
        then: the command that follows another, by that one's noun and verb: `event open {it}`, in which `{it}` is named what
            the outcome is about, and a parameter's name stands for what was typed; or from a session and the records of
            the outcome to such a line.
        looks: the views with something to reveal, by the name under which the history keeps that somebody looked.
    """

    nouns: tuple[Entry, ...] = ()
    things: tuple[Thing, ...] = ()
    imports: tuple[Import, ...] = ()
    reports: tuple[Lazy, ...] = ()
    overview: tuple[Lazy, ...] = ()
    annual: tuple[Lazy, ...] = ()
    tasks: tuple[Lazy, ...] = ()
    flaws: tuple[Lazy, ...] = ()
    policies: tuple[Lazy, ...] = ()
    checks: tuple[Lazy, ...] = ()
    sql_views: tuple[Lazy, ...] = ()
    exports: tuple[Lazy, ...] = ()
    verbs: Mapping[str, Lazy] = MappingProxyType({})
    columns: Mapping[str, Lazy] = MappingProxyType({})
    hooks: Mapping[Hook, Lazy] = MappingProxyType({})
    watches: tuple[Watch, ...] = ()
    completed: Mapping[str, tuple[str | Words | Lazy, ...]] = MappingProxyType({})
    titles: Lazy | None = None
    then: Mapping[str, str | Lazy] = MappingProxyType({})
    looks: Mapping[str, Lazy] = MappingProxyType({})
