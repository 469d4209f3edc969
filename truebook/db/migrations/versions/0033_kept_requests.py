"""A request with a key takes effect once, whatever it changes."""

from truebook.db.migrations.script import run, script

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
