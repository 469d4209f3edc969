"""Writes the rules' pages from their docstrings: `python -m truebook.audit.pages docs/audit`."""

import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from truebook.audit import rules
from truebook.audit.registry import RULES, Rule

INTRODUCTION = """# What `truebook audit` looks for

An error loses or corrupts data today, a warning will, a hint may. Nothing is written unless you ask for it:
`--canary` tries real INSERTs and rolls them back, `--fix --apply` runs the migration it shows.

```sh
truebook audit postgresql://user@host/database       # or sqlite:///path, or the path of a file
truebook audit A --rule orphaned-rows                # one rule in full; --table orders one table, --all everything
truebook audit A --against B                         # two databases that should have one schema
truebook audit A --code src --migrations migrations  # what the application writes, what its ledger promises
truebook audit A --format html > audit.html          # a page to send to a colleague; json, markdown and sarif as well
truebook audit A --fix --apply                       # mend what a machine may
```

What is printed first is one screen: each problem once, the gravest first, with how many places it has, the first three,
and the option that tells of all.

In a build, `--fail-on warning` fails from that severity on, and `--accept FILE` only for findings that are new:

```sh
truebook audit A --accept audit.json --renew                              # once: accept what is there
truebook audit A --accept audit.json --fail-on warning --format sarif     # in the build
```

What is in the file is not told again, unless it became graver; what is in it and is well now is told as mended, until
the file is renewed. One finding is one line of it, so that a diff shows what was accepted.

How references are found that nobody declared, and how well, is in [a page of its own](../references.md).

A finding that is meant to be so is allowed where it stands, by a comment on the table or column
(`COMMENT ON COLUMN … IS 'audit: allow missing-foreign-key, it outlives the account'`; on SQLite a comment inside
CREATE TABLE), or by `--ignore rule:table.column`.

Orphans go to the table `truebook_quarantine` and are never erased: `row_data` is the row as JSON, `reason` why it is
there, and `stays` tells that it is a copy, because the row itself could stay with an empty reference.
"""
assert rules, "importing the package is what fills the registry"


def pages() -> dict[str, str]:
    """Return the text of every page by its file name: one per rule, and a list of them."""
    return {"README.md": "\n".join(_list()) + "\n"} | {f"{rule.id}.md": page(rule) for rule in RULES.values()}


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    title, *rest = inspect.cleandoc(rule.judge.__doc__ or "").split("\n\n")
    body = "\n\n".join(paragraph.replace("Fix:", "**Fix:**", 1) for paragraph in rest)
    facts = f"Severity: {rule.severity.word}, unless the finding says otherwise. Engines: {_engines(rule)}."
    allow = f"To allow it in one place, write `audit: allow {rule.id}` and why into a comment on the table or column."
    return f"# {rule.id}\n\n{title}\n\n{facts}\n\n{body}\n\n{allow}\n"


def _engines(rule: Rule) -> str:
    return " and ".join({"postgresql": "PostgreSQL", "sqlite": "SQLite"}[engine] for engine in rule.engines)


def _list() -> Iterator[str]:
    yield INTRODUCTION.rstrip()
    for family, found in groupby(RULES.values(), lambda rule: rule.family):
        yield f"\n## {family.capitalize()}\n\n| rule | severity | engines | what it finds |\n|---|---|---|---|"
        for rule in found:
            yield f"| [{rule.id}]({rule.id}.md) | {rule.severity.word} | {_engines(rule)} | {rule.title} |"


def write(folder: Path) -> None:
    """Write all pages into a folder."""
    for name, text in pages().items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
