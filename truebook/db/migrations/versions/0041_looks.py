"""What changed is looked at, and the clock finds whom it concerns over an index."""

from truebook.db.migrations.script import run, script

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
