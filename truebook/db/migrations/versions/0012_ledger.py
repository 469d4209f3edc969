"""The ledger: what each message said of which appointment, how it was sent, and what became of it."""

from truebook.db.migrations.script import run, script

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
