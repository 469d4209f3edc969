"""WhatsApp: the numbers of a business, what their webhooks brought, and who writes."""

from truebook.db.migrations.script import run, script

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
