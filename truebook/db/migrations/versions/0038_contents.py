"""A template at Twilio is a Content resource, known by its sid."""

from truebook.db.migrations.script import run, script

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
