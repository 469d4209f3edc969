"""A chat on WhatsApp is found by who writes, never by the number it began with; a number's new owner is an alert."""

from truebook.db.migrations.script import run, script

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
