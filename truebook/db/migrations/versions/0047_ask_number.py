"""A business may want to know the number of whoever books under a user name."""

from truebook.db.migrations.script import run, script

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
