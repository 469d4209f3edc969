"""What refers to a business or a message ends with it."""

from truebook.db.migrations.script import run, script

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
