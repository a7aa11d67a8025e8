"""The words of a mediation case."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Kind(StrEnum):
    """What a dispute is about."""

    FAMILY = "family"
    NEIGHBOURS = "neighbours"
    PROPERTY = "property"
    HOUSING = "housing"
    LABOUR = "labour"
    DAMAGES = "damages"
    CONSUMER = "consumer"
    OTHER = "other"


class Source(StrEnum):
    """How a case came to the mediators."""

    APPLIED = "applied"
    OFFERED = "offered"
    REQUEST = "request"
    POLICE = "police"
    COURT = "court"
    GOVERNMENT = "government"


class Status(StrEnum):
    """How far a case has come."""

    ACCEPTED = "accepted"
    AGREED = "agreed"
    ENDED = "ended"
    CLOSED = "closed"


class End(StrEnum):
    """Why a case ended without an agreement."""

    REFUSED = "refused"
    NO_AGREEMENT = "no_agreement"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class Form(StrEnum):
    """How an agreement was made."""

    WRITTEN = "written"
    ORAL = "oral"


class Court(StrEnum):
    """What became of the joint application to the court."""

    FILED = "filed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class TermStatus(StrEnum):
    """What became of one thing that was agreed."""

    OPEN = "open"
    PERFORMED = "performed"
    BROKEN = "broken"


class Performed(StrEnum):
    """How far an agreement is kept, as the parties say when they are asked."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Satisfied(StrEnum):
    """How content the parties are when they are asked."""

    YES = "yes"
    MOSTLY = "mostly"
    NO = "no"


class Paper(StrEnum):
    """The forms of a paper file."""

    COVER = "cover"
    ACCEPTANCE = "acceptance"
    RIGHTS = "rights"
    RECORD = "record"
    AGREEMENT = "agreement"
    ORAL = "oral"
    ENDING = "ending"
    FOLLOWUP = "followup"


KINDS: Mapping[str, str] = {
    Kind.FAMILY: N_("marriage and family"),
    Kind.NEIGHBOURS: N_("neighbours"),
    Kind.PROPERTY: N_("property management"),
    Kind.HOUSING: N_("housing and land"),
    Kind.LABOUR: N_("labour"),
    Kind.DAMAGES: N_("damages"),
    Kind.CONSUMER: N_("consumer"),
    Kind.OTHER: NC_("dispute", "other"),
}
SOURCES: Mapping[str, str] = {
    Source.APPLIED: N_("applied for"),
    Source.OFFERED: N_("offered"),
    Source.REQUEST: N_("from a request"),
    Source.POLICE: N_("passed on by the police"),
    Source.COURT: N_("entrusted by a court"),
    Source.GOVERNMENT: N_("entrusted by the government"),
}
STATUSES: Mapping[str, str] = {
    Status.ACCEPTED: NC_("mediation", "accepted"),
    Status.AGREED: N_("agreed"),
    Status.ENDED: NC_("mediation", "ended"),
    Status.CLOSED: NC_("mediation", "closed"),
}
ENDS: Mapping[str, str] = {
    End.REFUSED: N_("a party refused"),
    End.NO_AGREEMENT: N_("no agreement"),
    End.WITHDRAWN: NC_("mediation", "withdrawn"),
    End.OTHER: NC_("ending", "other"),
}
FORMS: Mapping[str, str] = {Form.WRITTEN: N_("written"), Form.ORAL: N_("oral")}
COURTS: Mapping[str, str] = {
    Court.FILED: N_("filed"),
    Court.CONFIRMED: NC_("court", "confirmed"),
    Court.REFUSED: NC_("court", "refused"),
}
TERM_STATUSES: Mapping[str, str] = {
    TermStatus.OPEN: NC_("term", "open"),
    TermStatus.PERFORMED: N_("performed"),
    TermStatus.BROKEN: N_("broken"),
}
PERFORMED: Mapping[str, str] = {
    Performed.YES: NC_("answer", "yes"),
    Performed.PARTLY: NC_("answer", "partly"),
    Performed.NO: NC_("answer", "no"),
}
SATISFIED: Mapping[str, str] = {
    Satisfied.YES: N_("satisfied"),
    Satisfied.MOSTLY: N_("mostly satisfied"),
    Satisfied.NO: N_("dissatisfied"),
}
#: What a party's consent is shown as.
CONSENTS: Mapping[str, str] = {
    "agrees": N_("agrees"),
    "refuses": N_("refuses"),
    "not_asked": N_("not asked"),
}
PAPERS: Mapping[str, str] = {
    Paper.COVER: N_("Cover of the file"),
    Paper.ACCEPTANCE: N_("Registration of acceptance"),
    Paper.RIGHTS: N_("Notice of rights and duties"),
    Paper.RECORD: N_("Record of mediation"),
    Paper.AGREEMENT: N_("Mediation agreement"),
    Paper.ORAL: N_("Register of an oral agreement"),
    Paper.ENDING: N_("Notice of ending"),
    Paper.FOLLOWUP: N_("Record of the follow-up"),
}

# 宁波市人民调解条例 (Ningbo's regulations on people's mediation), arts 24 and 27: normally one month.
MEDIATION_DAYS = Policy(
    "mediation_days",
    N_("A case is decided within so many days of its acceptance"),
    "30",
    whole_number,
    N_("whole days"),
)
MEDIATION_FOLLOWUP_DAYS = Policy(
    "mediation_followup_days",
    N_("The parties of an agreement are asked again within so many days of it"),
    "30",
    whole_number,
    N_("whole days"),
)
# 人民调解法 (People's Mediation Law), art. 33: thirty days from the day on which the agreement takes effect.
COURT_DAYS = Policy(
    "court_days",
    N_(
        "Both parties may ask the court to confirm an agreement within so many days of its taking effect; "
        "0 where there is no term"
    ),
    "30",
    whole_number,
    N_("whole days"),
    abroad="0",
)
POLICIES = (MEDIATION_DAYS, MEDIATION_FOLLOWUP_DAYS, COURT_DAYS)
