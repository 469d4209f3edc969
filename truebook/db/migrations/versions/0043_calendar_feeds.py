"""Calendars elsewhere: addresses at which somebody's own calendar program reads the appointments."""

from truebook.db.migrations.script import run, script

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
