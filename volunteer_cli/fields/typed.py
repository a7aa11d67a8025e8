"""`--set FIELD=VALUE`, which commands on records with custom fields take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SetFields = Annotated[
    list[str] | None,
    Option(
        "--set",
        metavar="FIELD=VALUE",
        help=N_("A value in a custom field; FIELD= clears it"),
    ),
]


class NoValue(UsageFault):
    """--set takes FIELD=VALUE, and not '{value}'"""

    code = "usage"
    hint = N_("See the fields: volunteer field list")


def read_set(session: Session, noun: str, texts: Sequence[str] | None) -> dict[int, Any]:
    """The values by field that `--set` gives; the history keeps the line without those of private fields.

    Raises:
        NoValue: there is no sign = in it.
        VolunteerError: as `rules.read_values`.
    """
    from volunteer_cli.core.policies import PHONE_REGION, policy_value
    from volunteer_cli.core.privacy import without_confidences
    from volunteer_cli.fields.rules import read_values

    typed = dict(map(_parted, texts or ()))
    if not typed:
        return {}
    region = policy_value(session, PHONE_REGION)
    values = read_values(session, noun, typed, today=run().clock.today, region=region)
    # Which of them are private stands in the database, so that a mask by the option's name cannot know.
    private = [text for text in texts or () if _names_private(text, values)]
    run().arguments = without_confidences(run().arguments, private)
    return {field.id: value for field, value in values.items()}


def _parted(text: str) -> tuple[str, str]:
    name, sign, value = text.replace("＝", "=").partition("=")
    if not sign or not name.strip():
        raise NoValue(value=text)
    return name.strip(), value


def _names_private(text: str, fields: Iterable[Any]) -> bool:
    from volunteer_cli.fields.queries import is_called

    name, _value = _parted(text)
    return any(field.private and is_called(field, name) for field in fields)


def give_set(session: Session, noun: str, records: Iterable[Any], values: dict[int, Any]) -> None:
    """Give records the values that `--set` gave."""
    from volunteer_cli.fields.rules import give_values

    if values:
        give_values(session, noun, {record.id: values for record in records})
