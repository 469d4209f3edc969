"""Open desks hear that something was said, or that a chat changed hands."""

from truebook.db.migrations.script import run, script

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
