"""What is due by the clock is found over an index, not by asking every business."""

from truebook.db.migrations.script import run, script

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
