"""What a business's rows need to lie apart from other businesses' rows: first step, old code works on."""

from truebook.db.migrations.script import run, script

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
