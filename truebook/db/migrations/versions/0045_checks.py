"""Talks of the test chat that a business keeps as checks of its assistant."""

from truebook.db.migrations.script import run, script

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
