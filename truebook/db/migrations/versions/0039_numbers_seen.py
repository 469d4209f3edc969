"""What a provider says of a number is kept; promises past a business's own deadline are counted."""

from truebook.db.migrations.script import run, script

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
