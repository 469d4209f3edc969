"""The count of who does what how often, for every process of an installation."""

from truebook.db.migrations.script import run, script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run("DROP TABLE truebook.limits")
