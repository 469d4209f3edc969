"""Who works with the desk may be told on WhatsApp."""

from truebook.db.migrations.script import run, script

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
