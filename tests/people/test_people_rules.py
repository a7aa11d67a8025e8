from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.people import rules
from volunteer_cli.people.labels import read_labels
from volunteer_cli.people.terms import LabelKind

TODAY = date(2026, 6, 30)
WOMAN, MAN = "11010519491231002X", "440524188001010014"


@pytest.mark.parametrize(
    ("details", "row"),
    [
        ({"name": "李 明"}, {"name": "李明"}),
        ({"name": "阿依古丽.买买提"}, {"name": "阿依古丽·买买提"}),
        ({"phone": "138 0000 0001/13800000002"}, {"phone": "13800000001", "phone_alt": "13800000002"}),
        ({"phone": "+86 138-0000-0001"}, {"phone": "13800000001"}),
        ({"phone": "", "note": " "}, {"phone": None, "note": None}),
        ({"phone": None}, {}),
        ({"sex": "女", "birth": "65年3月"}, {"sex": "female", "birth": "1965-03"}),
        ({"id_number": "11010519491231002ｘ"}, {"id_number": WOMAN}),
        ({"address": "3号楼2单元501"}, {"building": "3", "unit": "2", "room": "501", "address": None}),
        ({"address": ""}, {"building": None, "unit": None, "room": None, "address": None}),
        (
            {"address": "3-2-501", "building": "4栋"},
            {"building": "4", "unit": "2", "room": "501", "address": None},
        ),
        (
            {"building": "12号楼", "unit": "1单元", "room": "301室"},
            {"building": "12", "unit": "1", "room": "301"},
        ),
        ({"volunteer_no": "binhu-v 0001"}, {"volunteer_no": "BINHU-V0001"}),
        ({"political_status": "群众"}, {"political_status": "masses"}),
        (
            {"sex": " 男 ", "political_status": "Party Member"},
            {"sex": "male", "political_status": "party_member"},
        ),
        ({"room": "3-2-501"}, {"building": "3", "unit": "2", "room": "501"}),
        ({"registered": "2026-06-01"}, {"registered_on": date(2026, 6, 1)}),
        ({"registered": ""}, "bad_date"),
        ({"name": " "}, "missing_value"),
        ({"phone": "123"}, "bad_phone"),
        ({"birth": "2027"}, "bad_date"),
        ({"sex": "unsure"}, "bad_choice"),
        ({"sex": "其他"}, {"sex": "other"}),
        ({"sex": "未说明"}, {"sex": "undisclosed"}),
        ({"sex": "Undisclosed"}, {"sex": "undisclosed"}),
        ({"note": "a\x07"}, "bad_text"),
    ],
)
def test_reading_what_people_type(details: dict[str, Any], row: str | dict[str, Any]) -> None:
    try:
        answer: object = rules.read_person(details, today=TODAY, region="CN")
    except VolunteerError as error:
        answer = error.code
    assert answer == row


@pytest.mark.parametrize(
    ("row", "sex", "birth"),
    [
        ({"id_number": WOMAN}, "female", "1949-12-31"),
        ({"id_number": WOMAN, "birth": "1949"}, "female", "1949-12-31"),
        ({"id_number": WOMAN, "birth": "1949-12", "sex": "female"}, "female", "1949-12-31"),
        ({"id_number": WOMAN, "birth": "1949-11"}, "birth", None),
        ({"id_number": WOMAN, "sex": "male"}, "sex", None),
        ({"id_number": WOMAN, "sex": "other"}, "other", "1949-12-31"),
        ({"id_number": WOMAN, "sex": "undisclosed"}, "undisclosed", "1949-12-31"),
        ({"sex": "male", "birth": "1980"}, "male", "1980"),
    ],
)
def test_identity_numbers_fill_or_contradict(row: dict[str, Any], sex: str, birth: str | None) -> None:
    if birth is None:
        with pytest.raises(rules.ContradictsId) as caught:
            rules.checked_person({"name": "李明", **row})
        assert caught.value.fields["name"] == sex
    else:
        found = rules.checked_person({"name": "李明", **row})
        assert (found["sex"], found["birth"], found["name_pinyin"]) == (sex, birth, "liming")


def test_labels_are_split_and_known_tags_get_their_ids() -> None:
    texts = {LabelKind.SKILL: ["急救、理发", "理发"], LabelKind.TAG: ["独居老人；党员先锋"]}
    assert read_labels(texts) == {"skill": ["急救", "理发"], "tag": ["elder_alone", "党员先锋"]}


def test_many_people_at_once(volunteer: Volunteer) -> None:
    from volunteer_cli.communities.queries import the_community

    with volunteer.writing() as session:
        rows = [
            rules.checked_person({"name": f"居民{number}", "registered_on": TODAY, "skills": ["急救"]})
            for number in range(300)
        ]
        rows[7]["volunteer_no"] = "BINHU-V0300"
        ids = rules.add_people(session, the_community(session), rows, today=TODAY)
    assert list(ids) == list(range(1, 301))
    shown = volunteer.ok("person", "list", "--skill", "急救", "-f", "json").json
    assert len({row["volunteer_no"] for row in shown}) == 300
    assert shown[8]["volunteer_no"] == "BINHU-V0308"
    volunteer.ok("undo")
    assert volunteer.dump()["person"] == volunteer.dump()["person_label"] == []
