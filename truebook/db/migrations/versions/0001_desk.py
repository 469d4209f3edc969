"""The desk: every table a business needs, and the rules that hold whoever writes."""

from truebook.db.migrations.script import run, script

revision = "0001"
down_revision = None


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
