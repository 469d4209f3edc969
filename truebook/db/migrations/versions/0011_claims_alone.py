"""One table of claims, step three: what a segment or a claim says is no longer said by the appointment.

Code that knows one row a booking must have ended before: `truebook migrate --to 0010` lets it go on meanwhile.
"""

from truebook.db.migrations.script import run, script

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run(script(__file__))


def downgrade() -> None:
    run(script(__file__, suffix=".down.sql"))
