"""The importer remembers what a row was, so that a later run can tell which rows have changed since."""

from truebook.db.migrations.script import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run("ALTER TABLE truebook.import_id_map ADD COLUMN row_digest bytea NOT NULL DEFAULT ''::bytea")


def downgrade() -> None:
    run("ALTER TABLE truebook.import_id_map DROP COLUMN row_digest")
