"""Grants: what the app role may do, and what it may not."""

from truebook.db.migrations.script import run, script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
