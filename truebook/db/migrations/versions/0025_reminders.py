"""Reminders, and how a business tells its customers."""

from truebook.db.migrations.script import run, script

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
