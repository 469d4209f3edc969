"""What is due by the clock is found over an index, not by asking every business."""

from truebook.db.migrations.script import run, script

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
