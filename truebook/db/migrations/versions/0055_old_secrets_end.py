"""The app secret before the last one is good for a day."""

from truebook.db.migrations.script import run, script

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
