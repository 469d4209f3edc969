"""Ledgers of Knex, Alembic, Django and Rails: recorded, but not there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from truebook.audit import Options, audit

Load = Callable[[str, str], str]


def drift(url: str, folder: Path | None = None) -> list[str]:
    report = audit(url, Options(migrations=folder))
    return sorted(line for finding in report.findings if finding.rule == "ledger-drift" for line in finding.evidence)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def test_knex_files_say_what_to_look_for(load: Load, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "knex",
        **{
            "001_rooms_DOT_js": "exports.up = k => k.schema.createTable('rooms', t => {t.uuid('id')});\n"
            "exports.down = k => k.schema.createTable('never');",
            "002_more_DOT_js": "exports.up = k => k.schema.alterTable('rooms', t => {\n t.string('colour');\n"
            " t.foreign('owner_id').references('users.id');\n});",
            "003_gone_DOT_js": "exports.up = k => k.schema.createTable('old', t => {});",
            "004_drop_DOT_js": "exports.up = k => k.schema.dropTable('old');",
        },
    )
    ledger = "CREATE TABLE knex_migrations (id integer NOT NULL PRIMARY KEY, name text);"
    ledger += (
        "INSERT INTO knex_migrations VALUES (1, '001_rooms.js'), (2, '002_more.js'), (3, "
        "'003_gone.js'), (4, '004_drop.js');"
    )
    there = "CREATE TABLE rooms (id text NOT NULL PRIMARY KEY, colour text, owner_id text REFERENCES rooms (id));"
    assert drift(load("sqlite", ledger + there), folder) == []
    bare = "CREATE TABLE rooms (id text NOT NULL PRIMARY KEY, owner_id text);"
    assert drift(load("sqlite", ledger + bare), folder) == ["no column rooms.colour", "no foreign key rooms.owner_id"]


def test_alembic_revisions_are_followed_back_from_the_recorded_one(load: Load, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "alembic",
        a_first_DOT_py="revision: str = 'aaa'\ndown_revision = None\ndef upgrade():\n    op.create_table('rooms', "
        "sa.Column('id'))\n",
        b_second_DOT_py="revision = 'bbb'\ndown_revision = 'aaa'\ndef upgrade():\n"
        "    op.add_column('rooms', sa.Column('colour', sa.Text()))\n    op.create_index('ix_colour', 'rooms', "
        "['colour'])\n"
        "def downgrade():\n    op.drop_table('rooms')\n",
        c_later_DOT_py="revision = 'ccc'\ndown_revision = 'bbb'\ndef upgrade():\n    op.create_table('not_yet')\n",
    )
    ledger = (
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY); INSERT INTO "
        "alembic_version VALUES ('bbb');"
    )
    rooms = "CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, colour text);"
    assert drift(load("postgresql", ledger + rooms + "CREATE INDEX ix_colour ON rooms (colour);"), folder) == []
    assert drift(load("postgresql", ledger + rooms), folder) == ["no index rooms.ix_colour"]
    assert drift(load("postgresql", ledger)) == ["there is no table besides the ledger"]


def test_django_knows_its_models_with_and_without_files(load: Load, tmp_path: Path) -> None:
    ledger = """
    CREATE TABLE django_migrations (id integer NOT NULL PRIMARY KEY, app text, name text);
    CREATE TABLE django_content_type (id integer NOT NULL PRIMARY KEY, app_label text, model text);
    INSERT INTO django_migrations VALUES (1, 'desk', '0001_initial'), (2, 'desk', '0002_visit_colour');
    INSERT INTO django_content_type VALUES (1, 'desk', 'visit'), (2, 'desk', 'room'), (3, 'gone', 'thing');
    CREATE TABLE desk_visit (id integer NOT NULL PRIMARY KEY);
    """
    assert drift(load("sqlite", ledger)) == ["no table desk_room"]
    folder = write(
        tmp_path / "django",
        desk__0001_initial_DOT_py="operations = [migrations.CreateModel(name='Visit'), "
        "migrations.CreateModel(name='Room')]",
        desk__0002_visit_colour_DOT_py="operations = [migrations.AddField(model_name='visit', name='colour')]",
    )
    assert drift(load("sqlite", ledger), folder) == [
        "no column desk_visit.colour",
        "no table desk_room",
        "no table desk_room",
    ]


def test_rails_versions_are_the_beginnings_of_file_names(load: Load, tmp_path: Path) -> None:
    ledger = (
        "CREATE TABLE schema_migrations (version text NOT NULL PRIMARY KEY); INSERT INTO "
        "schema_migrations VALUES ('20250101000000');"
    )
    folder = write(
        tmp_path / "rails",
        **{
            "20250101000000_create_rooms_DOT_rb": (
                "def change\n  create_table :rooms do |t|\n  end\n  add_column :users, :colour, :string\nend"
            )
        },
    )
    users = "CREATE TABLE users (id integer NOT NULL PRIMARY KEY);"
    assert drift(load("sqlite", ledger + users), folder) == ["no column users.colour", "no table rooms"]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_names_alone_claim_only_what_is_clear(engine: str, load: Load) -> None:
    sql = """
    CREATE TABLE knex_migrations (id integer NOT NULL PRIMARY KEY, name text);
    INSERT INTO knex_migrations VALUES (1, '001_create_room.js'), (2, '2024_add_colour_to_rooms.js'), (3, 'tidy_up.js'),
      (4, 'add_owner_to_existing_tables.js'), (5, 'create_index_on_rooms.js');
    CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, owner_id integer);
    """
    assert drift(load(engine, sql)) == ["no column rooms.colour"]
