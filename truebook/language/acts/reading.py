"""Reading the acts of a clause."""

from math import exp

from truebook.language.acts.features import features, tokens
from truebook.language.acts.model import After, Heard
from truebook.language.acts.weights import weights

_WORTH_TELLING = 0.05
_LIMIT = 700.0  # exp beyond it is no float any more


def read(clause: str, after: After, language: str) -> tuple[Heard, ...]:
    """Return what a clause does, the most probable first; nothing where nothing is said or probable.

    The values of the clause are masked: "{day}", "{time}", "{window}", "{span}", "{length}", "{count}", "{place}",
    "{service}", "{staff}", "{name}", "{phone}", "{email}", "{code}". language is one of the seven codes.
    """
    if not tokens(clause):
        return ()
    learned = weights(language)
    scores = learned.scores(features(clause, after))
    told = list[Heard]()
    for name, score in zip(learned.acts, scores, strict=True):
        act, _, topic = name.partition(":")
        probability = 1 / (1 + exp(-max(-_LIMIT, min(_LIMIT, score))))
        if probability >= _WORTH_TELLING:
            told.append(Heard(act, topic, probability))
    return tuple(sorted(told, key=lambda heard: -heard.probability))
