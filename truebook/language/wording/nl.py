"""Dutch, polite (u)."""

SENTENCES: dict[str, tuple[str, ...]] = {
    # the small words
    "or": ("{first} of {last}",),
    "and": ("{first} en {last}",),
    "comma": (", ",),
    "with": ("{service} bij {staff}",),
    "minutes": ("{minutes} minuten",),
    "today": ("Vandaag, {date}",),
    "tomorrow": ("Morgen, {date}",),
    "yes": ("Ja",),
    "another_time": ("Een andere tijd",),
    "keep_it": ("Nee, laten staan",),
    "person": ("Met een mens praten",),
    # finding a time
    "greet": ("Goedendag, u spreekt met {business}. Wat kan ik voor u doen?", "Goedendag! Wilt u een afspraak maken?"),
    "ask_service": ("Wat wilt u boeken: {services}?", "Wat mag ik voor u boeken: {services}?"),
    "ask_staff": ("Bij wie wilt u de afspraak: {staff}?", "Bij wie: {staff}?"),
    "ask_day": ("Welke dag komt u uit ({service})?", "Wanneer wilt u komen ({service})?"),
    "ask_time": ("{date}: hoe laat?", "En de tijd, {date}: hoe laat?"),
    "ask_which_day": ("Bedoelt u {days}?", "Voor de zekerheid: {days}?"),
    "ask_which_time": ("Bedoelt u {times}?", "Voor de zekerheid: {times}?"),
    "ask_name": ("Op welke naam mag ik de afspraak zetten?", "En uw naam, alstublieft?"),
    "ask_new_time": ("Naar welke dag en tijd zal ik de afspraak verzetten?", "Welke dag en tijd komt u beter uit?"),
    "free_one_day": (
        "{date}: {staff} is vrij om {times}. {which}",
        "{date}: bij {staff} is er plek om {times}. {which}",
    ),
    "free_several": ("Deze tijden zijn vrij: {times}. {which}", "Ik kan u aanbieden: {times}. {which}"),
    "free_item": ("{date} om {time} bij {staff}",),
    "time_with": ("{time} bij {staff}",),
    "which_one": ("Wat komt u uit?", "Welke zal het zijn?"),
    "does_it_suit": ("Komt dat u uit?", "Is dat goed?"),
    "none_free": (
        "Ik heb dan niets vrij voor {service}. Welke andere dag komt u uit?",
        "Er is niets vrij voor {service}. Zal ik op een andere dag kijken?",
    ),
    # why not
    "why_booked": ("{time} op {date} is al bezet.",),
    "why_buffer": ("{time} op {date} ligt te dicht bij een andere afspraak.",),
    "why_closed": ("Om {time} op {date} zijn we niet open.",),
    "why_closed_day": ("Op {date} zijn we gesloten.",),
    "why_blackout": ("Op {date} zijn we er niet.",),
    "why_notice": ("{time} op {date} is voor ons te kort dag.",),
    "why_notice_day": ("{date} is voor ons te kort dag.",),
    "why_past": ("Dat is al voorbij.",),
    "why_horizon": ("{date} is verder weg dan we afspraken geven.",),
    "why_not_offered": ("{staff} doet geen {service}.",),
    "why_full": ("Op {date} is niets vrij zoals u het wenst.",),
    # read-back, receipt and the honest no
    "read_back": (
        "{what}, {date}, {time} ({zone}), {details}. Zal ik het boeken?",
        "Dus {what}, {date}, {time} ({zone}), {details}. Mag ik het boeken?",
    ),
    "read_back_request": (
        "{what}, {date}, {time} ({zone}), {details}. Zal ik het aanvragen?",
        "Dus {what}, {date}, {time} ({zone}), {details}. Mag ik het aanvragen?",
    ),
    "read_back_move": (
        "Ik zou {what} verzetten van {old} naar {date}, {time} ({zone}). Zal ik dat doen?",
        "{what}, van {old} naar {date}, {time} ({zone}): mag ik het verzetten?",
    ),
    "read_back_cancel": (
        "{what}, {date}, {time}: zal ik de afspraak afzeggen?",
        "U wilt {what}, {date}, {time}, afzeggen. Klopt dat?",
    ),
    "receipt_booked": ("Geboekt ✓ {date}, {time} ({zone}), {what}. Code {code}. Wijzigen of afzeggen: {link}",),
    "receipt_requested": (
        "Aangevraagd, nog niet bevestigd: {date}, {time} ({zone}), {what}. Code {code}. U hoort van ons. {link}",
    ),
    "receipt_moved": ("Verzet ✓ Nu {date}, {time} ({zone}), {what}. Code {code}. Wijzigen of afzeggen: {link}",),
    "receipt_cancelled": ("Afgezegd ✓ {date}, {time}, {what} (code {code}). De tijd is weer vrij.",),
    "gone": ("{time} is net bezet; er is niets geboekt.",),
    "not_done": ("Dat is niet gelukt; er is niets veranderd.",),
    "too_late": (
        "Dat is minder dan {notice} van tevoren, dus hier kan ik het niet meer wijzigen. Zal ik u doorverbinden met een mens?",
    ),
    "securing": ("Ik ben {time} nog voor u aan het vastleggen. Niets is zeker tot u het bericht met een code krijgt.",),
    # what they have
    "mine_one": ("U hebt: {items}.",),
    "mine_none": ("U hebt geen afspraak. Zal ik er een boeken?", "Er staat niets voor u. Zal ik iets boeken?"),
    "item": ("{what}, {date}, {time}",),
    "which_appointment": ("Welke bedoelt u: {items}?", "Welke van deze: {items}?"),
    "kept": ("Goed, het blijft zoals het is.", "Prima, er verandert niets."),
    "declined": ("Goed. Welke andere dag of tijd komt u uit?", "Geen probleem. Wanneer komt het beter uit?"),
    # questions in between
    "price": ("{service} kost {price}.",),
    "price_unknown": ("Ik heb hier geen prijs voor {service}; het team vertelt het u.",),
    "duration": ("{service} duurt {minutes} minuten.",),
    "services": ("Wij bieden {services}.",),
    "hours": ("Wij zijn open: {hours}.",),
    "hours_unknown": ("Onze openingstijden heb ik hier niet.",),
    "address": ("U vindt ons hier: {address}.",),
    "address_unknown": ("Ons adres heb ik hier niet; het team vertelt het u.",),
    # talk
    "pardon": ("Sorry, dat heb ik niet goed begrepen.", "Neem me niet kwalijk, ik weet niet zeker wat u bedoelt."),
    "thanks": ("Graag gedaan.", "Met plezier.", "Geen dank."),
    "bye": ("Tot ziens, tot gauw.", "Het beste, tot ziens."),
    "late": (
        "Dank dat u het laat weten. Het team kan het hier lezen. Wilt u de afspraak liever verzetten?",
        "Bedankt voor het bericht. Het staat hier voor het team. Zal ik de afspraak verzetten?",
    ),
    "handover_later": ("Ik geef u door aan een mens. {date}, vanaf {time} is het team er weer en antwoordt u hier.",),
    "handover": ("Ik geef u door aan een mens. We zijn nu open; iemand antwoordt u hier zo snel mogelijk.",),
    "lost_1": (
        "Dat heb ik niet goed begrepen. Wilt u een afspraak maken, verzetten of afzeggen?",
        "Ik weet niet zeker wat u bedoelt. Zal ik een afspraak maken of er een wijzigen?",
    ),
    "lost_2": ("Sorry, ik begrijp het nog niet. U kunt kiezen: {choices}.", "Laten we het zo proberen: {choices}?"),
    "lost_3": (
        "Het spijt me, daarmee kan ik niet helpen. Zal ik u doorgeven aan een mens?",
        "Praat u liever met een mens?",
    ),
    "choices": ("afspraak maken", "afspraak verzetten", "afspraak afzeggen"),
    "smalltalk": (
        "Ik zorg hier voor de afspraken. Zal ik er een voor u maken?",
        "Ik ben er voor uw afspraken. Wilt u er een maken?",
    ),
    "trouble": (
        "Er ging bij ons iets mis en er is niets veranderd. Probeer het over een minuut nog eens.",
        "Bij ons ging iets mis; er is niets gewijzigd. Probeer het zo meteen nog eens.",
    ),
}
