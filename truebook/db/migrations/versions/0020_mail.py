"""E-mail is a second way."""

from truebook.db.migrations.script import run, script

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
