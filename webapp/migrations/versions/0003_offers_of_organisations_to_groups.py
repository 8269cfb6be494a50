"""Offers of organisations to groups, and kinds of changes of actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "group_offer",
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("group_id", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["organisation_group.id"],
            name=op.f("fk_group_offer_group_id_organisation_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_offer_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_group_offer")),
    )
    with op.batch_alter_table("group_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_offer_group_id"), ["group_id"], unique=False)

    with op.batch_alter_table("plan_action_change", schema=None) as batch_op:
        # The rows that are there tell of changes; what comes later says what it was.
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="saved"))
        batch_op.create_check_constraint(
            op.f("ck_plan_action_change_kind"), "kind IN ('added', 'saved', 'taken_out', 'put_back', 'not_kept')"
        )
    with op.batch_alter_table("plan_action_change", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("plan_action_change", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_plan_action_change_kind"), type_="check")
        batch_op.drop_column("kind")

    with op.batch_alter_table("group_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_offer_group_id"))

    op.drop_table("group_offer")
