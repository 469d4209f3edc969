"""The templates of a business at Meta: those that are not there yet are handed in for review."""

from collections.abc import Iterable
from typing import Any

from truebook.connectors.whatsapp.management import Management, Rejected
from truebook.onboarding.texts import names, template

Json = dict[str, Any]


async def create_missing(
    meta: Management, account_id: str, languages: Iterable[str], pages: str
) -> tuple[list[Json], list[str]]:
    """Hand in every template that is not there yet; return all as they stand now, and what was refused and why."""
    there = {(one.get("name"), one.get("language")): one for one in await meta.templates(account_id)}
    problems = []
    for language in languages:
        for name in names(language):
            if (name, language) in there:
                continue
            try:
                made = await meta.create_template(account_id, template(name, language, pages))
            except Rejected as no:
                problems.append(f"{name} ({language}): {no.message}")
                continue
            there[name, language] = {"name": name, "language": language, **made}
    return list(there.values()), problems
