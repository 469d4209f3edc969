"""Days told from others, as far as a fault has stood behind each: "not this saturday but the one after", "before my train
at five", "the later the better"; every sentence after "haircut" at a salon, on Tuesday 1 December 2026 at ten.

Days are those of December that every condition allows ("3>4": the first choice, and the second; "!7": all but), times the
half hours.
"""

from datetime import date, datetime, time, timedelta

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Booked, Desk, Named, Slot
from truebook.language.wish import Constraint, Visit

pytestmark = pytest.mark.unit

NOW = datetime(2026, 12, 1, 10)
DECEMBER = [date(2026, 12, 1) + timedelta(days=number) for number in range(31)]
CLOCKS = [time(hour, minute) for hour in range(7, 22) for minute in (0, 30)]
BOOKED = Slot("friday", "cut", "anna", date(2026, 12, 4), time(15, 30), 45)
SERVICES = (
    Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen")),
    Named("colour", "Colour", ("Farbe", "color", "couleur", "colore", "kleuren", "coloração")),
)
SAID: tuple[tuple[str, str, str, str], ...] = (
    ("en", "haircut, not this saturday but the one after", "12", ""),
    ("en", "can i get a cut the thursday after next", "10", ""),
    ("en", "book me for 10 on wednesday for a haircut", "2", "10:00"),
    ("en", "haircut tmrw mornin pls", "2", "7:00-12:00"),
    ("en", "cut on weds arvo", "2", "12:00-18:00"),
    ("en", "haircut a week from friday", "11", ""),
    ("en", "could i have a haircut in a fortnight", "15", ""),
    ("en", "haircut sometime the week of the 7th", "7-13", ""),
    ("en", "haircut any day but monday", "!7", ""),
    ("en", "a haircut friday, before my train at five", "4", "-17:00"),
    ("en", "haircut thursday after work", "3", "17:00-"),
    ("en", "haircut during my lunch break on friday", "4", "12:00-14:00"),
    ("en", "haircut thursday or, failing that, friday", "3>4", ""),
    ("en", "haircut on thursday, the later the better", "3", "latest"),
    ("en", "today is tuesday, so thursday for a haircut", "3", ""),
    ("en", "haircut saturday week", "12", ""),
    ("en", "haircut thurs eve", "3", "17:00-21:00"),
    ("en", "haircut a fortnight on friday", "18", ""),
    ("en", "haircut not tomorrow but the day after", "3", ""),
    ("en", "haircut, this friday's no good, the one after is", "11", ""),
    ("en", "haircut monday, earlier is better", "7", "soonest"),
    ("en", "haircut on friday once i've finished work", "4", "17:00-"),
    ("en", "haircut first thing on thurs", "3", "9:00-10:00"),
    ("en", "haircut any weekday except wednesday", "!2", ""),
    ("en", "haircut the friday after this one", "11", ""),
    ("en", "haircut friday at 12 on the dot", "4", "12:00"),
    ("en", "haircut at 4 on thursday please", "3", "16:00"),
    ("en", "need a haircut before the weekend", "1-4", ""),
    ("en", "a haircut two weeks today", "15", ""),
    ("de", "haarschnitt nicht diesen samstag sondern den danach", "12", ""),
    ("de", "haarschnitt übernächsten donnerstag", "10", ""),
    ("de", "haarschnitt für mittwoch auf 10", "2", "10:00"),
    ("de", "haarschnitt am dunnerstag", "3", ""),
    ("de", "haarschnitt morgn vormittog", "2", "7:00-12:00"),
    ("de", "haarschnitt dienstag in einer woche", "8", ""),
    ("de", "haarschnitt in vierzehn tagen", "15", ""),
    ("de", "haarschnitt in der woche vom 7.", "7-13", ""),
    ("de", "haarschnitt, jeder tag außer montag", "!7", ""),
    ("de", "haarschnitt am freitag, bevor um fünf mein zug geht", "4", "-17:00"),
    ("de", "haarschnitt donnerstag nach der arbeit", "3", "17:00-"),
    ("de", "haarschnitt freitag in der mittagspause", "4", "12:00-14:00"),
    ("de", "haarschnitt donnerstag, wenn das nicht geht freitag", "3>4", ""),
    ("de", "haarschnitt donnerstag, je später desto besser", "3", "latest"),
    ("de", "heute ist dienstag, also haarschnitt am donnerstag", "3", ""),
    ("de", "haarschnitt freitag in zwei wochen", "18", ""),
    ("de", "haarschnitt irgendwann bloß nicht am freitag", "!4", ""),
    ("de", "haarschnitt samstag in acht tagen", "12", ""),
    ("de", "haarschnitt heut in einer woche", "8", ""),
    ("de", "haarschnitt donnerstag nach büroschluss", "3", "17:00-"),
    ("de", "haarschnitt freitag, je früher desto besser", "4", "soonest"),
    ("de", "haarschnitt am mittwoch zu mittag", "2", "12:00-14:00"),
    ("de", "haarschnitt diese woche, nur mittwoch geht nicht", "!2", ""),
    ("es", "un corte, este sábado no, el siguiente", "12", ""),
    ("es", "ponme a las 10 el miércoles para un corte", "2", "10:00"),
    ("es", "corte mñn por la tarde", "2", "15:00-21:00"),
    ("es", "corte de este martes en ocho días", "8", ""),
    ("es", "corte dentro de quince días", "15", ""),
    ("es", "corte en la semana del 7", "7-13", ""),
    ("es", "corte cualquier día menos el lunes", "!7", ""),
    ("es", "corte el viernes antes de mi tren de las cinco", "4", "-17:00"),
    ("es", "corte el jueves después del trabajo", "3", "17:00-"),
    ("es", "corte el jueves o si no el viernes", "3>4", ""),
    ("es", "corte el jueves, cuanto más tarde mejor", "3", "latest"),
    ("es", "hoy es martes, pues corte el jueves", "3", ""),
    ("es", "corte pasado mañana al salir del trabajo", "3", "17:00-"),
    ("es", "corte el juevez", "3", ""),
    ("es", "corte el viernes, cuanto antes mejor", "4", "soonest"),
    ("fr", "une coupe, pas ce samedi mais celui d'après", "12", ""),
    ("fr", "coupe jeudi en quinze", "17", ""),
    ("fr", "mettez-moi à 10h mercredi pour une coupe", "2", "10:00"),
    ("fr", "coupe dem1 matin", "2", "7:00-12:00"),
    ("fr", "coupe mardi en huit", "8", ""),
    ("fr", "coupe dans quinze jours", "15", ""),
    ("fr", "coupe la semaine du 7", "7-13", ""),
    ("fr", "coupe n'importe quel jour sauf lundi", "!7", ""),
    ("fr", "coupe vendredi avant mon train de 17h", "4", "-17:00"),
    ("fr", "coupe jeudi après le boulot", "3", "17:00-"),
    ("fr", "coupe vendredi pendant ma pause déjeuner", "4", "12:00-14:00"),
    ("fr", "coupe jeudi ou à défaut vendredi", "3>4", ""),
    ("fr", "coupe jeudi, le plus tard sera le mieux", "3", "latest"),
    ("fr", "aujourd'hui on est mardi, donc coupe jeudi", "3", ""),
    ("fr", "coupe vendredi, le plus tôt sera le mieux", "4", "soonest"),
    ("fr", "coupe vendredi en sortant du travail", "4", "17:00-"),
    ("it", "un taglio, non questo sabato ma quello dopo", "12", ""),
    ("it", "taglio giovedì della settimana dopo la prossima", "17", ""),
    ("it", "mi metta alle 10 mercoledì per un taglio", "2", "10:00"),
    ("it", "taglio martedì a otto", "8", ""),
    ("it", "taglio fra quindici giorni", "15", ""),
    ("it", "taglio nella settimana del 7", "7-13", ""),
    ("it", "taglio qualsiasi giorno tranne lunedì", "!7", ""),
    ("it", "taglio venerdì prima del mio treno delle cinque", "4", "-17:00"),
    ("it", "taglio giovedì dopo il lavoro", "3", "17:00-"),
    ("it", "taglio venerdì in pausa pranzo", "4", "12:00-14:00"),
    ("it", "taglio giovedì o in alternativa venerdì", "3>4", ""),
    ("it", "taglio giovedì, più tardi è meglio è", "3", "latest"),
    ("it", "oggi è martedì, quindi taglio giovedì", "3", ""),
    ("it", "taglio venerdì, prima è meglio è", "4", "soonest"),
    ("it", "taglio venerdì quando esco dal lavoro", "4", "17:00-"),
    ("nl", "knippen, niet deze zaterdag maar die erna", "12", ""),
    ("nl", "knippen donderdag over een week", "10", ""),
    ("nl", "zet me om 10 op woensdag voor knippen", "2", "10:00"),
    ("nl", "knippen dinsdag over een week", "8", ""),
    ("nl", "knippen over veertien dagen", "15", ""),
    ("nl", "knippen in de week van de 7e", "7-13", ""),
    ("nl", "knippen elke dag behalve maandag", "!7", ""),
    ("nl", "knippen vrijdag voor mijn trein van vijf uur", "4", "-17:00"),
    ("nl", "knippen donderdag na het werk", "3", "17:00-"),
    ("nl", "knippen vrijdag in mijn lunchpauze", "4", "12:00-14:00"),
    ("nl", "knippen donderdag of anders vrijdag", "3>4", ""),
    ("nl", "knippen donderdag, hoe later hoe beter", "3", "latest"),
    ("nl", "vandaag is dinsdag, dus knippen op donderdag", "3", ""),
    ("nl", "knippen vrijdag, hoe eerder hoe beter", "4", "soonest"),
    ("nl", "knippen vrijdag na m'n werk", "4", "17:00-"),
    ("pt", "um corte, este sábado não, o seguinte", "12", ""),
    ("pt", "me marca às 10 na quarta pra um corte", "2", "10:00"),
    ("pt", "corte amanha de manha", "2", "7:00-12:00"),
    ("pt", "corte de terça a oito", "8", ""),
    ("pt", "corte daqui a quinze dias", "15", ""),
    ("pt", "corte na semana do dia 7", "7-13", ""),
    ("pt", "corte qualquer dia menos segunda", "!7", ""),
    ("pt", "corte sexta antes do meu trem das cinco", "4", "-17:00"),
    ("pt", "corte quinta depois do trabalho", "3", "17:00-"),
    ("pt", "corte quinta ou, se não der, sexta", "3>4", ""),
    ("pt", "corte quinta, quanto mais tarde melhor", "3", "latest"),
    ("pt", "hoje é terça, então corte na quinta", "3", ""),
    ("pt", "corte sexta, quanto antes melhor", "4", "soonest"),
    ("pt", "corte sexta depois que eu sair do trabalho", "4", "17:00-"),
    ("en", "haircut not on the 4th, the week after", "11", ""),
    ("en", "haircut weekday evenings only", "!5,6", "17:00-21:00"),
    ("en", "haircut before noon on thursday", "3", "-12:00"),
    ("en", "haircut on the 10th, as late as poss", "10", "latest"),
    ("en", "fri arvo haircut ta", "4", "12:00-18:00"),
    ("en", "haircut 2moz morning", "2", "7:00-12:00"),
    ("en", "haircut this coming saturday or the one after", "5,12", ""),
    ("en", "i'm off on wednesday so a haircut then", "2", ""),
    ("en", "haircut thursday, my bus leaves at half four so before that", "3", "-16:30"),
    ("en", "haircut in a couple of weeks", "15", ""),
    ("en", "book me in for 3 on thursday, haircut", "3", "15:00"),
    ("de", "haarschnitt nicht morgen sondern übermorgen", "3", ""),
    ("de", "haarschnitt freitag, muss um vier wieder weg", "4", "-16:00"),
    ("de", "haarschnitt am besten donnerstags abends", "3", "17:00-21:00"),
    ("de", "haarschnitt nächste woche egal wann außer freitag", "!11", ""),
    ("de", "haarschnitt so spät wie möglich am freitag", "4", "latest"),
    ("de", "trag mich für 3 am donnerstag ein, haarschnitt", "3", "15:00"),
    ("es", "apúntame para las 5 el jueves, corte", "3", "17:00"),
    ("fr", "coupe pas demain, après-demain", "3", ""),
    ("fr", "coupe vendredi, je dois partir à 16h", "4", "-16:00"),
    ("it", "taglio non domani, dopodomani", "3", ""),
    ("it", "taglio venerdì, devo andare via alle 16", "4", "-16:00"),
    ("it", "taglio sabato o quello dopo", "5,12", ""),
    ("nl", "knippen niet morgen maar overmorgen", "3", ""),
    ("nl", "knippen vrijdag, ik moet om 4 uur weg", "4", "-16:00"),
    ("nl", "knippen zaterdag of die erna", "5,12", ""),
    ("pt", "corte não amanhã, depois de amanhã", "3", ""),
    ("pt", "corte sexta, tenho que sair às 16h", "4", "-16:00"),
    ("pt", "corte sábado ou o seguinte", "5,12", ""),
    ("pt", "queria um corte na quinta ou, se não der, na sexta, de manhã", "3>4", "7:00-12:00"),
    ("en", "haircut thursday or failing that friday, in the morning", "3>4", "7:00-12:00"),
    ("de", "haarschnitt donnerstag, sonst freitag, vormittags", "3>4", "7:00-12:00"),
    ("en", "a haircut on saturday, but not this saturday, the other one", "12", ""),
    ("de", "haarschnitt, nicht diesen samstag, den anderen", "12", ""),
    ("es", "el corte de los sábados, pero no este sábado, el otro", "12", ""),
    ("fr", "une coupe, pas ce samedi, l'autre", "12", ""),
    ("it", "un taglio, non questo sabato, l'altro", "12", ""),
    ("nl", "knippen, niet deze zaterdag, de andere", "12", ""),
    ("pt", "corte, não neste sábado, no outro", "12", ""),
    ("de", "haarschnitt am samstag, aber ned den jetzt, den drauf", "12", ""),
    ("nl", "knippen zaterdag, maar niet deze, die erna", "12", ""),
    ("en", "haircut on saturday, not this one, the one after", "12", ""),
    ("en", "haircut on friday after five with Anna", "4", "17:00-"),
    ("de", "haarschnitt am freitag ab zehn bei der Anna", "4", "10:00-"),
    ("es", "corte el viernes a partir de las diez con Anna", "4", "10:00-"),
    ("it", "taglio venerdì dopo le cinque con Anna", "4", "17:00-"),
    ("nl", "knippen vrijdag na vijf bij Anna", "4", "17:00-"),
    ("pt", "corte na sexta depois das cinco com a Anna", "4", "17:00-"),
    ("de", "haarschnitt freitag so zwischen neune und dreiviertel zehne", "4", "9:00-09:45"),
    ("en", "haircut friday between ten and no later than quarter to twelve", "4", "10:00-11:45"),
    ("es", "corte el viernes entre las diez y como mucho las once y media", "4", "10:00-11:30"),
    ("fr", "coupe vendredi entre dix heures et au plus tard onze heures et demie", "4", "10:00-11:30"),
    ("it", "taglio venerdì tra le dieci e al massimo le undici e mezza", "4", "10:00-11:30"),
    ("nl", "knippen vrijdag tussen tien en uiterlijk half twaalf", "4", "10:00-11:30"),
    ("pt", "corte na sexta das 9 às 11", "4", "9:00-11:00"),
    ("pt", "corte dia 18, hora à escolha", "18", ""),
    ("en", "haircut friday, not before ten, and at noon I have to be home", "4", "10:00-12:00"),
    ("de", "haarschnitt freitag, ned vor zehne, und zu Mittag muaß i wieda daham sein", "4", "10:00-12:00"),
    ("es", "corte el viernes, no antes de las diez, y al mediodía tengo que estar en casa", "4", "10:00-12:00"),
    ("es", "corte el día 18, la hora me da igual", "18", ""),
    ("fr", "une coupe le 18, à deux", "18", ""),
    ("pt", "corte a partir de 10 de dezembro, às quintas", "10", ""),
    ("it", "Ho una ricrescita che fa spavento 😅 avete un posto per un taglio venerdì", "4", ""),
    ("en", "I have a party to go to and need a haircut on friday", "4", ""),
    ("en", "a haircut on Friday morning, the 4th", "4", "7:00-12:00"),
    ("de", "Haarschnitt am Freitag früh, der 4.", "4", "7:00-12:00"),
    ("de", "Haarschnitt am 8. vormittags, nicht zu früh", "8", "10:00-12:00"),
    ("es", "un corte el viernes por la mañana, el 4", "4", "7:00-12:00"),
    ("fr", "une coupe ce vendredi matin, le 4", "4", "7:00-12:00"),
    ("fr", "une coupe mardi après-midi, le 8", "8", "13:30-19:00"),
    ("it", "un taglio venerdì mattina, il 4", "4", "7:00-12:00"),
    ("it", "un taglio l'8 di mattina, non troppo presto", "8", "10:00-12:00"),
    ("nl", "knippen vrijdagochtend, de 4e", "4", "7:00-12:00"),
    ("pt", "um corte na sexta de manhã, o dia 4", "4", "7:00-12:00"),
    ("en", "haircut on the 8th in the morning, not too early", "8", "10:00-12:00"),
    ("es", "corte el 8 por la mañana, no muy temprano", "8", "10:00-12:00"),
    ("fr", "une coupe le 8 au matin, pas trop tôt", "8", "10:00-12:00"),
    ("nl", "knippen de 8e in de ochtend, niet te vroeg", "8", "10:00-12:00"),
    ("pt", "corte dia 8 de manhã, não muito cedo", "8", "10:00-12:00"),
    ("en", "Could he come for a haircut first? Wednesdays or Thursdays after 4 work best", "2,3", "16:00-"),
    ("en", "i wanted to come on friday but i work. a haircut around 6 some day this week?", "1-3,5,6", ""),
    (
        "de",
        "am freitag wollte ich hin aber ich arbeite... geht ein haarschnitt so um 18 uhr irgendwann diese woche?",
        "1-6",
        "18:00",
    ),
    (
        "es",
        "el viernes quería ir pero trabajo. ¿puede ser un corte sobre las 18 algún día de esta semana?",
        "1-3,5,6",
        "",
    ),
    (
        "it",
        "venerdì volevo venire ma lavoro. posso fare un taglio verso le 18 un giorno di questa settimana?",
        "1-3,5,6",
        "",
    ),
    ("nl", "ik wilde vrijdag komen maar werk dan. kan knippen rond 18 uur ergens deze week?", "1-6", ""),
    ("pt", "corte às 18h nalgum dia desta semana", "1-6", "18:00"),
)
AFTERWARDS: tuple[tuple[str, str], ...] = (
    ("en", "and a colour on the same day"),
    ("de", "und am selben tag noch eine farbe"),
    ("es", "y un color el mismo día"),
    ("fr", "et une couleur le même jour"),
    ("it", "e un colore lo stesso giorno"),
    ("nl", "en kleuren op dezelfde dag"),
    ("pt", "e uma coloração no mesmo dia"),
)
"""Right after something was booked for Friday the 4th."""


def wished(language: str, text: str, booked: Slot | None = None) -> Visit:
    state = begin(Desk(SERVICES, (Named("anna", "Anna"),), time(9), time(19), (language,)))
    state = heard_assistant(state, [Booked(booked)], NOW) if booked else state
    return heard_customer(state, text, NOW).wish.visit


def allowed(constraints: list[Constraint]) -> set[int]:
    return {day.day for day in DECEMBER if all(one.holds(day) for one in constraints)}


def listed(days: str) -> set[int]:
    first, _, last = days.partition("-")
    return set(range(int(first), int(last or first) + 1))


@pytest.mark.parametrize(("language", "text", "days", "times"), SAID)
def test_a_day_is_the_one_that_was_meant(language: str, text: str, days: str, times: str) -> None:
    visit = wished(language, text)
    on_days = [one for one in visit.constraints if one.on == "day"]
    for number, choice in enumerate(days.split(">"), 1):
        found = allowed([one for one in on_days if not one.allow or one.choice == number])
        if choice[0] == "!":
            gone = {day for one in choice[1:].split(",") for day in listed(one)}
            assert found and not found & gone
        else:
            assert found == {day for one in choice.split(",") for day in listed(one)}
    if times in ("latest", "soonest"):
        assert [one.values for one in visit.on("order")] == [(times,)]
    elif times:
        timed = [one for one in visit.constraints if one.on in ("time", "end")]
        hours = [clock for clock in CLOCKS if all(one.holds(clock) for one in timed)]
        first, bounded, last = times.partition("-")
        assert timed
        assert hours[0].isoformat("minutes") == (first or "07:00").zfill(5)
        assert (hours[-1] <= time.fromisoformat(last)) if last else (len(hours) > 1 or not bounded)


@pytest.mark.parametrize(("language", "text"), AFTERWARDS)
def test_the_same_day_is_that_of_what_was_booked(language: str, text: str) -> None:
    visit = wished(language, text, BOOKED)
    assert (visit.service, visit.day) == ("colour", BOOKED.day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one place in yoga on the 8th, 15th and 22nd of december please"),
        ("es", "queremos apuntarnos al yoga los lunes ocho, quince y veintidós de diciembre"),
        ("nl", "een plek bij yoga op 8, 15 en 22 december graag"),
    ],
)
def test_all_of_several_dates_of_a_class_are_meant(language: str, text: str) -> None:
    desk = Desk((Named("yoga", "Yoga"),), (Named("anna", "Anna"),), languages=(language,), classes=frozenset({"yoga"}))
    wish = heard_customer(begin(desk), text, datetime(2031, 12, 2, 9)).wish
    assert [one.day.day for one in (wish.visit, *wish.others) if one.day] == [8, 15, 22]
