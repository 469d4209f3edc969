"""Sending: how fast each number and chat may speak, and which templates are approved."""

from truebook.db.migrations.script import run, script

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
