"""Cases of mediation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:

    _create_mediation()
    _create_mediation_party()
    _create_mediation_session()
    _create_mediation_term()
    _create_mediator()
    _create_session_mediator()


def _create_mediation() -> None:
    op.create_table(
        "mediation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("danger_on", sa.Date(), nullable=True),
        sa.Column("danger_to", sa.String(length=200), nullable=True),
        sa.Column("danger_reason", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("ended_for", sa.String(length=20), nullable=True),
        sa.Column("agreement", sa.String(length=10), nullable=True),
        sa.Column("agreement_text", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("sealed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("wants_court", sa.Boolean(), nullable=False),
        sa.Column("court_by", sa.Date(), nullable=True),
        sa.Column("court", sa.String(length=10), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("court_decided_on", sa.Date(), nullable=True),
        sa.Column("followup_by", sa.Date(), nullable=True),
        sa.Column("followup_on", sa.Date(), nullable=True),
        sa.Column("performed", sa.String(length=10), nullable=True),
        sa.Column("satisfied", sa.String(length=10), nullable=True),
        sa.Column("followup_text", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_mediation_community_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_mediation_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mediation_community_id_status", "mediation", ["community_id", "status"], unique=False)
    op.create_index("uq_mediation_number", "mediation", ["number"], unique=True)


def _create_mediation_party() -> None:
    op.create_table(
        "mediation_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_mediation_party_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_party_mediation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_mediation_party_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediation_party_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_party")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mediation_party_mediation_id", "mediation_party", ["mediation_id"], unique=False)
    op.create_index("ix_mediation_party_person_id", "mediation_party", ["person_id"], unique=False)


def _create_mediation_session() -> None:
    op.create_table(
        "mediation_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_session_mediation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_session")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mediation_session_mediation_id", "mediation_session", ["mediation_id"], unique=False)


def _create_mediation_term() -> None:
    op.create_table(
        "mediation_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_term_mediation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_term")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_mediation_term_mediation_id_n", "mediation_term", ["mediation_id", "n"], unique=True)


def _create_mediator() -> None:
    op.create_table(
        "mediator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mediation_id"], ["mediation.id"], name=op.f("fk_mediator_mediation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediator_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediator")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_mediator_mediation_id_person_id", "mediator", ["mediation_id", "person_id"], unique=True
    )


def _create_session_mediator() -> None:
    op.create_table(
        "session_mediator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_mediator_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mediation_session.id"], name=op.f("fk_session_mediator_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_mediator")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_session_mediator_session_id_person_id",
        "session_mediator",
        ["session_id", "person_id"],
        unique=True,
    )
