"""Which language model a business uses, which is left alone for a while, and what a day of it has cost."""

from truebook.db.migrations.script import run, script

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
