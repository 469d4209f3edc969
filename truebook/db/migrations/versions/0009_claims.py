"""One table of claims, step one: the tables, and a bridge for code that writes one row a booking."""

from truebook.db.migrations.script import run, script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
