"""What may not be tried without end, and the codes that were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "try",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("whom", sa.String(length=64), nullable=False),
        sa.Column("whence", sa.String(length=64), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try")),
    )
    op.create_index("ix_try_whom", "try", ["kind", "whom"])
    op.create_index("ix_try_whence", "try", ["kind", "whence"])
    op.create_index(op.f("ix_try_happened_at"), "try", ["happened_at"])
    op.create_table(
        "used_code",
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_used_code_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_used_code")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("used_code")
    op.drop_table("try")
