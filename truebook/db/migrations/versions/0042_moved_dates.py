"""A date of a series that is not booked follows the series when that is moved."""

from truebook.db.migrations.script import run, script

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
