"""Italian, polite (Lei)."""

SENTENCES: dict[str, tuple[str, ...]] = {
    # the small words
    "or": ("{first} o {last}",),
    "and": ("{first} e {last}",),
    "comma": (", ",),
    "with": ("{service} con {staff}",),
    "minutes": ("{minutes} minuti",),
    "today": ("oggi, {date}",),
    "tomorrow": ("domani, {date}",),
    "yes": ("Sì",),
    "another_time": ("Un altro orario",),
    "keep_it": ("No, mantenerlo",),
    "person": ("Parlare con una persona",),
    # finding a time
    "greet": ("Buongiorno, qui {business}. Come posso aiutarla?", "Buongiorno! Desidera prendere un appuntamento?"),
    "ask_service": ("Che cosa desidera prenotare: {services}?", "Che cosa le prenoto: {services}?"),
    "ask_staff": ("Con chi desidera l'appuntamento: {staff}?", "Con chi: {staff}?"),
    "ask_day": ("Che giorno le va bene ({service})?", "Quando desidera venire ({service})?"),
    "ask_time": ("{date}: a che ora?", "E l'orario, {date}: a che ora?"),
    "ask_which_day": ("Intende {days}?", "Per sicurezza: {days}?"),
    "ask_which_time": ("Intende {times}?", "Per sicurezza: {times}?"),
    "ask_name": ("A quale nome lo metto?", "E il suo nome, per favore?"),
    "ask_new_time": ("A quale giorno e ora lo sposto?", "Quale giorno e ora le vanno meglio?"),
    "free_one_day": (
        "{date}: {staff} è libero alle {times}. {which}",
        "{date}: con {staff} c'è posto alle {times}. {which}",
    ),
    "free_several": ("Sono liberi: {times}. {which}", "Posso offrirle: {times}. {which}"),
    "free_item": ("{date} alle {time} con {staff}",),
    "time_with": ("{time} con {staff}",),
    "places": ("{what}, {seats} posti",),
    "date_time": ("{date}, {time}",),
    "possible_one_day": (
        "{date}: {what} alle {times}. {which}",
        "{what}, {date}: {times}. {which}",
    ),
    "possible_several": (
        "{what}: {times}. {which}",
        "Per {what} posso proporre {times}. {which}",
    ),
    "which_one": ("Quale le va bene?", "Quale preferisce?"),
    "does_it_suit": ("Le va bene?", "Può andare?"),
    "one_by_one": ("Volentieri, uno dopo l'altro.", "Certo, uno alla volta."),
    "next": ("E ora il prossimo: {step}",),
    "none_free": (
        "Non ho nulla di libero per {service} allora. Quale altro giorno le andrebbe bene?",
        "Non c'è nulla di libero per {service}. Guardo un altro giorno?",
    ),
    # why not
    "why_booked": ("Le {time} di {date} sono già occupate.",),
    "why_buffer": ("Le {time} di {date} sono troppo vicine a un altro appuntamento.",),
    "why_closed": ("Alle {time} di {date} non siamo aperti.",),
    "why_closed_day": ("Siamo chiusi {date}.",),
    "why_blackout": ("Siamo assenti {date}.",),
    "why_notice": ("Le {time} di {date} è troppo presto per noi.",),
    "why_notice_day": ("{date} è troppo presto per noi.",),
    "why_past": ("È già passato.",),
    "why_horizon": ("{date} è più lontano di quanto diamo appuntamenti.",),
    "why_not_offered": ("{staff} non fa {service}.",),
    "why_no_class": ("Non c’è {service} così ({date}).",),
    "why_class_full": ("{service}, {date}: non ci sono abbastanza posti.",),
    "why_full": ("Non c'è nulla di libero {date} come desidera.",),
    # read-back, receipt and the honest no
    "read_back": (
        "{what}, {date}, {time} ({zone}), {details}. Lo prenoto?",
        "Dunque {what}, {date}, {time} ({zone}), {details}. Posso prenotare?",
    ),
    "read_back_request": (
        "{what}, {date}, {time} ({zone}), {details}. Lo richiedo?",
        "Dunque {what}, {date}, {time} ({zone}), {details}. Posso richiederlo?",
    ),
    "read_back_move": (
        "Sposterei {what} da {old} a {date}, {time} ({zone}). Lo faccio?",
        "{what}, da {old} a {date}, {time} ({zone}): lo sposto?",
    ),
    "read_back_cancel": ("{what}, {date}, {time}: lo annullo?", "Desidera annullare {what}, {date}, {time}. È giusto?"),
    "read_back_change": (
        "{date}, {time} ({zone}): cambierei {old} con {what}, {details}. Lo faccio?",
        "{old} diventa {what}, {date}, {time} ({zone}), {details}: lo cambio?",
    ),
    "receipt_booked": ("Prenotato ✓ {date}, {time} ({zone}), {what}. Codice {code}. Cambiare o annullare: {link}",),
    "receipt_requested": (
        "Richiesto, non ancora confermato: {date}, {time} ({zone}), {what}. Codice {code}. Le faremo sapere. {link}",
    ),
    "receipt_moved": ("Spostato ✓ Ora {date}, {time} ({zone}), {what}. Codice {code}. Cambiare o annullare: {link}",),
    "receipt_changed": (
        "Modificato ✓ Ora {date}, {time} ({zone}), {what}. Codice {code}. Cambiare o annullare: {link}",
    ),
    "receipt_cancelled": ("Annullato ✓ {date}, {time}, {what} (codice {code}). L'orario è di nuovo libero.",),
    "receipt_offered": (
        "Si è liberato un orario: {date}, {time} ({zone}), {what}. "
        "Lo teniamo per Lei fino a {until}; ci dica se lo vuole. Codice {code}. {link}",
    ),
    "receipt_off_list": ("Non è più nella nostra lista d'attesa; ci dica se vuole tornarci.",),
    "gone": ("Le {time} sono state appena prese; non è prenotato nulla.",),
    "not_done": ("Non è stato possibile; non è cambiato nulla.",),
    "too_late": ("Mancano meno di {notice}, quindi qui non posso più cambiarlo. La passo a una persona?",),
    "securing": (
        "Sto ancora assicurando le {time} per lei. Nulla è certo finché non riceve il messaggio con un codice.",
    ),
    # series and the waiting list
    "item_series": ("{what}, {time}, {count} volte da {first} a {last}",),
    "every_day": ("ogni giorno",),
    "every_days": ("ogni {number} giorni",),
    "every_week": ("ogni {weekday}",),
    "every_weeks": ("ogni {number} settimane, {weekday}",),
    "every_month": ("ogni mese",),
    "every_months": ("ogni {number} mesi",),
    "not_free": ("Non è possibile: {dates}.",),
    "read_back_series": (
        "{what}, {rhythm}, {time} ({zone}), {count} volte da {first} a {last}, {details} ciascuna. {missed}Le prenoto tutte?",
        "Sarebbe {what}, {rhythm}, {time} ({zone}), {count} volte, da {first} a {last}, {details} ciascuna. {missed}Posso prenotarle tutte?",
    ),
    "receipt_series_booked": (
        "Prenotato ✓ {count} volte {what}, {rhythm}, {time} ({zone}), da {first} a {last}. {missed}Codici {codes}.",
    ),
    "receipt_series_requested": (
        "Richiesto, non ancora confermato: {count} volte {what}, {rhythm}, {time} ({zone}), da {first} a {last}. {missed}Codici {codes}.",
    ),
    "receipt_series_cancelled": (
        "Annullato ✓ {count} volte {what}, da {first} a {last}, {time}. {missed}Codici {codes}. Gli orari sono di nuovo liberi.",
    ),
    "read_back_series_cancel": (
        "{count} volte {what}, da {first} a {last}, {time}: le annullo tutte?",
        "Vuole annullare {what}, {count} volte da {first} a {last}, {time}. Tutte?",
    ),
    "ask_count": (
        "Quante volte, o fino a quando?",
        "Fino a quando lo desidera, o quante volte?",
    ),
    "item_waiting": ("{what} ({windows})",),
    "read_back_wait": (
        "La metterei in lista d’attesa: {items}. Lo faccio?",
        "{items}: La metto in lista d’attesa per questo?",
    ),
    "receipt_waiting": (
        "È in lista d’attesa: {items}. Quello che si libera Le viene offerto qui, a turno. Non è ancora prenotato niente.",
    ),
    "read_back_wait_no_more": (
        "{items}: La tolgo dalla lista d’attesa?",
        "La tolgo dalla lista d’attesa ({items})?",
    ),
    "receipt_waiting_no_more": ("Non è più in lista d’attesa: {items}.",),
    "waiting": ("È in attesa di {items}.",),
    "waiting_none": ("Non è nella nostra lista d’attesa.",),
    "read_back_take": (
        "{what}, {date}, {time} ({zone}), {details}, è riservato per Lei fino a {until}. Lo prenoto?",
        "Fino a {until} tengo {what}, {date}, {time} ({zone}), {details}, per Lei. Posso prenotarlo?",
    ),
    "not_kept": ("Nessun orario è più riservato per Lei; non è stato prenotato niente.",),
    # what they have
    "mine_one": ("Ha: {items}.",),
    "mine_none": ("Non ha appuntamenti. Gliene prenoto uno?", "Non è prenotato nulla per lei. Le prenoto qualcosa?"),
    "item": ("{what}, {date}, {time}",),
    "which_appointment": ("Quale: {items}?", "Quale di questi: {items}?"),
    "kept": ("Va bene, resta com'è.", "D'accordo, non cambia nulla."),
    "declined": ("Va bene. Quale altro giorno o orario le andrebbe bene?", "Nessun problema. Quando sarebbe meglio?"),
    # questions in between
    "price": ("{service} costa {price}.",),
    "price_unknown": ("Non ho qui il prezzo di {service}; glielo dirà il team.",),
    "duration": ("{service} dura {minutes} minuti.",),
    "services": ("Offriamo {services}.",),
    "hours": ("Siamo aperti: {hours}.",),
    "hours_unknown": ("Non ho qui i nostri orari.",),
    "address": ("Ci trova qui: {address}.",),
    "address_unknown": ("Non ho qui il nostro indirizzo; glielo dirà il team.",),
    # talk
    "pardon": ("Mi scusi, non ho capito bene.", "Scusi, non sono sicuro di capire."),
    "thanks": ("Prego.", "È un piacere.", "Volentieri."),
    "bye": ("Arrivederci, a presto.", "Buona giornata, arrivederci."),
    "bye_open": (
        "Arrivederci. Questo non è ancora fissato; mi scriva quando lo desidera.",
        "A presto. Questo è rimasto aperto; mi scriva quando vuole.",
    ),
    "late": (
        "Grazie per averci avvisato. Il team può leggerlo qui. Preferisce spostare l'appuntamento?",
        "Grazie dell'avviso. Resta qui per il team. Sposto l'appuntamento?",
    ),
    "handover_later": ("La passo a una persona. {date}, dalle {time}, il team torna e le risponde qui.",),
    "handover": ("La passo a una persona. Ora siamo aperti; qualcuno le risponde qui appena possibile.",),
    "choose": ("Scegli",),
    "cannot_read": ("Qui posso leggere solo testo. Mi scriva per favore che cosa desidera.",),
    "closed_for_now": (
        "Mi dispiace, per ora {business} non prende e non sposta appuntamenti; quello che ha già può sempre annullarlo dal link della conferma.",
        "Al momento da {business} purtroppo non si può prenotare né spostare nulla; un appuntamento già preso si annulla dal link della conferma.",
    ),
    "lost_1": (
        "Non ho capito bene. Desidera prenotare, spostare o annullare un appuntamento?",
        "Non sono sicuro di capire. Prenoto un appuntamento o ne cambio uno?",
    ),
    "lost_2": ("Mi scusi, ancora non capisco. Può scegliere: {choices}.", "Proviamo così: {choices}?"),
    "lost_3": (
        "Mi dispiace, in questo non posso aiutarla. La passo a una persona?",
        "Preferisce parlare con una persona?",
    ),
    "choices": ("prenotare un appuntamento", "spostare un appuntamento", "annullare un appuntamento"),
    "smalltalk": (
        "Qui mi occupo degli appuntamenti. Gliene prenoto uno?",
        "Sono qui per i suoi appuntamenti. Desidera prenotarne uno?",
    ),
    # what the desk does not know or understand
    "unheard": ("Non ho capito «{words}».", "«{words}»: questo non l’ho capito."),
    "stuck": (
        "Così non andiamo avanti. La passo a una persona? Oppure scelga cosa desidera fare.",
        "Mi dispiace, non riesco ad andare avanti. Può subentrare una persona, oppure scelga qui.",
    ),
    "sorry": (
        "Mi dispiace. La passo a una persona?",
        "Non doveva succedere, mi scusi. Vuole parlare con una persona?",
    ),
    "coming": ("Perfetto, a presto.", "Grazie per averci avvisato. A presto."),
    "ask_code": (
        "Per questo mi serve il codice della sua conferma, per esempio 7Q4-K2M.",
        "Mi mandi per favore il codice che si trova nella sua conferma (come 7Q4-K2M).",
    ),
    "code_wrong": (
        "Con questo codice non conosco nessun appuntamento futuro.",
        "Con quel codice non trovo nessun appuntamento futuro.",
    ),
    "code_limit": (
        "I codici sono stati troppi. Si rivolga per favore al team.",
        "Sono stati provati troppi codici; il team può aiutarla.",
    ),
    "fact_unknown": (
        "Questo non lo so; ho annotato la sua domanda per il team.",
        "Non glielo so dire; il team leggerà la sua domanda.",
    ),
    "who": ("{service}: {staff}.",),
    "gave_staff": ("{staff} in quel momento non è libero.",),
    "gave_time": ("Non è proprio come desiderava, ma ci si avvicina:",),
    "ask_day_of": (
        "Prossimi giorni liberi: {days}. Quale giorno le va bene ({service})?",
        "I prossimi giorni liberi sono {days}. Quando desidera venire ({service})?",
    ),
    "read_back_cancel_all": ("{items}: li disdico tutti?", "Desidera disdire {items}. Tutti?"),
    # the page of one appointment
    "page_held": ("Tenuto per lei",),
    "page_pending": ("Richiesto, non ancora confermato",),
    "page_confirmed": ("Prenotato",),
    "page_cancelled": ("Annullato",),
    "page_completed": ("Concluso",),
    "page_no_show": ("Mancato",),
    "page_what": ("Che cosa",),
    "page_length": ("Durata",),
    "page_where": ("Dove",),
    "page_code": ("Codice",),
    "page_move": ("Spostare a un altro orario",),
    "page_calendar": ("Aggiungere al calendario",),
    "page_again": ("Prenotare un altro orario",),
    "page_cancel": ("Annullare questo appuntamento",),
    "page_sure": ("L'orario si libera subito e qualcun altro può prenderlo.",),
    "page_cancel_now": ("Sì, annullarlo",),
    "page_too_late": ("È troppo vicino per annullarlo qui. La preghiamo di chiamarci o scriverci.",),
    # e-mails
    "mail_moved": ("Spostato",),
    "mail_offered": ("Si è liberato un orario",),
    "mail_waitlist": ("Lista d'attesa",),
    "mail_sign_in_subject": ("Il suo link per {business}",),
    "mail_sign_in": (
        "Questo link le apre la scrivania di {business}, una sola volta, entro {minutes} minuti: {link}\n\nSe non l'ha chiesto lei, non deve fare nulla.",
    ),
    "trouble": (
        "Qualcosa è andato storto da parte nostra. Riprovi tra un minuto, per favore.",
        "Da parte nostra qualcosa non ha funzionato. Riprovi subito, per favore.",
    ),
}
