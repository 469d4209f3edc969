"""What a business's pages link to, and which sites may show them inside their own."""

from truebook.db.migrations.script import run, script

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
