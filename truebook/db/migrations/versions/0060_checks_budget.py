"""A check can stay unplayed because the business's day of tokens is used."""

from truebook.db.migrations.script import run, script

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
