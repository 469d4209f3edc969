"""What a business asks of those who book on its page, and whether they may book a series there."""

from truebook.db.migrations.script import run, script

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
