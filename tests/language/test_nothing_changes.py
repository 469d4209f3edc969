"""That nothing is to change is heard in many words, and no word of every day is a misspelled hour or day."""

import pytest

from truebook.language.lists.ordinary import ordinary
from truebook.language.temporal.lexicon import MISSPELLED, lexicon
from truebook.language.visits.parting import parting

pytestmark = pytest.mark.unit
MEANT = frozenset(  # what is one, in another form
    "abende spaetnachmittags spatnachmittags werktags siguientes suivantes suivants seguenti successive successivi "
    "proximas proximos seguintes".split()
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no no, don't change anything! just asking"),
        ("en", "leave it as it is please"),
        ("de", "nein, es bleibt alles wie es ist"),
        ("de", "bitte nichts ändern"),
        ("es", "no cambie nada, déjelo como está"),
        ("fr", "Non non, on ne change rien ! Je demandais juste"),
        ("fr", "Laissez le rendez-vous tel quel, s'il vous plaît"),
        ("it", "no, lasci tutto così"),
        ("nl", "nee hoor, laat het maar zo"),
        ("pt", "não mude nada, deixe como está"),
    ],
)
def test_nothing_is_to_change(language: str, text: str) -> None:
    assert parting(text, language).unchanged


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "can I change it to friday?"), ("de", "ich möchte nichts anderes als Freitag"), ("fr", "rien de mieux ?")],
)
def test_something_else_is(language: str, text: str) -> None:
    assert not parting(text, language).unchanged


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it", "nl", "pt"])
def test_no_ordinary_word_is_a_misspelled_one(language: str) -> None:
    known = lexicon(language)
    unknown = [word for word in ordinary(language) if word not in known.root.next and word not in MEANT]
    assert [word for word in unknown if known.items(word)[0].kinds.keys() & {*MISSPELLED}] == []
