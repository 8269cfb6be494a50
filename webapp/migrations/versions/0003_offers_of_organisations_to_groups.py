"""Offers of organisations to groups."""

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
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=False))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("plan_action_change", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("group_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_offer_group_id"))

    op.drop_table("group_offer")
