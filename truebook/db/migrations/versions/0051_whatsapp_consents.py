"""Who booked on the page may be told on WhatsApp."""

from truebook.db.migrations.script import run, script

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
