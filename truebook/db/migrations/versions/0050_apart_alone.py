"""What a business's rows need to lie apart from other businesses' rows: what only old code needed goes."""

from truebook.db.migrations.script import run, script

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
