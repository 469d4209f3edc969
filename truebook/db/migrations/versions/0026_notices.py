"""Who works with the desk is told as well."""

from truebook.db.migrations.script import run, script

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
