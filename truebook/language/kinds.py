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


@lru_cache(maxsize=_REMEMBERED)
def not_done(names: tuple[str, ...]) -> frozenset[str]:
    """Return what services of the trades of a business are called that are none of its own; names: what those are."""
    ours = {plain(name) for name in names}
    said = f" {' / '.join(ours)} "
    called = {kind: {plain(one) for one in known} for kind, known in _kinds().items()}
    done = {kind for kind, known in called.items() if known & ours}
    others = {kind for trade in _listed("trades").values() if done & {*trade} for kind in trade} - done
    return frozenset(one for kind in others for one in called[kind] if f" {one} " not in said)


def _kinds() -> dict[str, tuple[str, ...]]:
    return _listed("kinds")


@cache
def _listed(table: str) -> dict[str, tuple[str, ...]]:
    listed = data(lists.__name__, "services")[table]
    return {key: tuple(text.replace("\n", "").split("|")) for key, text in listed.items()}
