"""The index of the guard is rebuilt with buffering: one built sorted takes new rows at half the rate."""

from truebook.db.migrations.script import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run("ALTER INDEX truebook.appointments_no_double_booking SET (buffering = on)")


def downgrade() -> None:
    run("ALTER INDEX truebook.appointments_no_double_booking RESET (buffering)")
