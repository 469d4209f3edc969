"""A class that was cancelled stays, with the time it was cancelled: whoever had a place in it still refers to it."""

from truebook.db.migrations.script import run

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run("ALTER TABLE truebook.class_sessions ADD COLUMN cancelled_at timestamptz")


def downgrade() -> None:
    run("ALTER TABLE truebook.class_sessions DROP COLUMN cancelled_at")
