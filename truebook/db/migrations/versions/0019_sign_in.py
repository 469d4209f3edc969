"""People who work with the desk sign in: sessions, and links that work once."""

from truebook.db.migrations.script import run, script

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
