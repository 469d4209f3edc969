"""What a business offers and how: times that leave no gap, and how long and when whoever waits is asked."""

from truebook.db.migrations.script import run, script

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
