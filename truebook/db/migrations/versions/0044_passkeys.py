"""People sign in by a passkey."""

from truebook.db.migrations.script import run, script

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
