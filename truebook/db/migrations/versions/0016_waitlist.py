"""The waitlist: freed time says so, and what becomes of an offer settles its entry."""

from truebook.db.migrations.script import run, script

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
