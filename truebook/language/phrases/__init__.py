"""What people say in each language, as data: one table a language. A new language is a table and its tests."""

from truebook.language.phrases import de, en, es, fr, it, nl, pt
from truebook.language.phrases.table import Cue, Phrases

TABLES: dict[str, Phrases] = {m.PHRASES.code: m.PHRASES for m in (en, de, es, pt, fr, it, nl)}

__all__ = ["TABLES", "Cue", "Phrases", "phrases"]


def phrases(code: str) -> Phrases:
    """Return the table of a language code ("de", "de-AT"); English where there is none."""
    return TABLES.get(code.split("-")[0].lower(), en.PHRASES)
