"""How well the acts are read in sentences of writers who were held back, and how sure the reading may be.

Parts are cut by writer, never by sentence: who reads on from his own style proves nothing. Nothing is learned anew for
a part: what a ridge regression would say of rows it had not seen follows from the inverse of the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.examples import Example
from training.fit import Matrix, answers

_FEWEST = 100  # sentences of a writer, to be held back
_LAST = 200
_PULL = 2.0  # what holds the offset of a rare act to that of all
_ROUNDS = 40
_NEVER = 1e-9
_WORTH_TELLING = 0.05
_EVEN = 0.5
_BENDS = tuple(step / 20 for step in range(4, 21))


@dataclass(frozen=True)
class HeldBack:
    """The scores of held-back sentences (sentences x acts), and what they do."""

    scores: Matrix
    wanted: Matrix


@dataclass(frozen=True)
class Calibration:
    """From score to probability: logistic(slope * score + offset of the act), above even odds bent down.

    A sentence of somebody new that looks like a hundred known ones is still somebody new's: the far end of the straight
    line is surer than such sentences turn out to be.
    """

    slope: float
    offsets: Matrix
    bend: float = 1.0

    def probabilities(self, scores: Matrix) -> Matrix:
        """Return the probabilities of scores."""
        odds = self.slope * scores + self.offsets
        return 1 / (1 + np.exp(-np.where(odds > 0, self.bend * odds, odds)))


def held_back(examples: Sequence[Example], inverse: Matrix, without_last: int = 0) -> HeldBack:
    """Score each writer's sentences by what the others teach; without_last of the others' sentences are left out.

    inverse: that of `training.fit`, of all examples.
    """
    wanted = answers(examples)
    parts = inverse @ wanted
    writers = np.array([example.by for example in examples])
    scores, seen = np.zeros_like(wanted), np.zeros(len(examples), dtype=bool)
    for writer in sorted(set(writers)):
        these = np.flatnonzero(writers == writer)
        if len(these) < _FEWEST:
            continue
        others = np.flatnonzero(writers != writer)
        unseen = np.concatenate([these, others[len(others) - without_last :]])
        missed = np.linalg.solve(inverse[np.ix_(unseen, unseen)], parts[unseen])
        scores[these] = wanted[these] - missed[: len(these)]
        seen[these] = True
    return HeldBack(scores[seen], wanted[seen])


def calibrated(held: HeldBack) -> Calibration:
    """Return the slope and the offsets that make the probabilities of held-back sentences true."""
    slope, offsets = 6.0, np.full(held.wanted.shape[1], -3.0)
    for _ in range(_ROUNDS):
        sure = Calibration(slope, offsets).probabilities(held.scores)
        spread = sure * (1 - sure)
        pull = _PULL * (offsets - offsets.mean())
        offsets = offsets - ((sure - held.wanted).sum(axis=0) + pull) / (spread.sum(axis=0) + _PULL)
        sure = Calibration(slope, offsets).probabilities(held.scores)
        spread = sure * (1 - sure)
        slope -= float(((sure - held.wanted) * held.scores).sum() / (spread * held.scores**2).sum())
    every = (Calibration(slope, offsets, bend) for bend in _BENDS)
    return max(every, key=lambda one: _likelihood(one.probabilities(held.scores), held.wanted))


def _likelihood(probabilities: Matrix, wanted: Matrix) -> float:
    likely = np.where(wanted > 0, probabilities, 1 - probabilities)
    return float(np.log(np.maximum(likely, _NEVER)).sum())


def reliability(probabilities: Matrix, wanted: Matrix) -> list[tuple[float, float, int]]:
    """Return, for each tenth of the way from impossible to certain, how sure the reading was, how often it was right,
    and of how many acts; what is not worth telling is left out."""
    found = []
    for low in np.arange(0, 1, 0.1):
        told = (probabilities >= max(low, _WORTH_TELLING)) & (probabilities < low + 0.1)
        if told.any():
            found.append((float(probabilities[told].mean()), float(wanted[told].mean()), int(told.sum())))
    return found


def macro_f1(probabilities: Matrix, wanted: Matrix, threshold: float = _EVEN) -> float:
    """Return the mean F1 over the acts that occur."""
    told, right = probabilities >= threshold, wanted > 0
    both = (told & right).sum(axis=0)
    each = 2 * both / np.maximum(told.sum(axis=0) + right.sum(axis=0), 1)
    return float(each[right.any(axis=0)].mean())


def first_right(probabilities: Matrix, wanted: Matrix) -> float:
    """Return the share of sentences whose most probable act is one of theirs."""
    return float(wanted[np.arange(len(wanted)), probabilities.argmax(axis=1)].mean())


def right_when_sure(probabilities: Matrix, wanted: Matrix, at_least: float = 0.8) -> tuple[float, float]:
    """Return how many of the acts told at a high probability are right, and how sure the reading was of them."""
    sure = probabilities >= at_least
    return float(wanted[sure].mean()), float(probabilities[sure].mean())


def gain_of_the_last(examples: Sequence[Example], inverse: Matrix) -> float:
    """Return by how much the last 200 examples raised the mean F1 of held-back sentences."""
    held, fewer = held_back(examples, inverse), held_back(examples, inverse, _LAST)
    return _mean(held) - _mean(fewer)


def _mean(held: HeldBack) -> float:
    return macro_f1(calibrated(held).probabilities(held.scores), held.wanted)
