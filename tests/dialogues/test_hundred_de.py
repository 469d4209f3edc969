"""A hundred conversations in German, through the real chat, and the rows they end in."""

import pytest

from tests.dialogues.hundred import STORIES, Phrases, failures, shop

pytestmark = pytest.mark.anyio
PHRASES: Phrases = {
    "wish": (
        "Ich hätte gern morgen um 15:30 Uhr einen Haarschnitt bei Anna",
        "Können Sie mir für morgen 15:30 einen Haarschnitt bei Anna buchen?",
        "hallo, haarschnitt morgen halb vier nachmittags bei anna bitte", "Haarschnitt bei Anna am Mittwoch um 15.30 Uhr",
        "Ist am 3. Dezember um 15:30 Uhr bei Anna ein Haarschnitt möglich?",
        "Haarschnitt bei Anna, Mittwoch 3. Dezember, 15:30 Uhr",
        "Ich brauche einen Haarschnitt. Bei Anna, morgen, 15:30 Uhr.", "Hat Anna morgen um 15:30 Uhr Zeit für einen Haarschnitt?",
        "Guten Tag! Ich möchte für den 3. Dezember um 15 Uhr 30 einen Haarschnitt bei Anna buchen.",
        "bitte tragen Sie mich morgen um 15:30 für einen Haarschnitt bei Anna ein",
    ),
    "yes": (
        "ja", "ja bitte", "ja, buchen Sie das", "klingt gut", "das passt", "ok", "gerne", "perfekt, machen Sie das",
        "ja, das stimmt", "super, danke, ja",
    ),
    "agree": (
        "ja", "ja bitte", "ja, sagen Sie ihn ab", "genau", "das passt", "ok", "ja, leider", "perfekt, machen Sie das",
        "ja, das stimmt", "bitte stornieren, danke",
    ),
    "no": (
        "nein", "nein danke", "nee", "lieber nicht", "nein, lassen Sie es", "nein, bitte nicht", "eher nicht",
        "nein, vergessen Sie es", "doch nicht", "nein, vielen Dank",
    ),
    "bye": (
        "tschüss", "auf Wiedersehen", "das war's, tschüss", "bis dann", "danke, tschüss", "schönen Tag noch", "ciao",
        "das ist alles, danke", "ok tschüss", "bis bald",
    ),
    "question": (
        "was kostet das?", "wie viel kostet es?", "wie lange dauert das?", "wo sind Sie genau?", "wie ist Ihre Adresse?",
        "wann schließen Sie?", "was sind Ihre Öffnungszeiten?", "was bieten Sie sonst noch an?", "wie lange dauert es denn?",
        "wie ist der Preis?",
    ),
    "thursday": (
        "nein warte, lieber am Donnerstag, gleiche Zeit", "eigentlich wäre Donnerstag besser", "geht auch Donnerstag stattdessen?",
        "können Sie das auf Donnerstag ändern", "nicht morgen, am Donnerstag bitte", "hm, doch lieber Donnerstag",
        "Donnerstag zur gleichen Zeit wäre besser", "Entschuldigung, ich meinte Donnerstag", "nehmen wir lieber Donnerstag",
        "doch lieber Donnerstag um 15:30 Uhr",
    ),
    "later": (
        "oh, geht es auch um 16:30?", "eigentlich wäre 16:30 Uhr besser", "Entschuldigung, ich meinte 16:30 Uhr",
        "geht stattdessen auch halb fünf nachmittags?", "können Sie das auf 16:30 Uhr ändern?", "hm, machen Sie bitte 16:30 daraus",
        "Moment, 16:30 Uhr bitte", "können Sie ihn auf 16:30 verschieben?", "nein warte, 16:30 Uhr",
        "lieber um 16:30, wenn es geht",
    ),
    "cancel": (
        "bitte sagen Sie meinen Termin ab", "ich muss absagen", "bitte stornieren", "können Sie meinen Haarschnitt absagen?",
        "ich muss meinen Termin leider absagen", "ich kann nicht kommen, bitte absagen", "ich möchte den Termin stornieren",
        "würden Sie meinen Termin absagen?", "mir ist etwas dazwischengekommen, bitte den Termin absagen",
        "sagen Sie den Haarschnitt bitte ab",
    ),
    "thanks": (
        "danke", "vielen Dank", "danke schön", "super, danke", "besten Dank", "dankeschön", "herzlichen Dank", "ok danke",
        "merci", "perfekt, danke",
    ),
    "move": (
        "kann ich meinen Termin auf Donnerstag verschieben?", "bitte verlegen Sie ihn auf Donnerstag",
        "ich muss auf Donnerstag verschieben", "können Sie meinen Haarschnitt auf Donnerstag verlegen, gleiche Zeit?",
        "verschieben Sie den Termin bitte auf Donnerstag 15:30 Uhr", "können wir meinen Termin auf Donnerstag verlegen?",
        "ich möchte meinen Termin auf Donnerstag um 15:30 Uhr verlegen", "bitte ändern Sie meinen Termin auf Donnerstag",
        "können Sie ihn auf Donnerstag verschieben?", "verlegen Sie meinen Termin bitte auf den 4. Dezember",
    ),
    "greeting": (
        "hallo", "guten Tag", "guten Morgen", "servus", "hallo, ich hätte gern einen Termin", "hi, kann ich etwas buchen?",
        "guten Morgen, ich brauche einen Termin", "grüß Gott", "hallo, ich möchte einen Termin vereinbaren", "moin",
    ),
    "service": (
        "einen Haarschnitt", "ich brauche einen Haarschnitt", "Haarschnitt bitte", "ich möchte einen Haarschnitt",
        "einen Haarschnitt bei Anna", "einmal Haare schneiden", "kann ich einen Haarschnitt bekommen?", "Haarschnitt",
        "ich will einen Haarschnitt", "es geht um einen Haarschnitt",
    ),
    "day": (
        "morgen, bei Anna", "am Mittwoch bei Anna", "morgen, wenn Anna Zeit hat", "Mittwoch, und bei Anna bitte",
        "morgen bitte, bei Anna", "am 3., bei Anna", "bei Anna am Mittwoch", "morgen. Anna, bitte.", "am 3. Dezember bei Anna",
        "Anna, morgen",
    ),
    "clock": (
        "um 15:30", "15:30 Uhr", "halb vier am Nachmittag", "15:30 bitte", "um 15 Uhr 30", "15:30", "geht 15:30?",
        "15.30 Uhr wäre toll", "um 15:30, wenn es geht", "sagen wir 15:30",
    ),
    "around": (
        "einen Haarschnitt bei Anna morgen gegen 15 Uhr", "haarschnitt bei anna morgen so um 15 uhr rum",
        "kann ich morgen gegen 15:00 einen Haarschnitt bei Anna haben?", "Haarschnitt morgen so gegen 15 Uhr bei Anna",
        "ich hätte gern am Mittwoch gegen 15:00 einen Haarschnitt bei Anna", "Anna, Haarschnitt, morgen, etwa um 15 Uhr",
        "hat Anna morgen gegen 15 Uhr Zeit für einen Haarschnitt?", "einen Haarschnitt morgen ungefähr um 15 Uhr bei Anna, bitte",
        "morgen irgendwann um 15 Uhr herum, Haarschnitt bei Anna", "Haarschnitt bei Anna, Mittwoch, circa 15 Uhr",
    ),
    "pick": (
        "halb vier", "der zweite", "15:30", "der spätere", "15:30 bitte", "15:30 ist gut", "ich nehme den zweiten",
        "den späteren bitte", "um halb vier", "nehmen wir 15:30",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
async def test_ten_ways_to_tell_a_story_end_in_the_same_row(database: str, story: str) -> None:
    async with shop(database, "de", "Haarschnitt", ("Haare schneiden", "schneiden")) as desk:
        wrong = await failures(desk, STORIES[story], PHRASES, "Haarschnitt")
    assert wrong == [], "\n\n".join(wrong)
