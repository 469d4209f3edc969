"""Whoever writes in one of the seven languages is heard in it, whatever the business's own is."""

import pytest

from training.__main__ import idioms
from training.languages import IDIOMS
from truebook.language.idiom import language_of, likelihoods
from truebook.language.languages import LANGUAGES

pytestmark = pytest.mark.unit

FRESH = {
    "en": ["my hair needs sorting before the wedding", "have you got a spare half hour", "what's the damage for a trim?",
           "can't do mornings i'm afraid", "sorry wrong number", "when do you shut", "could the kids come along"],
    "de": ["Servus, wann habts ihr wieder Zeit?", "brauch an Haarschnitt", "Was macht das denn?", "kann ich später kommen",
           "bin heute leider krank", "wo kann man bei euch stehen bleiben", "habt ihr auch samstags auf"],
    "es": ["quisiera cortarme el pelo", "¿me podría decir el precio?", "estoy malo y no puedo ir", "hay sitio mañana?",
           "buenas, soy nueva por aquí", "prefiero por la tarde", "dónde se puede aparcar"],
    "fr": ["bonjour, une coupe pour demain", "c'est possible plus tôt ?", "je suis en retard", "vous fermez à quelle heure",
           "ma fille a mal aux dents", "combien ça coûte", "je préfère le soir"],
    "it": ["vorrei tagliare i capelli", "quanto costa la piega?", "sono in ritardo", "avete posto domani", "posso spostare?",
           "mia figlia ha mal di denti", "preferisco di sera"],
    "nl": ["ik wil mijn haar laten knippen", "hoeveel kost dat bij jullie", "ik ben te laat", "hebben jullie morgen plek?",
           "mijn dochter heeft kiespijn", "liever in de avond", "kan het ook vroeger"],
    "pt": ["queria cortar o cabelo", "quanto fica a depilação?", "estou atrasado", "vocês têm vaga amanhã?",
           "a minha filha está com dor de dentes", "prefiro à noite", "dá para mudar o horário"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", ["en", "de"])
def test_a_first_message_is_heard_in_its_own_language(language: str, own: str) -> None:
    assert [text for text in FRESH[language] if language_of(text, own, begun=False) != language] == []


@pytest.mark.parametrize("text", ["ok", "no", "Anna", "15:30", "👍", "", "{day} {time}", "super"])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_word_or_two_change_no_conversation(text: str, spoken: str) -> None:
    assert language_of(text, spoken, begun=True) == spoken


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("text", ["SCH-ULE", "ICH-HAB", "QUE-HUS", "nie-wer", "DER-2CH", " ICH-DAS."])
def test_a_code_is_of_no_language(text: str, begun: bool) -> None:
    assert [spoken for spoken in LANGUAGES if language_of(text, spoken, begun=begun) != spoken] == []
    assert language_of("my code is ICH-DAS", "en", begun=begun) == "en"


def test_a_whole_sentence_does() -> None:
    assert language_of("könnten wir bitte auf Deutsch weiterreden", "en", begun=True) == "de"
    assert language_of("puis-je venir avec mon chien", "it", begun=True) == "fr"


def test_what_tells_nothing_is_even() -> None:
    assert set(likelihoods("{day} 15:30 👍").values()) == {1 / len(LANGUAGES)}


def test_the_table_was_learned_from_the_examples_as_they_stand() -> None:
    assert IDIOMS.read_bytes() == idioms(), "the examples have changed: make train"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "am 3. oder 10. Dezember"),
        ("it", "3 dicembre"),
        ("fr", "le 3 ou le 10 décembre"),
        ("nl", "dinsdag of donderdag"),
        ("pt", "terça ou quinta"),
        ("es", "el martes o el jueves"),
    ],
)
def test_days_tell_the_language(language: str, text: str) -> None:
    assert language_of(text, "en", begun=False) == language
