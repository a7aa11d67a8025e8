"""Households with stays, blocks, gifts and posts of the grid; dated tags; why somebody is archived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _date_tags()
    _create_households()
    _create_blocks()
    _create_gifts()
    _create_posts()


def _date_tags() -> None:
    op.add_column("person_label", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("person_label", sa.Column("until", sa.Date(), nullable=True))
    # A tag may come again after it was closed, so that one person may have it twice.
    op.drop_index("uq_person_label_person_id_kind_value", table_name="person_label")
    op.create_index(
        "ix_person_label_person_id_kind_value", "person_label", ["person_id", "kind", "value"], unique=False
    )
    op.add_column("person", sa.Column("archived_for", sa.String(length=10), nullable=True))


def _create_households() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("grid", sa.String(length=60), nullable=True),
        sa.Column("occupancy", sa.String(length=20), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("visit_every", sa.Integer(), nullable=True),
        sa.Column("two_people", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_household_community_id")),
        sa.ForeignKeyConstraint(["head_id"], ["person.id"], name=op.f("fk_household_head_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("number", name=op.f("uq_household_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_household_community_id_building_unit_room_ordinal",
        "household",
        ["community_id", "building", "unit", "room", "ordinal"],
        unique=True,
    )
    op.create_index("ix_household_community_id_grid", "household", ["community_id", "grid"], unique=False)
    op.create_index("ix_household_head_id", "household", ["head_id"], unique=False)
    op.create_table(
        "stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("relation", sa.String(length=10), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stay_person_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_stay_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stay_person_id", "stay", ["person_id"], unique=False)
    op.create_index("ix_stay_household_id", "stay", ["household_id"], unique=False)
    op.create_table(
        "former_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_former_household_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_household")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_former_household_former_id", "former_household", ["former_id"], unique=True)
    op.create_index("ix_former_household_number", "former_household", ["number"], unique=False)
    op.create_index("ix_former_household_household_id", "former_household", ["household_id"], unique=False)


def _create_blocks() -> None:
    op.create_table(
        "contact_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_block_household_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_block_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_block")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_block_household_id", "contact_block", ["household_id"], unique=False)
    op.create_index("ix_contact_block_person_id", "contact_block", ["person_id"], unique=False)


def _create_gifts() -> None:
    op.create_table(
        "household_gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("value_fen", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(length=10), nullable=True),
        sa.Column("handed_to", sa.Text(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_gift_household_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_household_gift_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_gift")),
        sa.UniqueConstraint("number", name=op.f("uq_household_gift_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_household_gift_household_id", "household_gift", ["household_id"], unique=False)
    op.create_index("ix_household_gift_to_id", "household_gift", ["to_id"], unique=False)


def _create_posts() -> None:
    op.create_table(
        "grid_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("grid", sa.String(length=60), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_grid_post_community_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["person.id"], name=op.f("fk_grid_post_worker_id")),
        sa.ForeignKeyConstraint(["head_id"], ["person.id"], name=op.f("fk_grid_post_head_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_post")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_grid_post_community_id_grid", "grid_post", ["community_id", "grid"], unique=True)
    op.create_index("ix_grid_post_worker_id", "grid_post", ["worker_id"], unique=False)
    op.create_index("ix_grid_post_head_id", "grid_post", ["head_id"], unique=False)
