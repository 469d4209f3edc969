"""Facts of a business, names of services in each language, open questions, and codes that were shown in a chat."""

from truebook.db.migrations.script import run, script

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
