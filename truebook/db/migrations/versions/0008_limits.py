"""The count of who does what how often, for every process of an installation."""

from truebook.db.migrations.script import run, script

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run("DROP TABLE truebook.limits")
