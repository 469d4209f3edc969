"""What kinds of services are called in each language, so that a "Haircut" is found by whoever asks for "una coupe"."""

from functools import cache, lru_cache

from truebook.language import lists
from truebook.language.languages import data
from truebook.language.text import plain

_REMEMBERED = 4096  # services whose kind is kept: it is asked of each at every message


@lru_cache(maxsize=_REMEMBERED)
def names(service: str) -> tuple[str, ...]:
    """Return the names of a service's kind in all languages; none where its name is no kind that we know."""
    return next((known for known in _kinds().values() if plain(service) in map(plain, known)), ())


@lru_cache(maxsize=_REMEMBERED)
def has_subject(service: str) -> bool:
    """Tell whether a service is a trial or a private lesson by its name: what it is in is another service."""
    return any(plain(service) in map(plain, _kinds()[kind]) for kind in ("trial", "private"))


def by_trade() -> list[dict[str, tuple[str, ...]]]:
    """Return the kinds that one house may do beside each other, and what they are called."""
    return [{kind: _kinds()[kind] for kind in trade} for trade in _listed("trades").values()]


def called() -> frozenset[str]:
    """Return what services of all kinds are called, in all languages."""
    return frozenset(name for known in _kinds().values() for name in known)


def _kinds() -> dict[str, tuple[str, ...]]:
    return _listed("kinds")


@cache
def _listed(table: str) -> dict[str, tuple[str, ...]]:
    listed = data(lists.__name__, "services")[table]
    return {key: tuple(text.replace("\n", "").split("|")) for key, text in listed.items()}
