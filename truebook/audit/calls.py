"""What a function's text calls: so that a missing function is found without running anything. Pure."""

import re
from collections.abc import Iterable, Mapping

_ASIDE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$", re.DOTALL)
_CALL = re.compile(r'(?:\b(as|into|with|table|references|update)\s+)?(?:"?[\w$]+"?\.)?"?([A-Za-z_][\w$]*)"?\s*\(', re.I)


def called(text: str) -> set[str]:
    """Return the names that a piece of SQL or PL/pgSQL calls, without their schemas; literals and remarks are none."""
    found = _CALL.findall(_ASIDE.sub(" ", text))
    return {name.lower() for before, name in found if not before}


def missing(text: str, bodies: Mapping[str, str], known: Iterable[str]) -> str:
    """Return a name that an expression calls, itself or through the functions in `bodies`, and that nothing bears."""
    names, seen, waiting = set(known), set[str](), [text]
    while waiting:
        for name in sorted(called(waiting.pop()) - seen):
            seen.add(name)
            if name not in names and name not in bodies:
                return name
            if name in bodies:
                waiting.append(bodies[name])
    return ""
