"""Migration ledgers (Knex, Alembic, Django, Rails): what was recorded as done, and which objects that promises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from truebook.audit import names
from truebook.audit.model import Table
from truebook.audit.questions import Questions

Tool = Literal["Knex", "Alembic", "Django", "Rails"]


@dataclass(frozen=True)
class Entry:
    """One recorded migration; `app` is Django's, `text` is the forward part of its file, where files were given."""

    name: str
    app: str = ""
    text: str = ""


@dataclass(frozen=True)
class Ledger:
    """A table of recorded migrations."""

    tool: Tool
    table: Table
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Promise:
    """An object a migration says it made; `kind` and the names are enough to look for it."""

    kind: Literal["table", "column", "type", "foreign key", "foreign keys", "index", "id defaults"]
    table: str = ""
    name: str = ""

    def __str__(self) -> str:
        where = f"{self.table}.{self.name}" if self.table and self.name else self.table or self.name
        return f"{self.kind} {where}".strip()


_LEDGERS: dict[str, tuple[Tool, str]] = {
    "knex_migrations": ("Knex", "SELECT '', name FROM {} ORDER BY id"),
    "alembic_version": ("Alembic", "SELECT '', version_num FROM {}"),
    "django_migrations": ("Django", "SELECT app, name FROM {} ORDER BY id"),
    "schema_migrations": ("Rails", "SELECT '', CAST(version AS text) FROM {} ORDER BY version"),
}


def ledgers(asked: Questions, folder: Path | None) -> Iterator[Ledger]:
    """Yield the ledgers in the database, their entries with the text of their files where a folder was given."""
    for table in asked.database.tables:
        if table.name in _LEDGERS and not (table.name == "schema_migrations" and table.column("name")):
            tool, sql = _LEDGERS[table.name]
            recorded = [Entry(name, app) for app, name in asked.rows(sql.format(table.sql))]
            yield Ledger(tool, table, tuple(_with_files(tool, recorded, folder)))


def _with_files(tool: Tool, recorded: list[Entry], folder: Path | None) -> Iterator[Entry]:
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    if tool == "Alembic" and files:
        yield from _alembic(recorded, files)
        return
    for entry in recorded:
        path = next((path for path in files if _is_file_of(tool, entry, path)), None)
        yield Entry(entry.name, entry.app, forward(path.read_text(errors="replace")) if path else "")


def _is_file_of(tool: Tool, entry: Entry, path: Path) -> bool:
    if tool == "Rails":
        return path.name.startswith(entry.name + "_")
    if tool == "Django":
        return path.stem == entry.name and (entry.app in path.parts or entry.app == path.parent.name)
    return path.name == entry.name or path.stem == Path(entry.name).stem


def _alembic(recorded: list[Entry], files: list[Path]) -> Iterator[Entry]:
    """Yield the recorded revision and all it was built on, oldest first."""
    texts = [path.read_text(errors="replace") for path in files if path.suffix == ".py"]
    by_revision = {
        found.group(1): text for text in texts if (found := re.search(r"^revision\b[^=]*=\s*['\"](\w+)", text, re.M))
    }
    waiting, seen = [entry.name for entry in recorded], []
    while waiting:
        revision = waiting.pop()
        text = by_revision.get(revision, "")
        if revision not in seen:
            seen.append(revision)
            below = re.search(r"^down_revision\b[^=]*=(.*)", text, re.M)
            waiting += re.findall(r"['\"](\w+)['\"]", below.group(1)) if below else []
    yield from (Entry(revision, text=forward(by_revision.get(revision, ""))) for revision in reversed(seen))


def forward(text: str) -> str:
    """Return the part of a migration file that goes forward."""
    return re.split(
        r"exports\.down\b|def downgrade\b|def down\b|function down\b|-- *(?:migrate:down|\+migrate Down)", text
    )[0]


_MADE: tuple[tuple[Literal["table", "column", "index", "foreign key"], str], ...] = (
    ("table", r"createTable(?:IfNotExists)?\(\s*['\"](?P<table>\w+)"),
    ("table", r"create_table\(?\s*[:'\"](?P<table>\w+)"),
    ("table", r"CREATE TABLE (?:IF NOT EXISTS )?[\"`]?(?P<table>\w+)"),
    ("column", r"op\.add_column\(\s*['\"](?P<table>\w+)['\"],\s*sa\.Column\(\s*['\"](?P<name>\w+)"),
    ("column", r"add_column\(?\s*:(?P<table>\w+),\s*:(?P<name>\w+)"),
    ("column", r"ALTER TABLE [\"`]?(?P<table>\w+)[\"`]? ADD COLUMN (?:IF NOT EXISTS )?[\"`]?(?P<name>\w+)"),
    ("index", r"op\.create_index\(\s*(?:op\.f\()?['\"](?P<name>\w+)['\"]\)?,\s*['\"](?P<table>\w+)"),
    (
        "index",
        r"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?[\"`]?(?P<name>\w+)\S* ON [\"`]?(?P<table>\w+)",
    ),
    (
        "foreign key",
        r"op\.create_foreign_key\([^,]+,\s*['\"](?P<table>\w+)['\"],\s*['\"]\w+['\"],\s*\[['\"](?P<name>\w+)",
    ),
    (
        "foreign key",
        r"ALTER TABLE [\"`]?(?P<table>\w+)[\"`]? ADD (?:CONSTRAINT \S+ )?FOREIGN KEY \([\"`]?(?P<name>\w+)",
    ),
)
_GONE = r"(?:dropTable(?:IfExists)?|drop_table)\(?\s*[:'\"](\w+)|DROP TABLE (?:IF EXISTS )?[\"`]?(\w+)"
_BLOCK = re.compile(r"(?:alterTable|schema\.table)\(\s*['\"](\w+)['\"](.*?)\n\s*\}\)", re.DOTALL)
_FIELD = re.compile(
    r"\.(?:string|uuid|integer|text|boolean|timestamp|datetime|date|decimal|json|jsonb|bigInteger)\(\s*['\"](\w+)"
)


def promised(ledger: Ledger) -> Iterator[tuple[Entry, Promise]]:
    """Yield what each recorded migration promises, less what a later one took away again."""
    for at, entry in enumerate(ledger.entries):
        gone = {name for later in ledger.entries[at + 1 :] for name in _dropped(later)}
        for promise in _in_file(entry) if entry.text else _in_name(entry.name):
            if promise.table not in gone:
                yield entry, promise


def _dropped(entry: Entry) -> set[str]:
    found = {name for pair in re.findall(_GONE, entry.text, re.IGNORECASE) for name in pair if name}
    taken = re.match(r"(?:drop|remove|rename)_(\w+?)(?:_table|_to_\w+)?$", _bare(entry.name))
    return found | ({taken.group(1)} if taken else set())


def _in_file(entry: Entry) -> Iterator[Promise]:
    """Yield what the text of a migration makes."""
    for kind, pattern in _MADE:
        for found in re.finditer(pattern, entry.text, re.IGNORECASE):
            yield Promise(kind, found.group("table"), found.groupdict().get("name") or "")
    for table, body in _BLOCK.findall(entry.text):
        yield from (Promise("column", table, name) for name in _FIELD.findall(body))
        yield from (Promise("foreign key", table, name) for name in re.findall(r"\.foreign\(\s*\[?['\"](\w+)", body))
    for model in re.findall(r"CreateModel\(\s*name=['\"](\w+)", entry.text):
        yield Promise("table", f"{entry.app}_{model.lower()}")
    for model, name in re.findall(r"AddField\(\s*model_name=['\"](\w+)['\"],\s*name=['\"](\w+)", entry.text):
        yield Promise("column", f"{entry.app}_{model.lower()}", name)


def _bare(name: str) -> str:
    """Return a migration's name without number, date and extension."""
    return re.sub(r"^[\d_]+", "", name.rsplit(".", 1)[0] if re.search(r"\.\w{2,4}$", name) else name)


def _in_name(name: str) -> Iterator[Promise]:
    """Yield what the name of a migration claims, where it is clear enough."""
    bare = _bare(name)
    if made := re.fullmatch(r"create_(\w+?)(?:_tables?)?", bare):
        if "index" not in bare:
            yield from (Promise("table", part) for part in made.group(1).split("_and_"))
    elif re.search(r"foreign_keys?", bare) and bare.startswith(("add", "create", "fix")):
        yield Promise("foreign keys", (re.findall(r"_(?:to|on)_(\w+)$", bare) or [""])[0])
    elif added := re.fullmatch(r"add_(\w+?)_to_(\w+)", bare):
        table = "" if names.has(added.group(2), frozenset({"tables", "existing", "all"})) else added.group(2)
        yield Promise("column", table, added.group(1))
    elif changed := re.fullmatch(
        r"(?:fix|change|convert|alter)_(\w+?)_to_(uuid|text|integer|bigint|timestamptz|jsonb)", bare
    ):
        yield Promise("type", changed.group(2), changed.group(1))
    elif re.search(r"uuid_(generation|default)", bare):
        yield Promise("id defaults", name="postgresql" if "postgres" in bare else "")
