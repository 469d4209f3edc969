"""A row in quarantine says whose it is."""

from truebook.db.migrations.script import run, script

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
