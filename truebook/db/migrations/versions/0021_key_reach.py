"""API keys: how far they reach, who issued them, when they end; and what other processes must hear of."""

from truebook.db.migrations.script import run, script

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
