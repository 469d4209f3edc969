"""A block is an account's by a key."""

from truebook.db.migrations.script import run, script

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
