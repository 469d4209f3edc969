"""What identifiers say: their words, and the roles those words play in a business database."""

import re


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


IDS = frozenset({"id", "uuid", "guid", "fk", "ref", "key"})
TENANTS = _set("tenant account organization organisation org company business workspace team merchant clinic practice")
PEOPLE = ("user", "person", "employee", "staff", "member", "customer", "profile")
"""What tables of people are called, those first that usually act in a system: whoever created or approved something."""
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
SELVES = _set("parent previous original predecessor successor replacement superior ancestor root")
"""What a row calls another row of its own table."""
SERVED = ("customer", "profile")
"""Those people whom a system is for, rather than who works in it."""
ACTORS = _set(
    "creator author owner editor manager assignee reporter reviewer approver sender receiver recipient candidate"
    " proposer voter seconder moderator uploader submitter requester"
)
"""Roles that are people's without an id word as well."""
_BACKWARDS = _set("replaces supersedes precedes succeeds renews reverses corrects amends reports")
"""Verbs between two rows of one table: what `replaces` names is a row that is replaced."""
_TURNED = _set(
    "replaced superseded preceded succeeded obsoleted reissued rescheduled renewed merged split moved copied cloned"
    " forked derived duplicate duplicated reports replies reply refers redirects continued converted reverted"
)
_TOWARDS = _set("by to from into of for")
_HANDED = _set("assigned delegated granted given addressed escalated")
FIRSTS = _set("from source left old first parent ancestor origin before predecessor")
SECONDS = _set("to target right new second child descendant destination after successor related")
"""What tables that join two rows call one end, and the other."""
STAMPS = _set("created updated modified deleted inserted changed sent expires seen activity login migration")
ENDS = frozenset({"end", "ends", "until", "to", "finish", "expires", "closes"})
_ROLES = _set("rep representative boss supervisor assignee contact candidate delegate recipient")
_RECORDS = _set(
    "history log logs audit archive archives outbox inbox quarantine snapshot snapshots journal backup backups staging"
    " idempotency import"
)
_ENTRIES = _set("event record entry item row line detail key map message")

_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "staff": "staff",
    "news": "news",
} | {word: word for word in ("series", "species", "alias", "bias", "atlas", "canvas")}
_LEDGER = re.compile(r"(\w+\.)?_*([a-z]+_)?migrations?(_lock|_history|_versions?)?$", re.IGNORECASE)
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
    if re.search(r"[a-z](s|x|z|ch|sh)e$", word):
        return word[:-1]  # what would be left of caches and enterprises, so that both ways lead to one word
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def thing(identifier: str) -> tuple[str, ...]:
    """Return the words of a table's name with the last one in the singular."""
    found = words(identifier)
    return (*found[:-1], singular(found[-1])) if found else ()


def stem(column: str) -> tuple[str, ...]:
    """Return what a reference column is named after: `billing_address_id` gives billing, address."""
    found = _unnumbered(words(column))
    if len(found) > 1 and found[-1] in IDS:
        found = found[:-1]
    return (*found[:-1], singular(found[-1])) if found and found[-1] not in _TOWARDS | _BACKWARDS else found


def _unnumbered(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without a number at the end: seconder_2_id names a seconder."""
    kept = [word for place, word in enumerate(found) if place == 0 or not word.isdigit()]
    return tuple(kept)


def refers(column: str) -> bool:
    """Tell whether a name claims to be a reference: it ends in an id word, or in `_by`."""
    found = words(column)
    return len(found) > 1 and (found[-1] in IDS or found[-1] == "by")


def person(column: str) -> bool:
    """Tell whether a reference is named after a role people play: creator_id, assignee_id, approved_by, assigned_to."""
    role = stem(column)
    if not role:
        return False
    if len(role) > 1 and (role[-1] == "by" or (role[-1] == "to" and role[-2] in _HANDED)):
        return True
    return (
        not has(column, ELSEWHERE | TENANTS)
        and role[-1] not in THINGS
        and (role[-1] in _ROLES or bool(re.fullmatch(r"\w{3,}(or|er|ee|ant|ist)", role[-1])))
    )


def itself(column: str, own: tuple[str, ...] = ()) -> bool:
    """Tell whether a name means another row of the same table: parent_id, replaces, merged_into_id, reports_to.

    `own` are the words of the table: in tag_versions previous_version_id does.
    """
    role = stem(column)
    if not role:
        return False
    if role[-1] in SELVES or (len(role) == 1 and role[0] in _BACKWARDS):
        return True
    if role[0] in SELVES and len(role) > 1 and role[-1] == singular(own[-1] if own else ""):
        return True
    return len(role) > 1 and role[-1] in _TOWARDS and role[-2] in _TURNED


def has(identifier: str, vocabulary: frozenset[str]) -> bool:
    """Tell whether one of the words is in the vocabulary."""
    return any(word in vocabulary for word in words(identifier))


def outlives(table: str) -> bool:
    """Tell whether a table is meant to outlive what it tells about, so that a foreign key there would be wrong."""
    found = thing(table)
    return bool(found) and (
        words(table)[-1] in _RECORDS or (len(found) > 1 and found[-1] in _ENTRIES and found[-2] in _RECORDS)
    )


def is_ledger(table: str) -> bool:
    """Tell whether a table is the bookkeeping of a migration tool or a framework."""
    return bool(_LEDGER.match(table)) or table.startswith(("django_", "ar_internal", "alembic_"))


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
