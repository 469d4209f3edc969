"""An offer is a visit, or places in a class; and it may be for changing an appointment."""

from truebook.db.migrations.script import run, script

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
