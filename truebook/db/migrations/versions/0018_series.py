"""A series keeps what is wanted, for whom, and its key."""

from truebook.db.migrations.script import run, script

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
