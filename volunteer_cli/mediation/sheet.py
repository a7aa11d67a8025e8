"""What a register of cases 调解台账 may bring: what became of each, never what it was about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import Ambiguous, Conflict, NotFound
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.steps import OutOfOrder
from volunteer_cli.intake import parsers
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Sheet, Writer
from volunteer_cli.mediation import queries
from volunteer_cli.mediation.models import Mediation
from volunteer_cli.mediation.rules import agreements, cases
from volunteer_cli.mediation.terms import (
    ENDS,
    FORMS,
    KINDS,
    PERFORMED,
    SOURCES,
    End,
    Form,
    Kind,
    Performed,
    Source,
    Status,
)
from volunteer_cli.people.queries import find_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.people.models import Person

KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.FAMILY: ("婚姻家庭", "家庭", "婚姻", "家事", "家庭纠纷"),
    Kind.NEIGHBOURS: ("邻里", "邻里纠纷", "相邻关系"),
    Kind.PROPERTY: ("物业", "物业纠纷"),
    Kind.HOUSING: ("房屋宅基地", "房屋", "宅基地", "房产"),
    Kind.LABOUR: ("劳动", "劳动争议", "劳资", "欠薪"),
    Kind.DAMAGES: ("损害赔偿", "赔偿", "人身损害"),
    Kind.CONSUMER: ("消费", "消费纠纷"),
    Kind.OTHER: ("其他", "其它"),
}
SOURCE_WORDS: dict[str, tuple[str, ...]] = {
    Source.APPLIED: ("申请", "当事人申请", "依申请"),
    Source.OFFERED: ("主动", "主动调解", "排查发现"),
    Source.REQUEST: ("诉求", "诉求转入"),
    Source.POLICE: ("公安移交", "派出所移交", "公安"),
    Source.COURT: ("法院委托", "法院", "诉前委派"),
    Source.GOVERNMENT: ("政府", "政府委托", "街道交办"),
}
#: What a register calls an outcome: an agreement, or why there is none.
AGREED = "agreed"
OUTCOMES = {AGREED: N_("agreed")} | {end: title for end, title in ENDS.items() if end != End.OTHER}
OUTCOME_WORDS: dict[str, tuple[str, ...]] = {
    AGREED: ("成功", "调成", "调解成功", "达成协议", "已调成", "达成", "和解", "已调解"),
    End.REFUSED: ("拒绝", "拒绝调解", "一方拒绝", "不愿调解"),
    End.NO_AGREEMENT: ("未果", "未成", "调解未成", "失败", "调解失败", "未达成协议", "不成功", "调解不成"),
    End.WITHDRAWN: ("撤回", "撤回申请"),
}
FORM_WORDS: dict[str, tuple[str, ...]] = {
    Form.WRITTEN: ("书面", "书面协议", "调解协议书"),
    Form.ORAL: ("口头", "口头协议"),
}
PERFORMED_WORDS: dict[str, tuple[str, ...]] = {
    Performed.YES: ("已履行", "履行", "全部履行", "履行完毕", "是"),
    Performed.PARTLY: ("部分履行", "正在履行", "履行中"),
    Performed.NO: ("未履行", "不履行", "否"),
}

FIELDS = (
    Field("number", N_("Number"), ("卷号", "案号", "案件编号", "调解编号", "编号", "case number", "number"), parsers.word, required=True),
    Field("accepted", N_("Accepted on"), ("受理日期", "受理时间", "登记日期", "accepted", "accepted on"), parsers.day, required=True),
    Field("kind", N_("Kind"), ("纠纷类型", "纠纷类别", "案件类型", "类型", "kind"), parsers.Choice(KIND_WORDS, KINDS), required=True),
    Field("source", N_("Source"), ("案件来源", "纠纷来源", "来源", "source"), parsers.Choice(SOURCE_WORDS, SOURCES)),
    Field("parties", N_("Parties"), ("当事人", "双方当事人", "纠纷当事人", "当事人姓名", "parties"), parsers.names),
    Field("first_party", N_("First party"), ("甲方", "申请人", "甲方当事人"), parsers.names),
    Field("second_party", N_("Second party"), ("乙方", "被申请人", "乙方当事人"), parsers.names),
    Field("mediators", N_("Mediators"), ("调解员", "调解人", "人民调解员", "承办调解员", "mediators", "mediator"), parsers.people, required=True, above=True),
    Field("decided", N_("Decided on"), ("调解日期", "调解时间", "协议日期", "达成协议日期", "结案日期", "decided", "decided on"), parsers.day),
    Field("outcome", N_("Outcome"), ("调解结果", "处理结果", "结果", "outcome"), parsers.Choice(OUTCOME_WORDS, OUTCOMES)),
    Field("form", N_("Form of the agreement"), ("协议形式", "协议类型", "form"), parsers.Choice(FORM_WORDS, FORMS)),
    Field("performed", N_("Performed"), ("履行情况", "协议履行情况", "performed"), parsers.Choice(PERFORMED_WORDS, PERFORMED)),
    Field("followup", N_("Followed up on"), ("回访日期", "回访时间", "follow-up", "followup"), parsers.day),
)  # fmt: skip


class RegisterWriter(Writer):
    """Adds cases by their number, and takes those that are there as far as the register knows."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self._seen: dict[str, tuple[int, Row]] = {}
        self._undated = 0

    @property
    def _now(self) -> datetime:
        """The end of the day of the import: what happened on it has happened."""
        return datetime.combine(self.importing.today, time.max)

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected, or a rule's error for the whole row."""
        key = row["number"]
        if key in self._seen:
            raise self._repeated(row)
        self._seen[key] = number, row
        case = queries.case_numbered(self.session, key)
        if case is None:
            case = self._added(row)
            self._advance(case, row)
            return NEW
        self.matched += 1
        self._require_same(case, row)
        return UPDATED if self._advance(case, row) else SAME

    def _repeated(self, row: Row) -> Rejected:
        """Why a second row of one number is refused: the same again, or another case under it."""
        number, before = self._seen[row["number"]]
        if before == row:
            return Rejected(None, DuplicateInFile(row=number))
        owner = _("row {row}").format(row=number)
        return Rejected("number", Conflict(field=_("number"), value=row["number"], owner=owner))

    def _require_same(self, case: Mediation, row: Row) -> None:
        """Refuse what would change a case that is there: a register adds steps, it does not rewrite."""
        stored = {
            "accepted": case.accepted_on,
            "kind": case.kind,
            "decided": case.decided_on,
            "form": case.agreement,
        }
        self.settled(stored, {name: row.get(name) or stored[name] for name in stored})
        if case.outcome and (outcome := row.get("outcome")) and outcome != (case.ended_for or AGREED):
            raise Rejected("outcome", Conflict(field=_("Outcome"), value=case.number, owner=case.number))

    # --- a new one ------------------------------------------------------------

    def _added(self, row: Row) -> Mediation:
        names = [
            name for field in ("parties", "first_party", "second_party") for name in row.get(field) or ()
        ]
        draft = cases.Draft(
            kind=row["kind"],
            source=row.get("source") or Source.APPLIED,
            parties=[self._party(name) for name in names],
            mediators=self._mediators(row["mediators"]),
            on=row["accepted"],
            number=row["number"],
        )
        return cases.add_case(self.session, self.importing.community, draft, now=self._now)

    # A register was written for the office's own use: whoever it names is not always on file.
    def _party(self, name: str) -> cases.PartyOf:
        """A party by its name: somebody on file where exactly one is called so, else the name as it stands."""
        try:
            return cases.PartyOf(person_id=find_person(self.session, name, exact=True).id)
        except (NotFound, Ambiguous):
            return cases.PartyOf(name=name)

    def _mediators(self, names: Sequence[str]) -> list[Person]:
        try:
            return [find_person(self.session, name, exact=True) for name in names]
        except (NotFound, Ambiguous) as error:
            raise Rejected("mediators", error) from None

    # --- how far it has come ------------------------------------------------------------

    def _advance(self, case: Mediation, row: Row) -> bool:
        """Take a case as far as the row knows, and answer whether it moved."""
        before = case.status, case.followup_on
        if case.status == Status.ACCEPTED and (outcome := row.get("outcome")):
            self._decide(case, row, outcome)
        self._follow_up(case, row)
        return before != (case.status, case.followup_on)

    def _decide(self, case: Mediation, row: Mapping[str, Any], outcome: str) -> None:
        # Registers often have one day a case: what has none was decided on the day on which it was taken in.
        self._undated += row.get("decided") is None
        on = row.get("decided") or case.accepted_on
        if outcome != AGREED:
            cases.end_case(self.session, case, reason=End(outcome), on=on, now=self._now)
            return
        for party in queries.parties(self.session, case.id):
            # Who agreed in the end had agreed to be mediated.
            party.agreed_on = party.agreed_on or case.accepted_on
        agreements.agree(self.session, case, _on_paper(row, on), now=self._now)

    def _follow_up(self, case: Mediation, row: Mapping[str, Any]) -> None:
        day: date | None = row.get("followup")
        if day is None or case.followup_on is not None or case.status != Status.AGREED:
            return
        performed = Performed(row["performed"]) if row.get("performed") else None
        try:
            agreements.follow_up(self.session, case, performed=performed, on=day, now=self._now)
        except OutOfOrder as error:
            raise Rejected("followup", error) from None

    def finish(self) -> None:
        """Say of how many cases the day of decision was taken from that of acceptance."""
        if self._undated:
            sentence = ngettext(
                "Of {count} decided case the register gives no day of decision; that of acceptance was taken.",
                "Of {count} decided cases the register gives no day of decision; that of acceptance was taken.",
                self._undated,
            )
            self.remarks.append(sentence.format(count=self._undated))


def _on_paper(row: Mapping[str, Any], on: date) -> agreements.Agreement:
    """The agreement of a register: its words are in the paper file, and one that is signed was signed that day."""
    form = Form(row["form"]) if row.get("form") else None
    signed_on = on if form is Form.WRITTEN else None
    return agreements.Agreement(form, on, signed_on=signed_on, on_paper=True)


MEDIATIONS = Sheet(
    "mediations",
    N_("Mediation cases"),
    FIELDS,
    RegisterWriter,
    one_of=(("parties", "first_party"), ("parties", "second_party")),
)
