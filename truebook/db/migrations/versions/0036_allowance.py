"""A number whose free messages are nearly used up is something to look at."""

from truebook.db.migrations.script import run, script

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
