"""The parts of a visit: when each begins is told, and can be asked; one person's come in turn, different people's at once
where that can be. Who has what stays with whom it was said of."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_notes import YES
from tests.desk import Desk
from truebook.language import wording

pytestmark = pytest.mark.anyio
PAIR = {
    "en": "I need a haircut and my son Finn needs one too, both at the same time, saturday at 9",
    "de": "ich brauche einen Haarschnitt und mein Sohn Finn braucht auch einen, beide gleichzeitig, Samstag um 9",
    "es": "necesito un corte y mi hijo Finn también necesita uno, los dos a la vez, el sábado a las 9",
    "fr": "il me faut une coupe et mon fils Finn en a besoin aussi, en même temps, samedi à 9h",
    "it": "mi serve un taglio e anche mio figlio Finn ne vuole uno, insieme, sabato alle 9",
    "nl": "ik wil knippen en mijn zoon Finn moet ook geknipt worden, tegelijk, zaterdag om 9 uur",
    "pt": "preciso de um corte e o meu filho Finn também precisa de um, ao mesmo tempo, sábado às 9h",
}
AT_ONCE = {
    "en": "at the same time", "de": "gleichzeitig", "es": "a la vez", "fr": "en même temps", "it": "nello stesso momento",
    "nl": "tegelijk", "pt": "ao mesmo tempo",
}  # fmt: skip
HIS_THE_BEARD = {
    "en": "sorry, Finn wants no haircut just his beard trimmed, so mine's the haircut his the beard",
    "de": "nein, bei Finn nur den Bart, ich bekomme den Haarschnitt",
    "es": "no, para Finn sin corte, solo la barba, y para mí el corte",
    "fr": "non, pour Finn juste la barbe, et moi la coupe",
    "it": "no, per Finn solo la barba, e per me il taglio",
    "nl": "nee, voor Finn alleen de baard, en ik de knipbeurt",
    "pt": "não, para o Finn só a barba, e para mim o corte",
}
FOR_DAD = {
    "en": "it's for my father: a haircut with anna and a beard trim with ben on friday at 10",
    "de": "es ist für meinen Vater: Haarschnitt bei Anna und Bart bei Ben am Freitag um 10",
    "es": "es para mi padre: corte con Anna y barba con Ben el viernes a las 10",
    "fr": "c'est pour mon père : une coupe avec Anna et la barbe avec Ben vendredi à 10h",
    "it": "è per mio padre: taglio con Anna e barba con Ben venerdì alle 10",
    "nl": "het is voor mijn vader: knippen bij Anna en baard bij Ben vrijdag om 10 uur",
    "pt": "é para o meu pai: corte com a Anna e barba com o Ben na sexta às 10h",
}
ASKED = {
    "en": ("so do you do them one after the other?", "at the same time or one after the other?", "what time is the beard?"),
    "de": ("ist das dann nacheinander?", "gleichzeitig oder nacheinander?", "und um wie viel Uhr ist der Bart?"),
    "es": ("¿van uno después del otro?", "¿las dos cosas a la vez o primero una y luego la otra?", "¿a qué hora es la barba?"),
    "fr": ("c'est l'un après l'autre ?", "en même temps ou l'un après l'autre ?", "la barbe est à quelle heure ?"),
    "it": ("li fate uno dopo l'altro?", "insieme o uno dopo l'altro?", "a che ora è la barba?"),
    "nl": ("doet u dat na elkaar?", "tegelijk of na elkaar?", "hoe laat is de baard?"),
    "pt": ("é um a seguir ao outro?", "ao mesmo tempo ou um a seguir ao outro?", "a que horas é a barba?"),
}  # fmt: skip


@pytest.mark.parametrize("language", PAIR)
async def test_two_people_who_want_the_same_at_once_are_read_back_in_one_round(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    said = await chat.say(PAIR[language])
    assert AT_ONCE[language] in said and chat.last and chat.last.acts[-1]["kind"] == "read_back", said
    await chat.say(YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-06 09:00 + Haircut Ben Finn 12-06 09:00"]


@pytest.mark.parametrize("language", HIS_THE_BEARD)
async def test_what_one_of_them_has_instead_leaves_the_others_as_it_is(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, PAIR[language], HIS_THE_BEARD[language], YES[language])
    (found,) = await visits(desk)
    assert "Haircut" in found and found.count("12-06 09:00") == 2, found
    assert "Beard trim Ben Finn" in found or "Beard trim Clara Finn" in found, found


@pytest.mark.parametrize("language", FOR_DAD)
async def test_whom_it_is_for_is_said_of_all_of_it_and_each_start_is_told(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    said = await chat.say(FOR_DAD[language])
    assert "(10:00)" in said and "(10:45)" in said and AT_ONCE[language] not in said, said
    await chat.say(YES[language])
    (found,) = await visits(desk)
    first, second = found.removeprefix("confirmed: ").split(" + ")
    assert first.startswith("Haircut Anna ") and first.endswith(" 12-05 10:00"), found
    assert second == first.replace("Haircut Anna", "Beard trim Ben").replace("10:00", "10:45"), found


@pytest.mark.parametrize("language", ASKED)
async def test_whether_they_come_in_turn_is_told_from_what_was_read_back(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    before = await chat.say(FOR_DAD[language])
    for line in ASKED[language]:
        said = await chat.say(line)
        told, *asked = said.splitlines()
        assert "10:00" in told and "10:45" in told and "✓" not in told, said
        assert len(asked) == 1 and "10:45" in asked[0], said
        assert said != before
    await chat.say(YES[language])
    assert len(await visits(desk)) == 1


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "put the haircut at 10:00 and the beard right after, at 10:45"),
        ("de", "dann den Haarschnitt um 10 und den Bart gleich danach, um 10:45"),
        ("es", "pues ponga el corte a las 10:00 y la barba justo después, a las 10:45"),
        ("fr", "mettez la coupe à 10:00 et la barbe juste après, à 10:45"),
        ("it", "metta il taglio alle 10 e la barba subito dopo, alle 10:45"),
        ("nl", "zet het knippen om 10 uur en de baard meteen daarna, om 10:45"),
        ("pt", "ponha o corte às 10h e a barba logo a seguir, às 10:45"),
    ],
)
async def test_hours_that_fit_what_was_read_back_change_nothing(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, FOR_DAD[language], line, YES[language])
    (found,) = await visits(desk)
    assert found.count("+") == 1 and "Haircut Anna" in found and "Beard trim Ben" in found, found
    assert "12-05 10:00" in found and "12-05 10:45" in found, found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "a haircut with anna at 10 and a beard trim with ben at 10:45 on friday, all for my father"),
        ("de", "am Freitag um 10 Haarschnitt bei Anna und um 10:45 Bart bei Ben, alles für meinen Vater"),
        ("es", "el viernes a las 10 corte con Anna y a las 10:45 barba con Ben, todo para mi padre"),
        ("fr", "vendredi à 10h coupe avec Anna et à 10h45 barbe avec Ben, tout pour mon père"),
    ],
)
async def test_hours_of_which_one_begins_where_the_other_ends_are_one_visit(
    desk: Desk, language: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    (found,) = await visits(desk)
    first, second = found.removeprefix("confirmed: ").split(" + ")
    assert first.startswith("Haircut Anna ") and first.endswith(" 12-05 10:00"), found
    assert second == first.replace("Haircut Anna", "Beard trim Ben").replace("10:00", "10:45"), found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I had a colour last month, so I'd like a haircut with anna on friday at 10"),
        ("de", "letzten Monat hatte ich eine Farbe, deshalb möchte ich einen Haarschnitt bei Anna am Freitag um 10"),
        ("es", "el mes pasado me hice un color, así que quiero un corte con Anna el viernes a las 10"),
        ("fr", "le mois dernier j'ai fait une couleur, du coup je voudrais une coupe avec Anna vendredi à 10h"),
        ("it", "il mese scorso ho fatto un colore, quindi vorrei un taglio con Anna venerdì alle 10"),
        ("nl", "vorige maand had ik een kleuring, dus ik wil knippen bij Anna vrijdag om 10 uur"),
        ("pt", "no mês passado fiz uma coloração, por isso queria um corte com a Anna na sexta às 10h"),
    ],
)  # fmt: skip
async def test_a_service_that_only_tells_why_is_not_wished_for(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]


async def test_each_of_two_who_are_named_has_an_hour_and_somebody(desk: Desk) -> None:
    chat = await carla(desk)
    line = "two haircuts Saturday the sixth, Finn at nine with Anna and me at nine with Ben or Clara"
    await talk(chat, line, "yes")
    assert await visits(desk) == ["confirmed: Haircut Anna Finn 12-06 09:00 + Haircut Ben 12-06 09:00"]


async def test_at_the_hour_of_an_offer_only_one_of_two_services(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut and a beard trim on friday morning", "at 9, but only the haircut please", "yes")
    (found,) = await visits(desk)
    assert found.startswith("confirmed: Haircut") and "+" not in found and found.endswith("12-05 09:00"), found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "a haircut for me and my son Bram on saturday, he at 9 with Anna and I at 9 with Clara"),
        ("nl", "Knippen voor mij en mijn zoon Bram zaterdag, hij om 9 uur bij Anna en ik om 9 uur bij Clara"),
        ("de", "Haarschnitt für mich und meinen Sohn Bram am Samstag, er um 9 bei Anna und ich um 9 bei Clara"),
    ],
)
async def test_a_pronoun_means_whoever_was_named(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna Bram 12-06 09:00 + Haircut Clara 12-06 09:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "coupe avec Anna à 10h et barbe avec Ben à 10h45 vendredi"),
        ("pt", "corte com a Anna às 10h e barba com o Ben às 10h45 na sexta"),
        ("it", "taglio con Anna alle 10 e barba con Ben alle 10:45 venerdì"),
    ],
)
async def test_two_hours_joined_by_an_and_are_no_range(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, line, YES[language])
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00 + Beard trim Ben 12-05 10:45"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "I'm Dora Pike. And which one comes first?"),
        ("de", "Dora Pike. Und was kommt zuerst?"),
        ("fr", "Dora Pike. Et dans quel ordre ?"),
    ],
)
async def test_it_may_be_asked_beside_the_name(desk: Desk, language: str, name: str) -> None:
    chat = await carla(desk, name=None, phone=None)
    await chat.say(FOR_DAD[language])
    told, asked = (await chat.say(name)).splitlines()
    assert "10:00" in told and "10:45" in told and "Dora Pike" in asked, (told, asked)


async def test_what_is_put_into_one_visit_waits_no_longer(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("I'd like a haircut on friday and a colour on saturday")
    await chat.say("no, colour and haircut in one visit, both with Anna, on saturday at 9")
    said = await chat.say("yes")
    assert "Next" not in said, said
    assert await visits(desk) == ["confirmed: Colour Anna 12-06 09:00 + Haircut Anna 12-06 10:30"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "can we come friday instead, both with Ben?"),
        ("de", "könnten wir lieber am Freitag kommen, beide bei Ben?"),
        ("it", "possiamo venire venerdì invece? tutti e due da Ben"),
        ("pt", "podemos ir antes na sexta, os dois com o Ben?"),
    ],
)
async def test_whoever_has_one_of_two_who_come_is_not_called_busy(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, PAIR[language], YES[language])
    assert "Ben" in (said := await talk(chat, line))
    assert not any(one.format(staff="Ben") in said for one in wording.table(language)["gave_staff"]), said
