"""Who wants no reminders by e-mail any more."""

from truebook.db.migrations.script import run, script

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
