"""A day or an hour that is only a limit, or only a reason, is not the day or the hour that is wished for."""

from datetime import date, time

import pytest

from tests.language.conversations import desk, say
from truebook.language.dialogue import begin
from truebook.language.values.counting import counted
from truebook.language.wish import Days, Times, Visit

pytestmark = pytest.mark.unit


def told(text: str, language: str) -> Visit:
    return say(begin(desk(language)), text).wish.visit


def stretch(visit: Visit) -> str:
    days = [v for c in visit.constraints if c.on == "day" and c.allow for v in c.values]
    return " ".join(f"{d.first:%m-%d}..{d.last:%m-%d}" for d in days if isinstance(d, Days))


def windows(visit: Visit) -> list[Times]:
    return [v for c in visit.constraints if c.on in ("time", "end") for v in c.values if isinstance(v, Times)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut by the 11th"),
        ("en", "a haircut, not later than the 11th"),
        ("en", "a haircut until friday the 11th"),
        ("de", "Haarschnitt bis 11. Dezember"),
        ("de", "einen Haarschnitt, spätestens am 11."),
        ("es", "un corte a más tardar el 11"),
        ("es", "un corte, hasta el 11"),
        ("fr", "une coupe au plus tard le 11"),
        ("fr", "une coupe d'ici le 11 décembre"),
        ("it", "un taglio entro il 11"),
        ("it", "un taglio non più tardi del 11 dicembre"),
        ("nl", "knippen uiterlijk de 11e"),
        ("pt", "um corte até dia 11"),
        ("pt", "um corte até ao dia 11 de dezembro"),
    ],
)
def test_until_when(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-01..12-11"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut before the test on Friday 11 Dec"),
        ("en", "a haircut before friday the 11th"),
        ("en", "I need a haircut, my exam is on Friday the 11th"),
        ("en", "haircut please. my sister's birthday is the 11th"),
        ("en", "I have an exam on the 11th and need a haircut"),
        ("de", "Haarschnitt vor der Schularbeit am Freitag, den 11."),
        ("de", "mei bua hat am 11.12. schularbeit und braucht vorher an Haarschnitt"),
        ("de", "einen Haarschnitt noch vor dem 11."),
        ("es", "un corte antes del examen del viernes 11"),
        ("es", "un corte antes del 11"),
        ("fr", "une coupe avant l'examen du 11 décembre"),
        ("fr", "une coupe avant le 11"),
        ("it", "un taglio prima dell'esame dell'11 dicembre"),
        ("it", "un taglio prima del 11"),
        ("nl", "knippen nog voor de 11e"),
        ("nl", "knippen, het examen is op vrijdag 11 december"),
        ("pt", "um corte antes do teste de 11 de dezembro"),
        ("pt", "um corte antes de dia 11"),
    ],
)
def test_before_what_happens_on_a_day(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-01..12-10"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut for the wedding on Saturday"),
        ("de", "Haarschnitt für die Hochzeit am Samstag"),
        ("es", "un corte para la boda del sábado"),
        ("fr", "une coupe pour le mariage de samedi"),
        ("it", "un taglio per il matrimonio di sabato"),
        ("nl", "knippen voor de bruiloft op zaterdag"),
        ("pt", "um corte para o casamento de sábado"),
    ],
)
def test_for_an_occasion_is_on_its_day_or_before(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-01..12-05"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut from the 12th on"),
        ("en", "a haircut, not before the 12th"),
        ("en", "a haircut after the 11th"),
        ("de", "Haarschnitt ab dem 12."),
        ("de", "Haarschnitt nicht vor dem 12."),
        ("de", "Haarschnitt nach dem 11."),
        ("es", "un corte a partir del 12"),
        ("es", "un corte del 12 en adelante"),
        ("fr", "une coupe à partir du 12"),
        ("fr", "une coupe pas avant le 12"),
        ("it", "un taglio a partire dal 12"),
        ("it", "un taglio dal 12 in poi"),
        ("nl", "knippen vanaf de 12e"),
        ("nl", "knippen na de 11e"),
        ("pt", "um corte a partir de dia 12"),
        ("pt", "um corte depois de dia 11"),
    ],
)
def test_from_when_on(language: str, text: str) -> None:
    assert stretch(told(text, language)).startswith("12-12..0")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, thursday is my sister's birthday"),
        ("de", "Donnerstag hat meine Schwester Geburtstag, bitte einen Haarschnitt am Freitag"),
        ("es", "un corte el viernes, que el jueves es la boda"),
        ("fr", "une coupe vendredi, jeudi c'est l'anniversaire de ma soeur"),
        ("it", "un taglio venerdì, giovedì ho l'esame"),
        ("nl", "knippen op vrijdag, donderdag is de verjaardag van mijn zus"),
        ("pt", "um corte na sexta, na quinta é o casamento"),
    ],
)
def test_a_day_that_is_a_reason_beside_another_is_none(language: str, text: str) -> None:
    visit = told(text, language)
    assert stretch(visit) == "12-04..12-04"
    assert visit.whom is None, "nobody comes along who only has a birthday"


def test_two_limits_leave_what_lies_between() -> None:
    assert stretch(told("a haircut before the 10th, after the 4th", "en")) == "12-05..12-09"
    assert stretch(told("a haircut this week but before saturday", "en")) == "12-01..12-04"


def test_what_only_looks_like_a_limit_is_none() -> None:
    assert stretch(told("a haircut the day before friday", "en")) == "12-03..12-03"
    assert stretch(told("a haircut after lunch on friday", "en")) == "12-04..12-04"
    assert stretch(told("een knipbeurt voor vrijdag", "nl")) == "12-04..12-04"
    assert stretch(told("my exam is on friday", "en")) == "12-04..12-04"  # the wish, for all that is known


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on saturday, my son has football at half past 11"),
        ("en", "a haircut on saturday, I have to be at work at half past 11"),
        ("de", "Haarschnitt am Samstag, um halb 12 hat er Fußball"),
        ("de", "Haarschnitt Samstag, um 11:30 muss ich weg"),
        ("es", "un corte el sábado, a las 11:30 tengo que estar en el trabajo"),
        ("fr", "une coupe samedi, à 11h30 il a foot"),
        ("it", "un taglio sabato, alle 11:30 devo essere al lavoro"),
        ("nl", "knippen zaterdag, om half 12 moet Siem voetballen"),
        ("pt", "um corte no sábado, às 11:30 tenho de estar no trabalho"),
    ],
)
def test_an_hour_elsewhere_is_the_end(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(None, time(11, 30))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, I finish work at 4"),
        ("de", "Haarschnitt am Freitag, ich arbeite bis 16 Uhr"),
        ("es", "un corte el viernes, salgo a las 16"),
        ("fr", "une coupe vendredi, je finis à 16h"),
        ("it", "un taglio venerdì, esco alle 16"),
        ("nl", "knippen vrijdag, ik werk tot 16 uur"),
        ("pt", "um corte na sexta, saio às 16"),
    ],
)
def test_a_little_after_the_hour_until_when_somebody_works_is_the_beginning(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(16, 15), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "today is tuesday so a haircut on thursday would be best"),
        ("de", "heute ist Dienstag, also bitte einen Haarschnitt am Donnerstag"),
        ("es", "hoy es martes, un corte el jueves"),
        ("fr", "aujourd'hui c'est mardi, une coupe jeudi"),
        ("it", "oggi è martedì, un taglio giovedì"),
        ("nl", "vandaag is het dinsdag, knippen op donderdag"),
        ("pt", "hoje é terça, um corte na quinta"),
    ],
)
def test_what_day_it_is_is_no_wish(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-03..12-03"


def test_a_day_that_contradicts_today_is_in_doubt() -> None:
    day = next(c for c in told("a haircut for today, which is friday", "en").constraints if c.on == "day")
    assert (stretch(told("a haircut for today, which is friday", "en")), day.others) == (
        "12-04..12-04",
        (date(2026, 12, 1),),
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it's 10 am now so a haircut at 11 if possible"),
        ("en", "it's 9 pm right now, a haircut at 11"),
        ("de", "es ist jetzt 9 Uhr, einen Haarschnitt um 11"),
        ("de", "jetzt ist es 9 Uhr, einen Haarschnitt um 11"),
        ("es", "son las 9 ahora, un corte a las 11"),
        ("fr", "il est 9h maintenant, une coupe à 11h"),
        ("it", "adesso sono le 9, un taglio alle 11"),
        ("nl", "het is nu 9 uur, knippen om 11 uur"),
        ("pt", "agora são 9, um corte às 11"),
    ],
)
def test_what_time_it_is_is_no_wish(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(11), time(11))]


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "a haircut on friday at 3", "I can't come on Friday anyway. Can I come on Saturday?"),
        ("en", "a haircut on friday at 3", "I won't be there on Friday. Is Saturday possible?"),
        ("de", "Haarschnitt am Freitag um 15 Uhr", "Am Freitag kann ich doch nicht. Geht es am Samstag?"),
        ("de", "Haarschnitt am Freitag um 15 Uhr", "Freitag bin ich weg. Samstag?"),
        ("es", "un corte el viernes a las 15", "no puedo el viernes, ¿y el sábado?"),
        ("fr", "une coupe vendredi à 15h", "je ne peux pas venir vendredi. samedi c'est possible ?"),
        ("it", "un taglio venerdì alle 15", "venerdì non posso venire. si può sabato?"),
        ("nl", "knippen vrijdag om 15 uur", "vrijdag ben ik weg, zaterdag misschien?"),
        ("pt", "um corte na sexta às 15", "não posso ir na sexta. pode ser no sábado?"),
    ],
)
def test_a_day_on_which_somebody_cannot_come_gives_way(language: str, first: str, then: str) -> None:
    assert stretch(say(say(begin(desk(language)), first), then).wish.visit) == "12-05..12-05"


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "a haircut monday at 5", "I just remembered Jenny's wedding is on monday at 5. make it wednesday at 4"),
        ("de", "Haarschnitt Montag um 17 Uhr", "am Montag um 17 Uhr ist ja die Hochzeit. Bitte Mittwoch um 16 Uhr."),
        ("fr", "une coupe lundi à 17h", "ah non lundi à 17h il y a le mariage. mettez mercredi à 16h"),
        ("es", "un corte el lunes a las 17", "uy el lunes a las 17 tengo la boda. mejor el miércoles a las 16"),
    ],
)
def test_an_occasion_beside_the_new_wish_is_only_why(language: str, first: str, then: str) -> None:
    visit = say(say(begin(desk(language)), first), then).wish.visit
    assert (stretch(visit), windows(visit)) == ("12-09..12-09", [Times(time(16), time(16))])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on the 12th or later"),
        ("de", "Haarschnitt am 12. oder später"),
        ("es", "un corte el 12 de diciembre o después"),
        ("fr", "une coupe le 12 décembre ou après"),
        ("it", "un taglio il 12 dicembre o dopo"),
        ("nl", "knippen de 12e of later"),
        ("pt", "um corte dia 12 ou depois"),
    ],
)
def test_a_day_or_later(language: str, text: str) -> None:
    assert stretch(told(text, language)).startswith("12-12..0")


def test_days_away_are_not_wanted() -> None:
    for text, language in (
        ("I'm away from the 5th to the 9th, a haircut after that", "en"),
        ("bin vom 5. bis 9. im Urlaub, Haarschnitt danach", "de"),
    ):
        denied = [v for c in told(text, language).constraints if c.on == "day" and not c.allow for v in c.values]
        assert denied == [Days(date(2026, 12, 5), date(2026, 12, 9))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "next week but not Tuesday, from 10 onwards because of the bus"),
        ("de", "nächste Woche, aber nicht Dienstag, ab 10 wegen dem Bus"),
        ("es", "la semana que viene, pero el martes no, desde las 10 en adelante por el autobús"),
        ("fr", "la semaine prochaine mais pas mardi, à partir de 10h à cause du bus"),
        ("it", "la settimana prossima ma martedì no, dalle 10 in poi per via dell'autobus"),
        ("nl", "volgende week maar niet dinsdag, vanaf 10 vanwege de bus"),
        ("pt", "na próxima semana menos terça, a partir das 10 por causa do autocarro"),
    ],
)
def test_the_reason_of_a_limit_takes_nothing_of_it_back(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(10), None)]


@pytest.mark.parametrize(
    ("language", "text", "again"),
    [
        ("en", "a haircut in the week of 8 December", False),
        ("de", "Haarschnitt in der Woche vom 8. Dezember, jeder Tag ginge", False),
        ("de", "Haarschnitt zweimal die Woche", True),
        ("nl", "knippen ergens in de week van 8 december", False),
        ("nl", "drie keer per week", True),
        ("en", "a lesson a week, twice a week even", True),
        ("es", "dos clases a la semana", True),
        ("fr", "chaque semaine", True),
    ],
)
def test_in_the_week_is_no_weekly(language: str, text: str, again: bool) -> None:
    assert counted(text, language).again is again


@pytest.mark.parametrize(
    ("text", "party"),
    [("a haircut for four in the evening", None), ("a haircut for four tomorrow", 4), ("a table for two at five", 2)],
)
def test_an_hour_counts_nobody(text: str, party: int | None) -> None:
    assert counted(text, "en").party == party


@pytest.mark.parametrize(
    ("language", "text", "party"),
    [
        ("en", "I'd like to schedule the appointment for 4:15 pm.", None),
        ("en", "I want it for 2.30 in the afternoon", None),
        ("en", "book it for 4:15, for two", 2),
        ("de", "einen Termin für 4.12. bitte", None),
        ("de", "einen Termin für 2, bitte", 2),
        ("es", "una cita para 5/12", None),
        ("fr", "un rendez-vous pour 5h30", None),
        ("it", "un appuntamento per 3:30", None),
        ("nl", "een afspraak voor 4.30", None),
        ("pt", "uma marcação para 5h15, por favor", None),
    ],
)
def test_the_figures_of_an_hour_or_a_date_count_nobody(language: str, text: str, party: int | None) -> None:
    assert counted(text, language).party == party


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("nl", "knippen, woensdag of donderdag 10 december", "12-09..12-09 12-10..12-10"),
        ("de", "Haarschnitt am Mittwoch oder Donnerstag, den 10. Dezember", "12-09..12-09 12-10..12-10"),
        ("en", "a haircut wednesday or thursday the 10th", "12-09..12-09 12-10..12-10"),
    ],
)
def test_a_weekday_beside_a_date_lies_in_its_week(language: str, text: str, wanted: str) -> None:
    assert stretch(told(text, language)) == wanted


@pytest.mark.parametrize(
    ("text", "allowed"),
    [("is Clara not free at 9?", True), ("how about friday, but not at 9?", False), ("a haircut, not at 9", False)],
)
def test_an_hour_that_a_question_asks_for_with_a_no_is_wished_for(text: str, allowed: bool) -> None:
    clocks = [c.allow for c in told(text, "en").constraints if c.on == "time"]
    assert clocks == [allowed]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut next week, tuesday is no good. thursday is out too"),
        ("de", "Haarschnitt nächste Woche, Dienstag geht nicht. Donnerstag ist auch schlecht"),
        ("nl", "knippen volgende week, dinsdag kan niet. donderdag is ook lastig"),
    ],
)
def test_a_day_that_is_no_good_either(language: str, text: str) -> None:
    refused = {v.first for c in told(text, language).constraints if c.on == "day" and not c.allow for v in c.values}
    assert {one.weekday() for one in refused} == {1, 3}


def test_before_noon_is_no_party_of_twelve() -> None:
    assert (counted("maar wel voor 12", "nl").party, counted("knippen voor 2", "nl").party) == (None, 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut thursday, I've got to be out by twelve"),
        ("en", "can I get a haircut thursday so that I'm done by noon?"),
        ("en", "I only have until 12, a haircut on thursday please"),
        ("de", "um zwölf muss ich draußen sein, Haarschnitt am Donnerstag"),
        ("de", "Haarschnitt Donnerstag in der Früh. Um zwölf muss ich aber fertig sein, da kommt der Enkel"),
        ("de", "ich hab nur bis zwölf Zeit, Haarschnitt am Donnerstag"),
        ("es", "un corte el jueves y que esté fuera antes de las doce"),
        ("es", "corte el jueves, a las doce me tengo que ir"),
        ("fr", "une coupe jeudi, il faut que je sois sorti à midi"),
        ("fr", "coupe jeudi mais je dois partir à 12h"),
        ("it", "un taglio giovedì, devo essere fuori per le dodici"),
        ("it", "un taglio giovedì, entro le 12 devo aver finito"),
        ("nl", "knippen donderdag maar ik moet om twaalf uur weg zijn"),
        ("nl", "ik heb maar tot twaalf uur, knippen donderdag"),
        ("pt", "um corte na quinta, ao meio-dia tenho de estar fora"),
        ("pt", "só tenho até às 12, um corte na quinta"),
    ],
)
def test_when_it_must_be_over_is_the_end_of_the_visit(language: str, text: str) -> None:
    ends = [c for c in told(text, language).constraints if c.on == "end"]
    assert [c.values for c in ends] == [(Times(None, time(12)),)]
    assert ends[0].holds(time(12)) and not ends[0].holds(time(12, 15))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, I get out of school at 4"),
        ("de", "vor neun komm ich nicht weg, Haarschnitt am Freitag"),
        ("es", "antes de las nueve no puedo salir, un corte el viernes"),
        ("fr", "je voudrais une coupe vendredi à partir de 11h"),
        ("nl", "knippen vrijdag om 5, dat moet kunnen"),
        ("en", "is friday at five good to go for a haircut"),
    ],
)
def test_what_only_speaks_of_going_is_no_end(language: str, text: str) -> None:
    assert not [c for c in told(text, language).constraints if c.on == "end"]


def test_who_has_to_go_cancels_nothing() -> None:
    for text, language in (
        ("knippen en kleuren vrijdag, om vijf uur moet ik weg zijn", "nl"),
        ("Haarschnitt Freitag, um fünf muss ich weg", "de"),
    ):
        assert not say(begin(desk(language)), text).meaning.does("cancel", least=0.3)


def test_a_time_after_the_end_takes_it_back() -> None:
    state = say(begin(desk("en")), "a haircut on thursday, I have to be out by twelve")
    assert [c.on for c in say(state, "ok, then at 3 pm").wish.visit.constraints] == ["day", "time"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on thursday, end of the day"),
        ("de", "Haarschnitt am Donnerstag am späten Nachmittag"),
        ("es", "un corte el jueves a última hora de la tarde"),
        ("fr", "une coupe jeudi en fin de journée"),
        ("it", "un taglio giovedì nel tardo pomeriggio"),
        ("nl", "knippen donderdag aan het eind van de middag"),
        ("pt", "um corte na quinta ao fim da tarde"),
    ],
)
def test_late_in_the_day_is_late(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(16), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I need a haircut on Friday the 18th, my sister gets married on Saturday"),
        ("en", "my sister gets married on Saturday the 19th so I need a haircut on Friday the 18th"),
        ("en", "a haircut on the 18th please, I fly out on the 19th at 7"),
        ("de", "Haarschnitt am Freitag den 18., am Samstag heiratet meine Nichte"),
        ("de", "Haarschnitt am 18. bitte. Am 19. ziehen wir um"),
        ("es", "mi hermana se casa el sábado 19 así que necesito un corte el viernes 18"),
        ("fr", "une coupe vendredi 18 svp, ma nièce se marie samedi"),
        ("it", "un taglio venerdì 18, sabato si sposa mia nipote"),
        ("nl", "ik wil vrijdag 18 december knippen want zaterdag trouwt mijn zus"),
        ("pt", "preciso de um corte na sexta 18, no sábado casa a minha neta"),
    ],
)
def test_what_happens_on_another_day_is_no_wish_for_it(language: str, text: str) -> None:
    visit = told(text, language)
    assert stretch(visit) == "12-18..12-18"
    assert visit.whom is None
    assert not windows(visit)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut next week, I work from 1pm"),
        ("de", "Haarschnitt nächste Woche, ich arbeite ab 13 Uhr"),
        ("de", "Haarschnitt nächste Woche, ich muss ab 13 Uhr arbeiten"),
        ("de", "Haarschnitt nächste Woche, sie hat ab 13 Uhr Training"),
        ("es", "un corte la semana que viene, trabajo a partir de las 13"),
        ("fr", "une coupe la semaine prochaine, je travaille à partir de 13h"),
        ("it", "un taglio la prossima settimana, lavoro dalle 13"),
        ("nl", "knippen volgende week, ik werk vanaf 13 uur"),
        ("pt", "um corte na próxima semana, trabalho a partir das 13h"),
    ],
)
def test_from_when_on_somebody_works_is_the_end(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(None, time(13))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, he has school until 2"),
        ("de", "Haarschnitt am Freitag, sie hat bis 14 Uhr Schule"),
        ("es", "un corte el viernes, tiene clase hasta las 2"),
        ("fr", "une coupe vendredi, elle a cours jusqu'à 14h"),
        ("it", "un taglio venerdì, ha scuola fino alle 14"),
        ("nl", "knippen vrijdag, ze heeft school tot 14 uur"),
        ("pt", "um corte na sexta, ela tem aulas até às 14"),
    ],
)
def test_until_when_somebody_is_at_school_is_the_beginning(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(14, 15), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut tomorrow, I work from 9 to 2"),
        ("de", "Haarschnitt morgen, arbeite von 9 bis 14 Uhr"),
        ("es", "un corte mañana, trabajo de 9 a 14"),
        ("fr", "une coupe demain, je bosse de 9h à 14h"),
        ("nl", "knippen morgen, ik werk van 9 tot 14 uur"),
    ],
)
def test_while_somebody_works_they_cannot_come(language: str, text: str) -> None:
    (barred,) = [c for c in told(text, language).constraints if c.on == "time"]
    assert (barred.allow, barred.values) == (False, (Times(time(9), time(14)),))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "un corte mañana después de las 4 que salgo del trabajo"),
        ("it", "un taglio domani dopo le 16 quando esco dal lavoro"),
        ("pt", "um corte amanhã depois das 16 quando saio do trabalho"),
        ("de", "Haarschnitt morgen nach der Arbeit ab 16 Uhr"),
        ("de", "Haarschnitt morgen nach der Arbeit, so ab 16 Uhr"),
        ("nl", "knippen morgen zo vanaf 16 uur"),
        ("es", "un corte mañana después del trabajo a partir de las 16"),
        ("it", "un taglio domani dopo il lavoro dalle 16"),
        ("nl", "knippen morgen na het werk vanaf 16 uur"),
    ],
)
def test_the_work_that_somebody_comes_from_bars_nothing(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(16), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on thursday before lunch"),
        ("en", "has Anna got time for a haircut on thursday before lunch?"),
        ("de", "Haarschnitt am Donnerstag vor dem Mittagessen"),
        ("es", "un corte el jueves antes de comer"),
        ("fr", "une coupe jeudi avant le déjeuner"),
        ("it", "un taglio giovedì prima di pranzo"),
        ("nl", "knippen donderdag voor de lunch"),
        ("pt", "um corte na quinta antes do almoço"),
    ],
)
def test_before_lunch_is_in_the_morning(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(7), time(12))]


@pytest.mark.parametrize(
    ("language", "text", "window"),
    [
        ("en", "a haircut tomorrow, half four or later", Times(time(16, 30), None)),
        ("de", "Haarschnitt morgen 16:30 oder später", Times(time(16, 30), None)),
        ("es", "un corte mañana a las 16:30 o más tarde", Times(time(16, 30), None)),
        ("fr", "une coupe demain à 16h30 ou plus tard", Times(time(16, 30), None)),
        ("it", "un taglio domani alle 16:30 o più tardi", Times(time(16, 30), None)),
        ("nl", "knippen morgen om 16:30 of later", Times(time(16, 30), None)),
        ("pt", "um corte amanhã às 16:30 ou mais tarde", Times(time(16, 30), None)),
        ("en", "a haircut tomorrow at 4 at the latest", Times(None, time(16))),
        ("de", "Haarschnitt morgen, 11 Uhr spätestens", Times(None, time(11))),
    ],
)
def test_an_hour_or_later_is_a_window(language: str, text: str, window: Times) -> None:
    assert windows(told(text, language)) == [window]


def test_what_only_goes_by_the_name_of_a_holiday_is_no_day() -> None:
    visit = told("a cut on Friday, not before ten as she sleeps in, then we're off to the Christmas market", "en")
    assert (stretch(visit), windows(visit)) == ("12-04..12-04", [Times(time(10), None)])


def test_any_day_of_a_week_is_that_week() -> None:
    assert stretch(told("a haircut any day next week", "en")) == "12-07..12-13"


def test_room_for_one_is_no_hour() -> None:
    assert windows(told("a haircut, any room for one on thursday?", "en")) == []


def test_the_bus_by_which_somebody_comes_is_no_limit() -> None:
    assert windows(told("knippen donderdag, 10:00 haal ik met de bus", "nl")) == [Times(time(10), time(10))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut please, my brother flies home on Friday the 11th"),
        ("de", "Haarschnitt bitte, wir fahren am 11. weg"),
        ("de", "i brauch an Haarschnitt, am 11. heirat mei bruader"),
        ("es", "un corte, mi hermana se vuelve el 11"),
        ("fr", "une coupe s'il vous plaît, ma fille repart le 11"),
        ("it", "un taglio per favore, l'11 dicembre parto"),
        ("nl", "knippen graag, we vertrekken 11 december"),
        ("pt", "um corte, o meu irmão casa no dia 11"),
    ],
)
def test_the_day_of_a_story_is_the_end_of_what_is_wished_for(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-01..12-10"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on the 11th at ten for my sister's wedding"),
        ("de", "am 11. Haarschnitt für die Hochzeit"),
        ("es", "el 11 de diciembre me caso, un corte ese día"),
    ],
)
def test_what_is_wished_for_on_the_day_itself_is_on_it(language: str, text: str) -> None:
    assert stretch(told(text, language)) == "12-11..12-11"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut, I have to fetch my son at 17:00"),
        ("de", "Haarschnitt, um 17 Uhr muss ich meinen Sohn aus der Krippe holen"),
        ("es", "un corte, a las 17 tengo que recoger a mi hijo"),
        ("fr", "une coupe, crèche à 17h"),
        ("it", "un taglio, alle 17 devo prendere mio figlio all'asilo"),
        ("nl", "knippen, om 17 uur moet ik mijn zoon van de opvang halen"),
        ("pt", "um corte, preciso estar na creche às 17h"),
    ],
)
def test_where_somebody_is_fetched_the_visit_ends_by_then_and_is_not_for_them(language: str, text: str) -> None:
    visit = told(text, language)
    assert (windows(visit), visit.whom) == ([Times(None, time(17))], None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut, she is in 4th grade"),
        ("de", "Haarschnitt, sie geht in die 4. Klasse"),
        ("es", "un corte, está en 4º de primaria"),
        ("fr", "une coupe, ma fille est en 4e"),
        ("fr", "une coupe, 4e c'est sa classe"),
        ("it", "un taglio, fa la 3a media"),
        ("nl", "knippen, ze zit in de 4e"),
        ("pt", "um corte, anda no 9º"),
    ],
)
def test_a_school_year_is_no_date(language: str, text: str) -> None:
    assert stretch(told(text, language)) == ""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is there nothing on friday?"),
        ("es", "¿el viernes no hay?"),
        ("fr", "vendredi il n'y a rien ?"),
        ("nl", "is er vrijdag niks?"),
    ],
)
def test_a_day_that_is_asked_for_with_a_no_is_wished_for(language: str, text: str) -> None:
    state = say(
        say(begin(desk(language)), {"en": "a haircut", "es": "corte", "fr": "coupe", "nl": "knippen"}[language]), text
    )
    assert stretch(state.wish.visit) == "12-04..12-04"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "un taglio mercoledì pomeriggio, dopo le quattro. Quanto dura e quanto costa?"),
        ("nl", "knippen woensdagmiddag, na vieren. Hoe lang duurt het en wat kost het?"),
        ("de", "Haarschnitt Mittwoch Nachmittag, nach vier. Was kostet das?"),
    ],
)
def test_an_hour_before_a_question_stays_a_limit(language: str, text: str) -> None:
    state = say(begin(desk(language)), text)
    assert windows(state.wish.visit) == [Times(time(16), None)]
    assert "other" not in state.meaning.asks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut tomorrow, 11am doesn't work, I have a meeting until two"),
        ("es", "un corte mañana, a las 11 no puedo, tengo una reunión hasta las dos"),
        ("it", "un taglio domani, alle 11 non posso, ho una riunione fino alle due"),
    ],
)
def test_an_hour_that_is_refused_leaves_the_limit_beside_it(language: str, text: str) -> None:
    assert Times(time(14, 15), None) in windows(told(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a colour tomorrow, mornings from ten"),
        ("de", "Farbe morgen vormittags, nicht vor zehn"),
        ("es", "color mañana por la mañana, a partir de las diez"),
        ("fr", "couleur demain le matin, à partir de dix heures"),
        ("it", "colore domani di mattina, dopo le dieci"),
        ("nl", "kleuren morgen in de ochtend, vanaf tien"),
        ("pt", "cor amanhã de manhã, a partir das dez"),
    ],
)
def test_a_part_of_the_day_ends_what_begins_within_it(language: str, text: str) -> None:
    assert windows(told(text, language)) == [Times(time(10), time(12))]


def test_a_district_is_no_day() -> None:
    assert stretch(told("On habite dans le 7e, c'est parfait", "fr")) == ""
