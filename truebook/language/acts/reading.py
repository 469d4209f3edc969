"""Reading the acts of a clause."""

from math import exp, hypot, log

from truebook.language.acts.features import features_of_place, features_of_words, length_of, tokens
from truebook.language.acts.model import After, Heard
from truebook.language.acts.weights import weights
from truebook.language.remembering import remembers

_FAINT = log(0.05 / 0.95)  # the logarithm of the odds from which on an act is worth telling


@remembers(512)  # a clause is weighed where it stands, and again for what may be taken of it
def read(clause: str, after: After, language: str) -> tuple[Heard, ...]:
    """Return what a clause does, the most probable first; nothing where nothing is said or probable.

    The values of the clause are masked: "{day}", "{time}", "{window}", "{span}", "{length}", "{count}", "{place}",
    "{service}", "{staff}", "{name}", "{phone}", "{email}", "{code}". language is one of the seven codes.
    """
    if not tokens(clause):
        return ()
    learned, place = weights(language), features_of_place(clause, after)
    words, length = _words(clause, language)
    scores = learned.scores(learned.sums(words + learned.row(place)), hypot(length, length_of(place)))
    likely = ((named, score) for named, score in zip(learned.acts, scores, strict=True) if score > _FAINT)
    told = [Heard(*named, 1 / (1 + exp(-score))) for named, score in likely]
    return tuple(sorted(told, key=lambda heard: -heard.probability))


@remembers(512)  # a clause is read as it is said here, and as it were at the beginning
def _words(clause: str, language: str) -> tuple[int, float]:
    """Return the row of the words of a clause, and how long their features are."""
    found = features_of_words(clause)
    return weights(language).row(found), length_of(found)
