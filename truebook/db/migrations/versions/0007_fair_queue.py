"""The job queue is fair: businesses take turns, however many jobs one of them has waiting."""

from truebook.db.migrations.script import run, script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
