"""What is taken back in one breath, what is only a reason, and times told from what was spoken of."""

from datetime import date, datetime, time

import pytest

from tests.language.conversations import desk
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Asked, Booked, Offered, ReadBack, Slot, State
from truebook.language.values.counting import counted
from truebook.language.wish import Days, Times, Visit

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 29, 10)  # a Sunday
LATER = date(2027, 1, 14)  # a Thursday
SLOTS = tuple(
    Slot(f"{hour}", "cut", who, LATER, time(hour, 15), 45) for hour, who in ((9, "anna"), (13, "ben"), (17, "chen"))
)


def new(language: str) -> State:
    return begin(desk(language))


def offers(language: str) -> State:
    return heard_assistant(new(language), [Offered(SLOTS)], NOW)


def read_back(language: str, day: date = LATER) -> State:
    slot = Slot("x", "cut", "anna", day, time(14), 45)
    return heard_assistant(offers(language), [ReadBack(slot), Asked("booking")], NOW)


def booked(language: str) -> State:
    return heard_assistant(new(language), [Booked(Slot("x", "cut", "anna", date(2026, 11, 30), time(14), 45))], NOW)


def told(state: State, text: str) -> Visit:
    return heard_customer(state, text, NOW).wish.visit


def days(visit: Visit) -> list[str]:
    values = [v for c in visit.on("day") for v in c.values if isinstance(v, Days)]
    return [f"{v.first:%m-%d}" if v.one else f"{v.first:%m-%d}..{v.last:%m-%d}" for v in values]


def clocks(visit: Visit) -> list[str]:
    values = [v for c in (*visit.on("time"), *visit.on("end")) for v in c.values if isinstance(v, Times)]
    return [f"{v.first:%H:%M}" if v.point else f"{v.first or ''}-{v.last or ''}" for v in values]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "a haircut on thursday, no wait, friday", "12-04"),
        ("en", "a haircut wednesday morning. oh no, I'm away, make that saturday", "12-05"),
        ("de", "einen Haarschnitt am Mittwoch, ach nein, am Freitag", "12-04"),
        ("de", "Haarschnitt Donnerstag um 10, Quatsch, Freitag mein ich", "12-04"),
        ("es", "un corte el viernes por la tarde, bueno no, mejor el sábado", "12-05"),
        ("es", "un corte el martes, perdón no, el jueves", "12-03"),
        ("fr", "une coupe mercredi, euh non, jeudi", "12-03"),
        ("fr", "une coupe vendredi matin, ou plutôt samedi", "12-05"),
        ("it", "un taglio martedì, anzi giovedì", "12-03"),
        ("it", "un taglio venerdì, no aspetti, sabato", "12-05"),
        ("nl", "knippen deze week dinsdag... oh wacht nee, doe maar vrijdag", "12-04"),
        ("nl", "knippen donderdag, ik bedoel vrijdag", "12-04"),
        ("pt", "um corte na quarta, quer dizer, na sexta", "12-04"),
        ("pt", "um corte na quinta, não, espera, no sábado", "12-05"),
    ],
)
def test_the_day_after_a_correction_is_meant(language: str, text: str, day: str) -> None:
    assert days(told(new(language), text)) == [day]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the first, no wait, the last one"),
        ("de", "der erste, ach nein, der letzte"),
        ("es", "la segunda no, la primera, ay perdon, la tercera"),
        ("fr", "le premier, non attendez, le dernier"),
        ("it", "la seconda, anzi la terza"),
        ("nl", "de tweede, nee wacht, de derde"),
        ("pt", "a primeira, quer dizer, a terceira"),
        ("es", "la última, y que no se me haga esperar como el otro día"),
    ],
)
def test_the_place_after_a_correction_is_meant(language: str, text: str) -> None:
    assert heard_customer(offers(language), text, NOW).meaning.picked == "17"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "13:15, sorry, 17:15 i mean"),
        ("de", "13:15, nein, 17:15 meine ich"),
        ("nl", "kwart over één is goed.. nee kwart over vijf bedoel ik"),
    ],
)
def test_the_hour_that_is_meant_may_stand_before_the_word_for_it(language: str, text: str) -> None:
    assert heard_customer(offers(language), text, NOW).meaning.picked == "17"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes, oh wait, friday"),
        ("de", "ja, ach nein, Freitag"),
        ("es", "sí, ay perdón, el viernes"),
        ("it", "sì, anzi venerdì"),
        ("pt", "sim, quer dizer, sexta"),
    ],
)
def test_what_is_taken_back_is_no_yes(language: str, text: str) -> None:
    assert not heard_customer(read_back(language), text, NOW).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "he has football mon and wed so it would have to be thurs or fri for a haircut", ["12-03", "12-04"]),
        ("de", "Montag hat er Training, also eher Donnerstag oder Freitag für einen Haarschnitt", ["12-03", "12-04"]),
        ("it", "giovedì c'è la nonna, quindi direi martedì oppure venerdì per un taglio", ["12-01", "12-04"]),
        ("es", "el lunes tiene piscina, así que mejor el jueves o el viernes, un corte", ["12-03", "12-04"]),
        ("fr", "mercredi elle a danse, donc plutôt jeudi ou vendredi pour une coupe", ["12-03", "12-04"]),
        ("nl", "maandag heeft hij zwemles, dus liever donderdag of vrijdag knippen", ["12-03", "12-04"]),
        ("pt", "segunda ele tem natação, então seria quinta ou sexta, um corte", ["12-03", "12-04"]),
    ],
)
def test_what_follows_a_so_is_wished_for(language: str, text: str, wanted: list[str]) -> None:
    assert days(told(new(language), text)) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut by friday evening"),
        ("de", "einen Haarschnitt bis Freitag Abend"),
        ("es", "un corte hasta el viernes por la tarde"),
        ("fr", "une coupe avant samedi matin"),
        ("it", "un taglio entro venerdì sera"),
        ("nl", "knippen uiterlijk vrijdagavond"),
        ("pt", "um corte até sexta à noite"),
    ],
)
def test_the_evening_of_a_limit_is_no_wish_for_evenings(language: str, text: str) -> None:
    visit = told(new(language), text)
    assert (days(visit), clocks(visit)) == (["11-29..12-04"], [])


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "a haircut at the end of january", "01-21..01-31"),
        ("en", "a haircut in the last week of january", "01-25..01-31"),
        ("de", "einen Haarschnitt Ende Jänner", "01-21..01-31"),
        ("de", "einen Haarschnitt Mitte Jänner", "01-11..01-20"),
        ("es", "un corte a principios de enero", "01-01..01-10"),
        ("fr", "une coupe mi-janvier", "01-11..01-20"),
        ("it", "un taglio a fine gennaio", "01-21..01-31"),
        ("nl", "knippen in de laatste week van januari", "01-25..01-31"),
        ("pt", "um corte em meados de janeiro", "01-11..01-20"),
    ],
)
def test_a_part_of_a_month(language: str, text: str, wanted: str) -> None:
    assert days(told(new(language), text)) == [wanted]


@pytest.mark.parametrize(
    ("language", "text", "day", "clock"),
    [
        ("fr", "je voudrais décaler de deux jours", "12-02", "14:00"),
        ("en", "can you push it back an hour", "11-30", "15:00"),
        ("de", "kann ich doch ne stunde später kommen?", "11-30", "15:00"),
        ("de", "bitte um zwei Tage verschieben", "12-02", "14:00"),
        ("es", "¿la puede adelantar una hora?", "11-30", "13:00"),
        ("it", "la può spostare di due giorni?", "12-02", "14:00"),
        ("nl", "kan het een uur later?", "11-30", "15:00"),
        ("pt", "dá para adiar dois dias?", "12-02", "14:00"),
    ],
)
def test_a_length_moves_what_is_booked(language: str, text: str, day: str, clock: str) -> None:
    visit = told(booked(language), text)
    assert (days(visit), clocks(visit)) == ([day], [clock])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that week is no good, next week same day and time?"),
        ("pt", "essa semana não dá, pode ser na semana que vem no mesmo dia e hora?"),
        ("de", "diese Woche geht nicht, nächste Woche gleicher Tag gleiche Uhrzeit?"),
        ("es", "esta semana no puedo, ¿la semana que viene mismo día y hora?"),
    ],
)
def test_the_next_week_of_a_day_in_it_is_the_one_after(language: str, text: str) -> None:
    visit = told(read_back(language, date(2026, 11, 30)), text)
    assert (days(visit), clocks(visit)) == (["12-07"], ["14:00"])


@pytest.mark.parametrize(
    ("language", "text", "day", "clock"),
    [
        ("it", "giovedì no, facciamo il giorno dopo stessa ora dell'ultima", "01-15", "17:15"),
        ("fr", "le dernier mais plutôt le vendredi, je finis trop tard le jeudi", "01-15", "17:15"),
    ],
)
def test_another_day_at_the_hour_of_an_offer(language: str, text: str, day: str, clock: str) -> None:
    visit = told(offers(language), text)
    assert (days(visit), clocks(visit)) == ([day], [clock])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "das mittlere passt mir"),
        ("en", "the middle one please"),
        ("es", "la del medio"),
        ("fr", "celui du milieu svp"),
        ("it", "quella di mezzo"),
        ("nl", "de middelste graag"),
    ],
)
def test_the_one_in_the_middle(language: str, text: str) -> None:
    assert heard_customer(offers(language), text, NOW).meaning.picked == "13"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Josie Blackett and Jo Pym", "Josie Blackett"),
        ("de", "Josie Blackett and Jo Pym", "Josie Blackett"),
        ("fr", "Karim Beldi et le petit c Ilyes", "Karim Beldi"),
        ("fr", "Solène Marchal, et lui c'est Marcel", "Solène Marchal"),
        ("es", "Eladio Bueno", "Eladio Bueno"),
        ("en", "Petra Young", "Petra Young"),
        ("it", "Rosa Bello", "Rosa Bello"),
    ],
)
def test_the_name_of_whoever_answers(language: str, text: str, name: str) -> None:
    asked = heard_assistant(offers(language), [Asked("name")], NOW)
    assert heard_customer(asked, text, NOW).wish.name == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "13:15 bitte, ich heiße Göbel, Rosemarie, und muss ich die Karte mitbringen?", "Rosemarie Göbel"),
        ("en", "13:15 please, my name is Marsh, Joanna, and where do I park?", "Joanna Marsh"),
        ("fr", "13h15, je m'appelle Pottier, Josiane, et où se garer ?", "Josiane Pottier"),
    ],
)
def test_a_surname_first_within_a_sentence(language: str, text: str, name: str) -> None:
    assert heard_customer(offers(language), text, NOW).wish.name == name


@pytest.mark.parametrize(
    ("language", "text", "order"),
    [
        ("en", "a haircut on thursday, the first appointment of the day", "soonest"),
        ("en", "the very last one on thursday", "latest"),
        ("de", "donnerstag den ersten termin des tages", "soonest"),
        ("fr", "jeudi, le premier rendez-vous de la journée", "soonest"),
        ("fr", "jeudi, le tout dernier", "latest"),
        ("es", "el jueves, el último del día", "latest"),
        ("it", "giovedì l'ultimo posto della giornata", "latest"),
        ("nl", "donderdag de eerste afspraak van de dag", "soonest"),
        ("pt", "quinta, o primeiro do dia", "soonest"),
    ],
)
def test_the_first_or_the_last_of_a_day_is_no_date(language: str, text: str, order: str) -> None:
    visit = told(new(language), text)
    assert days(visit) == ["12-03"] and [c.values for c in visit.on("order")] == [(order,)]


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "towards the end of next week", "12-03..12-06"),
        ("en", "early next week", "11-30..12-01"),
        ("de", "gegen Ende der nächsten Woche", "12-03..12-06"),
        ("es", "a finales de la semana que viene", "12-03..12-06"),
        ("fr", "vers la fin de la semaine prochaine", "12-03..12-06"),
        ("it", "verso la fine della settimana prossima", "12-03..12-06"),
        ("nl", "eind volgende week", "12-03..12-06"),
        ("pt", "no fim da próxima semana", "12-03..12-06"),
    ],
)
def test_a_part_of_a_week_is_some_of_its_days(language: str, text: str, meant: str) -> None:
    assert days(told(new(language), text)) == [meant]


def test_a_week_on_friday_in_the_morning_keeps_the_morning_and_is_no_series() -> None:
    visit = told(new("en"), "a week on friday in the morning")
    assert days(visit) == ["12-11"] and [c.values for c in visit.on("time")] == [(Times(time(7), time(12)),)]
    assert not counted("a week on friday in the morning", "en").again


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "three tuesdays in a row"),
        ("de", "drei Dienstage hintereinander"),
        ("es", "tres martes seguidos"),
        ("fr", "trois mardis de suite"),
        ("it", "tre martedì di fila"),
        ("nl", "drie dinsdagen achter elkaar"),
        ("pt", "três terças seguidas"),
    ],
)
def test_so_many_weekdays_in_a_row_come_every_week(language: str, text: str) -> None:
    found = counted(text, language)
    assert (found.times, found.every) == (3, "week")


@pytest.mark.parametrize(
    ("language", "text", "days_", "clocks_"),
    [
        ("en", "haircut with Anna on wednesday cant be after 1pm", ["12-02"], ["13:00:00-"]),
        ("en", "nothing before ten please, haircut on friday", ["12-04"], ["-10:00:00"]),
        ("de", "Haarschnitt bei Anna am Mittwoch darf nicht nach 13 Uhr sein", ["12-02"], ["13:00:00-"]),
        ("es", "corte con Anna el miércoles no puede ser después de las 13", ["12-02"], ["13:00:00-"]),
        ("es", "nada antes de las diez, corte el viernes", ["12-04"], ["-10:00:00"]),
        ("pt", "qro cortar o cabelo cm a Anna 4a feira ñ pode ser dpois das 13h", ["12-02"], ["13:00:00-"]),
        ("fr", "coupe avec Anna mercredi ça ne peut pas être après 13h", ["12-02"], ["13:00:00-"]),
        ("it", "niente dopo le 17, taglio venerdì", ["12-04"], ["17:00:00-"]),
        ("nl", "knippen bij Anna woensdag, niks voor tien uur", ["12-02"], ["-10:00:00"]),
    ],
)
def test_a_no_before_a_limit_turns_it_round(language: str, text: str, days_: list[str], clocks_: list[str]) -> None:
    wished = told(new(language), text)
    barred = [v for c in wished.constraints if c.on == "time" and not c.allow for v in c.values if isinstance(v, Times)]
    assert days(wished) == days_
    assert [f"{v.first or ''}-{v.last or ''}" for v in barred] == clocks_
    assert not wished.on("time")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "my birthday is on 11 December, so the day before please, a haircut", ["12-10"]),
        ("en", "a haircut on friday or the day after", ["12-04", "12-05"]),
        ("de", "Haarschnitt, am 11. Dezember ist Hochzeit, also am Tag davor", ["12-10"]),
        ("es", "la boda es el 11 de diciembre, así que la víspera, un corte", ["12-10"]),
        ("pt", "um corte: faz anos no dia 11 de dezembro; portanto na véspera", ["12-10"]),
        ("fr", "une coupe, le mariage est le 11 décembre, donc la veille", ["12-10"]),
        ("it", "il matrimonio è l'11 dicembre, quindi il giorno prima, taglio", ["12-10"]),
        ("nl", "knippen, de bruiloft is op 11 december, dus de dag ervoor", ["12-10"]),
    ],
)
def test_a_day_beside_one_that_is_named(language: str, text: str, expected: list[str]) -> None:
    assert days(told(new(language), text)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "beard trim three weeks in a row, always on friday around half ten, starting 8 january"),
        ("de", "Bart drei Wochen hintereinander, immer freitags um halb elf, ab 8. Jänner"),
        ("es", "barba tres semanas seguidas, siempre los viernes a las diez, a partir del 8 de enero"),
        ("fr", "la barbe trois semaines de suite, toujours le vendredi à dix heures, à partir du 8 janvier"),
        ("it", "barba per tre settimane di fila, sempre di venerdì alle dieci, a partire dall'8 gennaio"),
        ("nl", "baard drie weken achter elkaar, telkens op vrijdag rond half elf, te beginnen op 8 januari"),
        ("pt", "barba três semanas seguidas, sempre à sexta às dez, a começar no dia 8 de janeiro"),
    ],
)
def test_weeks_in_a_row_on_a_weekday_come_every_week(language: str, text: str) -> None:
    said = counted(text, language)
    assert (said.lasting, said.through) == ((3, "week"), True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut in the week of 14 december, every day works save for monday"),
        ("es", "un corte la semana del 14 de diciembre, todos los días me van bien a excepción del lunes"),
        ("fr", "une coupe dans la semaine du 14 décembre. Tous les jours me conviennent hormis le lundi"),
        ("it", "taglio nella settimana del 14 dicembre, tutti i giorni vanno bene ad eccezione del lunedì"),
        ("nl", "knippen in de week van 14 december, elke dag is goed met uitzondering van maandag"),
    ],
)
def test_every_day_that_suits_but_one_is_no_series(language: str, text: str) -> None:
    visit = told(new(language), text)
    barred = [c for c in visit.constraints if c.on == "day" and not c.allow]
    assert not counted(text, language).each and len(barred) == 1
    assert days(visit) == ["12-14..12-20"]


def test_three_o_clock_is_no_party_of_three() -> None:
    heard = heard_customer(
        new("fr"), "une couleur, mon car arrive à trois heures et demie, donc mercredi vers 16 h", NOW
    )
    assert heard.wish.others == () and heard.along == ()


def test_an_hour_that_is_offered_on_two_days_keeps_both_offers_on_the_table() -> None:
    two = tuple(Slot(f"{n}", "cut", "anna", date(2027, 1, n), time(11), 45) for n in (12, 16))
    heard = heard_customer(heard_assistant(new("en"), [Offered(two)], NOW), "I'd take 11:00 with Anna", NOW)
    assert [doubt.field for doubt in heard.meaning.doubts] == ["offer"] and heard.offered == two


def test_a_month_of_a_story_is_no_day() -> None:
    text = "A haircut. This Saturday. And not Ben, he made me look like a coconut in October."
    assert days(told(new("en"), text)) == ["12-05"]


def test_how_many_weekdays_are_no_hour() -> None:
    visit = told(new("en"), "my beard on three Thursdays in a row, beginning this Thursday, at four")
    assert (set(days(visit)), clocks(visit)) == ({"12-03"}, ["16:00"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "third time I'm writing. a haircut on wednesday"),
        ("en", "I've called three times now. Haircut wednesday"),
        ("de", "jetzt hab ich dreimal angerufen, Haarschnitt am Mittwoch"),
        ("es", "es la tercera vez, lo he escrito tres veces, un corte el miércoles"),
        ("fr", "Ça fait trois fois que j'écris !! Une coupe mercredi"),
        ("it", "ho scritto tre volte, un taglio mercoledì"),
        ("nl", "ik heb drie keer gebeld, knippen woensdag"),
        ("pt", "já escrevi três vezes, um corte na quarta"),
    ],
)
def test_how_often_somebody_has_written_is_no_series(language: str, text: str) -> None:
    assert counted(text, language).times is None
    assert days(told(new(language), text)) == ["12-02"]


def test_the_day_after_one_that_cannot_be() -> None:
    state = heard_assistant(new("en"), [Booked(Slot("x", "cut", "anna", date(2026, 12, 2), time(9, 50), 45))], NOW)
    moved = told(state, "Actually my daughter can't drive me Wednesday. Make it the day after, at 10:30.")
    assert (days(moved), clocks(moved)) == (["12-03"], ["10:30"])


def test_the_same_morning_is_not_tomorrow() -> None:
    visit = told(new("es"), "Consulta y corte la misma mañana, jueves 3")
    assert days(visit) == ["12-03"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut on thursday, I must be done by twelve"),
        ("de", "Haarschnitt am Donnerstag. Um zwölf muss ich fertig sein"),
        ("fr", "coupe jeudi, je dois avoir fini à midi"),
        ("it", "taglio giovedì, devo aver finito per mezzogiorno"),
        ("nl", "knippen donderdag, ik moet om 12 uur klaar zijn"),
        ("pt", "corte na quinta, tenho de estar despachado ao meio-dia"),
    ],
)
def test_when_somebody_must_be_done_is_no_beginning(language: str, text: str) -> None:
    assert clocks(told(new(language), text)) == ["-12:00:00"]
