"""What a clause does is learned from the examples, and from nothing else."""

import pytest

from tests.language.conversations import NOW, desk
from training.__main__ import learned
from training.examples import digest, parsed, read_file
from training.writing import folder
from truebook.language.acts import ACTS, After, read
from truebook.language.acts.weights import header, unpacked, weights
from truebook.language.languages import LANGUAGES
from truebook.language.meaning.clauses import masked
from truebook.language.names import Directory
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening


def first(clause: str, after: After, language: str) -> str:
    heard = read(clause, after, language)[0]
    return f"{heard.act}:{heard.topic}" if heard.topic else heard.act


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_were_learned_from_the_examples_as_they_stand(language: str) -> None:
    data = (folder() / f"{language}.bin").read_bytes()
    assert header(data)["learned_from"] == digest(language), "the examples have changed: make train"
    assert len(data) < 1_000_000


@pytest.mark.slow
def test_learning_again_gives_the_weights_that_are_committed() -> None:
    again, committed = unpacked(learned("nl")), weights("nl")
    assert again.offsets == pytest.approx(committed.offsets, abs=0.01)
    assert again.scale == pytest.approx(committed.scale, rel=0.01)
    assert again.starts.keys() == committed.starts.keys()


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_an_example_and_stands_once(language: str) -> None:
    examples = [(one.text, one.after) for one in read_file(language)]
    assert len(examples) == len(set(examples))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("book me in -> book | after: nothing | by: x", "not 'text"),
        ("book me in ⟶ reserve | after: nothing | by: x", "no such act: reserve"),
        ("book me in ⟶ book | after: yesterday | by: x", "no such state: yesterday"),
        ("book me in on {date} ⟶ book | after: nothing | by: x", "no such value: date"),
    ],
)
def test_a_line_that_is_no_example_is_named(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parsed(line)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("clause", "after", "act"),
    [
        ("i'd like to book a {service}", "nothing", "book"),
        ("please cancel my appointment", "nothing", "cancel"),
        ("how much is a {service}", "nothing", "ask:price"),
        ("yes please", "readback", "agree"),
        ("yes i will be there", "reminder", "coming"),
    ],
)
def test_what_was_said_before_tells_what_a_clause_does(clause: str, after: After, act: str) -> None:
    assert first(clause, after, "en") == act


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "language", "frame"),
    [
        ("please make it two hours", "en", "please make it {length}"),
        ("extend it by half an hour", "en", "extend it by {length}"),
        ("es dauert 90 Minuten", "de", "es dauert {length}"),
        ("que dure 90 minutos", "es", "que dure {length}"),
        ("il faut une demi-heure", "fr", "il faut {length}"),
        ("bastano 20 minuti", "it", "bastano {length}"),
        ("het duurt 20 minuten", "nl", "het duurt {length}"),
        ("leva 40 minutos", "pt", "leva {length}"),
    ],
)
def test_a_length_of_time_is_masked(text: str, language: str, frame: str) -> None:
    listening = Listening(desk(language), Directory(()), Directory(()), NOW)
    assert masked(values_of(text, language, listening)) == frame


@pytest.mark.unit
def test_the_probable_comes_first_and_everything_told_is_known() -> None:
    heard = read("hello, could I move my {day} appointment and how much is it", "nothing", "en")
    assert [one.probability for one in heard] == sorted((one.probability for one in heard), reverse=True)
    assert all((f"{h.act}:{h.topic}" if h.topic else h.act) in ACTS and 0 < h.probability <= 1 for h in heard)


@pytest.mark.unit
def test_nothing_is_heard_in_nothing() -> None:
    assert read(" … ", "nothing", "en") == ()
