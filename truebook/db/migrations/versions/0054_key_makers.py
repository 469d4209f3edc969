"""An API key names the user of the desk who made it."""

from truebook.db.migrations.script import run, script

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
