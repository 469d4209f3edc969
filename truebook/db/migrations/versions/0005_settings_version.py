"""A business's row tells when its settings changed last, so that what was read of them need not be read again."""

from truebook.db.migrations.script import run, script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
