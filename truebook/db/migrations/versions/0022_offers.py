"""What a business offers and how: times that leave no gap, and how long and when whoever waits is asked."""

from truebook.db.migrations.script import run, script

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
