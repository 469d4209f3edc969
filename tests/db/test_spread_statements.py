"""What may be asked of tables whose rows lie on other servers: the rules of a coordinator, kept on plain PostgreSQL.

It reckons with the clock before it hands a change on, so it must be able to: no volatile function, `now()` in no CASE and
no COALESCE, nothing that depends on a setting together with a column, nothing but what is immutable after ON CONFLICT.
And whatever does not name the business is asked of every server. `tests/cluster` asks a real one.
"""

from collections.abc import Iterator

import psycopg

from tests.db import statements
from tests.db.statements import Node
from truebook.db.spreading import places

UPDATE, INSERT, DELETE = "2", "3", "4"
CALLS = {
    "FUNCEXPR": "funcid", "OPEXPR": "opfuncid", "DISTINCTEXPR": "opfuncid", "NULLIFEXPR": "opfuncid",
    "SCALARARRAYOPEXPR": "opfuncid", "AGGREF": "aggfnoid",
}  # fmt: skip
CHOICES = ("COALESCE", "COALESCEEXPR", "CASE", "CASEEXPR")
VOLATILITY = "SELECT oid::text, provolatile::text FROM pg_proc"
OPERATORS = "SELECT oid::text, oprcode::oid::text FROM pg_operator"
COLUMN = "SELECT attrelid::text, attnum::text FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s"
BY_ITS_OWN = ("calendar_feeds",)
"""What is found by a secret, before anybody knows whose it is."""


class Rules:
    """Looks a parse tree through with what the catalog says of each function and table."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.volatility: dict[str, str] = dict(connection.execute(VOLATILITY).fetchall())
        self.operators: dict[str, str] = dict(connection.execute(OPERATORS).fetchall())
        spread = places.spread(connection)
        found = {
            table: connection.execute(COLUMN, pair).fetchone()
            for table, pair in zip(spread, spread.items(), strict=True)
        }
        self.tenants: dict[str, str] = dict(one for table, one in found.items() if one and table not in BY_ITS_OWN)
        oids = connection.execute("SELECT unnest(%s::text[])::regclass::oid::text", ([*spread, *places.EVERYBODYS],))
        self.tables = {row[0] for row in oids}

    def broken(self, root: Node) -> set[str]:
        """Return which rules a statement breaks."""
        queries = [node for node in root.all() if node.kind == "QUERY"]
        found = {problem for query in queries for problem in self._changes(query)}
        return found | ({"no business is named"} if queries and self._of_all(queries[0]) else set())

    def _kind(self, node: Node) -> str:
        """Return i, s or v: whether what a node calls is always the same, the same for a statement, or anything."""
        if node.kind == "SQLVALUEFUNCTION":
            return "s"
        if node.kind not in CALLS:
            return "i"
        called = node.fields[CALLS[node.kind]][0]
        return self.volatility[self.operators[node.fields["opno"][0]] if called == "0" else called]

    def _is_mutable(self, nodes: Iterator[Node]) -> bool:
        return any(self._kind(node) != "i" for node in nodes)

    def _changes(self, query: Node) -> Iterator[str]:
        if (command := query.fields["commandType"][0]) not in (UPDATE, INSERT, DELETE) or not self._is_elsewhere(query):
            return
        said = [query.fields["targetList"], query.fields["jointree"]]
        if command != INSERT:
            if any(self._kind(node) == "v" for node in query.all()):
                yield "volatile"
            own = list(statements.below(said, "QUERY"))
            if any(self._kind(node) == "s" and _has_column(node) for node in own):
                yield "a setting and a column"
            if any(node.kind in CHOICES and self._is_mutable(node.all()) for node in own):
                yield "a choice with the clock"
        if self._is_mutable(statements.below(query.fields["onConflict"])):
            yield "mutable after ON CONFLICT"
        if self._is_mutable(statements.below(query.fields["returningList"])):
            yield "mutable after RETURNING"

    def _is_elsewhere(self, query: Node) -> bool:
        return _tables(query)[int(query.fields["resultRelation"][0]) - 1].fields["relid"][0] in self.tables

    def _of_all(self, query: Node) -> bool:
        """Tell whether a table of businesses is looked through without that one of them is named."""
        tables = _tables(query)
        named: set[tuple[str, str]] = set()
        same: list[set[tuple[str, str]]] = []
        for node in statements.below(query.fields["jointree"], "QUERY"):
            for one, other in _equal(node):
                if (first := _own(one)) and other.kind in ("PARAM", "CONST"):
                    named.add(first)
                elif first and (second := _own(other)):
                    same.append({first, second})
        for _ in same:
            for pair in same:
                named |= pair if pair & named else set()
        return any(
            table.fields.get("relkind") == ["r"]
            and (tenant := self.tenants.get(table.fields["relid"][0])) is not None
            and not (query.fields["commandType"] == [INSERT] and query.fields["resultRelation"] == [str(place)])
            and (str(place), tenant) not in named
            for place, table in enumerate(tables, 1)
        )


def _tables(query: Node) -> list[Node]:
    """Return what a query reads and writes, in the order of its numbers."""
    (found,) = query.fields["rtable"]
    return found if isinstance(found, list) else []


def _equal(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the sides of a comparison, each first."""
    if node.kind == "OPEXPR" and len(sides := node.fields["args"][0]) == 2:
        yield tuple(sides)
        yield tuple(reversed(sides))


def _own(node: Node) -> tuple[str, str] | None:
    """Return which column of which table a node of a query is, unless it is of the query around it."""
    if node.kind != "VAR" or node.fields["varlevelsup"] != ["0"]:
        return None
    return node.fields["varno"][0], node.fields["varattno"][0]


def _has_column(node: Node) -> bool:
    return any(one.kind == "VAR" for one in node.all("QUERY"))


def test_what_would_be_refused_is_seen(database: str) -> None:
    bad = {
        "UPDATE alerts SET resolved_at = clock_timestamp() WHERE account_id = %s": "volatile",
        "DELETE FROM alerts WHERE account_id = %s AND random() < 0.5": "volatile",
        "UPDATE alerts SET resolved_at = created_at + %s::interval WHERE account_id = %s": "a setting and a column",
        "UPDATE alerts SET resolved_at = coalesce(resolved_at, now()) WHERE account_id = %s": "a choice with the clock",
        "INSERT INTO send_pace AS p (account_id, key, due_at) VALUES (%s, %s, %s) ON CONFLICT (account_id, key)"
        " DO UPDATE SET due_at = now()": "mutable after ON CONFLICT",
        "DELETE FROM alerts WHERE account_id = %s RETURNING now()": "mutable after RETURNING",
        "UPDATE whatsapp_numbers SET looked_at = clock_timestamp() WHERE id = %s": "volatile",
        "SELECT s.name FROM staff s WHERE s.is_active": "no business is named",
        "SELECT FROM staff s JOIN services v ON v.id = s.id WHERE s.account_id = %s": "no business is named",
    }
    good = (
        "UPDATE alerts SET resolved_at = statement_timestamp() WHERE account_id = %s",
        "UPDATE limits SET free_at = clock_timestamp()",
        "SELECT FROM staff s JOIN services v ON v.account_id = s.account_id AND v.id = s.id WHERE s.account_id = %s",
    )
    with psycopg.connect(database, options="-c search_path=truebook") as connection:
        rules = Rules(connection)
        for statement, problem in [*bad.items(), *((one, None) for one in good)]:
            root = statements.tree(connection, statement)
            assert root is not None, statement
            assert rules.broken(root) == ({problem} if problem else set()), statement


def test_no_statement_asks_for_what_a_coordinator_cannot_do(database: str) -> None:
    with psycopg.connect(database, options="-c search_path=truebook") as connection:
        rules = Rules(connection)
        trees = {text: root for text in statements.kept() if (root := statements.tree(connection, text))}
        assert len(trees) > 400, "the statements are not found any more"
        bad = {text: problems for text, root in trees.items() if (problems := rules.broken(root))}
    assert [(statements.kept()[text], problems, text) for text, problems in bad.items()] == []
