"""What was told is held against the rows, and who waits is not forgotten."""

from truebook.db.migrations.script import run, script

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
