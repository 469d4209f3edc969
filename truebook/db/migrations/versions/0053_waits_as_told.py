"""Who waits without anybody vouching for them is written down as they said it, apart from the customers' records."""

from truebook.db.migrations.script import run, script

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
