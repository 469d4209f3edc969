"""Reading and editing SQLite's CREATE statements."""

import pytest

from truebook.audit.findings import Edit
from truebook.audit.rebuild import edited
from truebook.audit.sources import ddl

pytestmark = pytest.mark.unit
TABLE = """CREATE TABLE "odd, name (1)" ( -- a comment, with (brackets
  id integer PRIMARY KEY,
  "weird ""col" text DEFAULT 'it''s, (so)' CHECK ("weird ""col" <> ')'),
  n integer DEFAULT -1 NOT NULL, /* CHECK (fake) */
  CONSTRAINT positive CHECK (n >= -1 AND (n < 10 OR n > 20))
) STRICT"""


def test_checks_are_read_past_strings_comments_and_brackets() -> None:
    assert [name for name, _ in ddl.checks(TABLE)] == ["", "positive"]
    text = list(ddl.checks(TABLE))[1][1]
    assert "".join(text.split()) == "n>=-1AND(n<10ORn>20)"
    assert ddl.named(text, ["id", "n"]) == ["n"]


def test_tokens_lose_nothing() -> None:
    assert "".join(ddl.tokens(TABLE)) == TABLE


def test_strict_is_an_option_and_no_column() -> None:
    assert ddl.is_strict(TABLE)
    assert not ddl.is_strict("CREATE TABLE t (strict text)")


def test_index_keys_and_conditions() -> None:
    index = "CREATE INDEX i ON t (lower(a), b, coalesce(c, 'x, y')) WHERE b IS NOT NULL"
    assert ddl.index_keys(index) == ["lower(a)", "b", "coalesce(c, 'x, y')"]
    assert ddl.predicate(index) == "b IS NOT NULL"


def test_a_default_is_replaced_and_a_constraint_added() -> None:
    text = edited("CREATE TABLE t (a text DEFAULT -1 NOT NULL, b text) WITHOUT ROWID;", [
        Edit("t", "a", "lower('X')"), Edit("t", "b", "2"), Edit("t", constraint="FOREIGN KEY (b) REFERENCES u (c)"),
    ])  # fmt: skip
    assert text == (
        "(a text DEFAULT (lower('X')) NOT NULL, b text DEFAULT (2),\n  FOREIGN KEY (b) REFERENCES u (c)) WITHOUT ROWID"
    )
