"""What identifiers say: their words, and the roles those words play in a business database."""

import re


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


IDS = frozenset({"id", "uuid", "guid", "fk", "ref", "key"})
TENANTS = _set("tenant account organization organisation org company business workspace team merchant clinic practice")
PEOPLE = ("users", "people", "persons", "members", "employees", "staff", "customers", "profiles")
STATES = frozenset({"status", "state", "stage", "phase"})
CHOICES = STATES | {"role", "kind", "tone", "mode", "priority", "severity", "channel"}
AMOUNTS = _set("duration price amount quantity qty buffer capacity minutes seconds")
POSITIVE = frozenset({"duration", "minutes", "quantity", "qty", "capacity"})
PHONES = frozenset({"phone", "mobile", "telephone", "whatsapp", "tel"})
EMAILS = frozenset({"email", "mail"})
THINGS = _set(
    "number order offer folder letter paper server container parameter chapter center transfer filter header footer"
    " master layer counter voucher register computer printer charter matter chamber quarter semester color floor door"
    " error factor sensor monitor behavior fee degree plant restaurant variant grant list checklist playlist"
)
"""Words that end as the roles people play do, and are none."""
ELSEWHERE = _set("provider external remote stripe google facebook whatsapp paypal apple github slack twilio")
SELVES = (("parent",), ("previous",), ("original",), ("predecessor",))
"""What a row calls another row of its own table."""
STAMPS = _set("created updated modified deleted inserted changed sent expires seen activity login migration")
ENDS = frozenset({"end", "ends", "until", "to", "finish", "expires", "closes"})
RECORDS = _set(
    "history log logs audit archive archives event events outbox inbox import quarantine snapshot snapshots journal"
    " version versions map backup staging queue idempotency receipt receipts"
)
"""Words of tables that are meant to outlive what they tell about, where a foreign key would be wrong."""

_IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman", "staff": "staff", "news": "news"}
_PIECES = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def words(identifier: str) -> tuple[str, ...]:
    """Return the words of a snake_case or camelCase identifier, in lower case."""
    return tuple(piece.lower() for piece in _PIECES.findall(identifier))


def singular(word: str) -> str:
    """Return the singular of an English noun, well enough to match table names."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def thing(identifier: str) -> tuple[str, ...]:
    """Return the words of a table's name with the last one in the singular."""
    found = words(identifier)
    return (*found[:-1], singular(found[-1])) if found else ()


def stem(column: str) -> tuple[str, ...]:
    """Return what a reference column is named after: `billing_address_id` gives billing, address."""
    found = words(column)
    if found and found[-1] in IDS:
        found = found[:-1]
    return (*found[:-1], singular(found[-1])) if found else ()


def refers(column: str) -> bool:
    """Tell whether a name claims to be a reference: it ends in an id word, or in `_by`."""
    found = words(column)
    return len(found) > 1 and (found[-1] in IDS or found[-1] == "by")


def person(column: str) -> bool:
    """Tell whether a reference is named after a role people play: creator_id, assignee_id, approved_by."""
    found = words(column)
    if len(found) > 1 and found[-1] == "by":
        return True
    role = stem(column)
    return (
        bool(role)
        and refers(column)
        and not has(column, ELSEWHERE | TENANTS)
        and role[-1] not in THINGS
        and bool(re.fullmatch(r"\w{3,}(or|er|ee|ant|ist)", role[-1]))
    )


def has(identifier: str, vocabulary: frozenset[str]) -> bool:
    """Tell whether one of the words is in the vocabulary."""
    return any(word in vocabulary for word in words(identifier))


def is_ledger(table: str) -> bool:
    """Tell whether a table is the bookkeeping of a migration tool or a framework."""
    return "migration" in table or table.startswith(("django_", "ar_internal", "alembic_"))


def is_choice(column: str) -> bool:
    """Tell whether a column holds one of a few words: a status, a role, a kind."""
    found = words(column)
    return bool(found) and found[-1] in CHOICES


def is_start(column: str) -> bool:
    """Tell whether a time column says when something takes place, rather than when a row was touched or ends."""
    return not has(column, STAMPS | ENDS)


def is_zone(column: str) -> bool:
    """Tell whether a column names a time zone."""
    return "".join(words(column)) in {"timezone", "tz", "zone", "tzname", "timezonename"}


def last(identifier: str) -> str:
    """Return the last word of an identifier; empty where it has none, as names in other scripts."""
    return next(reversed(words(identifier)), "")
