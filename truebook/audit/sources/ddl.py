"""Reads the pieces of SQLite's CREATE statements that its PRAGMAs do not tell: checks, predicates, expressions."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\w+|\s+|[<>=!|]+|->>?|.""", re.DOTALL
)


def tokens(sql: str) -> list[str]:
    """Return the tokens of a statement, comments and blanks included, so that joining them gives it back."""
    return _TOKEN.findall(sql)


def plain(token: str) -> str:
    """Return an identifier without its quotes."""
    return token[1:-1] if token[:1] in '"`[' else token


def is_blank(token: str) -> bool:
    """Tell whether a token is a blank or a comment."""
    return token.isspace() or token.startswith(("--", "/*"))


def balanced(found: list[str], start: int) -> int:
    """Return the place after the bracket that closes the one at start."""
    depth = 0
    for at in range(start, len(found)):
        depth += (found[at] == "(") - (found[at] == ")")
        if depth == 0:
            return at + 1
    return len(found)


def checks(definition: str) -> Iterator[tuple[str, str]]:
    """Yield (name, expression) of every CHECK in a CREATE TABLE; the name is empty where none was given."""
    found = [token for token in tokens(definition) if not is_blank(token)]
    for at, token in enumerate(found[:-1]):
        if token.lower() == "check" and found[at + 1] == "(":
            name = plain(found[at - 1]) if found[at - 2].lower() == "constraint" else ""
            yield name, _joined(found[at + 2 : balanced(found, at + 1) - 1])


def _joined(found: list[str]) -> str:
    return " ".join(found)


def named(expression: str, columns: list[str]) -> list[str]:
    """Return the columns an expression names."""
    seen = {plain(token).lower() for token in tokens(expression) if not token.startswith("'")}
    return [column for column in columns if column.lower() in seen]


def predicate(index: str) -> str:
    """Return what stands after WHERE in a CREATE INDEX."""
    found = re.search(r"\bWHERE\b(.*)$", index, re.IGNORECASE | re.DOTALL)
    return found.group(1).strip() if found else ""


def index_keys(index: str) -> list[str]:
    """Return the keys of a CREATE INDEX as they were written."""
    found = tokens(index)
    if "(" not in found:
        return []
    start = found.index("(")
    inner = found[start + 1 : balanced(found, start) - 1]
    return [part.strip() for part in split(inner)]


def split(found: list[str]) -> list[str]:
    """Return tokens as texts, cut at the commas that stand in no bracket."""
    parts, depth = [""], 0
    for token in found:
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def is_strict(definition: str) -> bool:
    """Tell whether a CREATE TABLE ends in STRICT."""
    return bool(re.search(r"\)[^)]*\bSTRICT\b[^)]*$", definition, re.IGNORECASE))
