"""From which line a chat on the web was begun, as a keyed digest: wrong codes are counted by it."""

from truebook.db.migrations.script import run, script

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
