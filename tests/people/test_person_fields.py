"""What follows from the declared fields of a person."""

from __future__ import annotations

from datetime import date

import pytest

from volunteer_cli.core.errors import BadChoice
from volunteer_cli.core.fields import Field, Typed
from volunteer_cli.people.fields import FIELDS, POLITICAL_STATUS, SEX
from volunteer_cli.people.models import Person


@pytest.mark.parametrize(
    ("field", "value", "texts"),
    [
        (SEX, "male", ("男", "男性", "M", "male", "1", "１", " 男 ")),
        (SEX, "female", ("女", "女性", "f", "Female", "2")),
        (POLITICAL_STATUS, "party_member", ("中共党员", "党员", "party_member", "Party Member")),
        (POLITICAL_STATUS, "probationary_member", ("预备党员",)),
        (POLITICAL_STATUS, "league_member", ("共青团员", "团员")),
        (POLITICAL_STATUS, "democratic_party", ("民主党派", "民盟盟员", "九三学社社员", "democratic_party")),
        (POLITICAL_STATUS, "nonparty", ("无党派人士", "无党派", "nonparty")),
        (POLITICAL_STATUS, "masses", ("群众", "no party")),
    ],
)
def test_choices_are_read_by_the_words_that_rosters_use(
    field: Field, value: str, texts: tuple[str, ...]
) -> None:
    place = Typed(field, date(2026, 6, 30), "CN")
    assert {field.read(text, place) for text in texts} == {value}
    with pytest.raises(BadChoice) as caught:
        field.read("是", place)
    assert caught.value.fields["value"] == "是"


def test_every_column_that_people_fill_has_a_field() -> None:
    columns = set(Person.__table__.columns.keys())
    made = {"id", "community_id", "name_pinyin", "name_initials", "guardian_id"}
    made |= {"archived_on", "archived_for", "erased_on"}
    assert columns - made == {field.name for field in FIELDS} - {"skills", "categories", "tags", "guardian"}
