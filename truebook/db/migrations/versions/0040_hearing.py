"""A business may have its voice notes heard by a server of its own."""

from truebook.db.migrations.script import run, script

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
