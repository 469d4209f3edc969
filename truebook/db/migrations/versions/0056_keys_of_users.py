"""An API key that was made at the desk points to the user who made it."""

from truebook.db.migrations.script import run, script

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
