"""What a business knows of a person: notes, how long it is kept, and how they are erased, in history too."""

from truebook.db.migrations.script import run, script

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
