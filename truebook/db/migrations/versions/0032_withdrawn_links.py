"""Links in receipts can be withdrawn, one by one."""

from truebook.db.migrations.script import run, script

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
