"""German, polite (Sie)."""

SENTENCES: dict[str, tuple[str, ...]] = {
    # the small words
    "or": ("{first} oder {last}",),
    "and": ("{first} und {last}",),
    "comma": (", ",),
    "with": ("{service} bei {staff}",),
    "minutes": ("{minutes} Minuten",),
    "today": ("heute, {date}",),
    "tomorrow": ("morgen, {date}",),
    "yes": ("Ja",),
    "another_time": ("Andere Zeit",),
    "keep_it": ("Nein, behalten",),
    "person": ("Mit einem Menschen sprechen",),
    # finding a time
    "greet": (
        "Guten Tag, hier ist {business}. Was kann ich für Sie tun?",
        "Guten Tag! Möchten Sie einen Termin vereinbaren?",
    ),
    "ask_service": ("Was darf ich für Sie buchen: {services}?", "Worum geht es: {services}?"),
    "ask_staff": ("Zu wem möchten Sie: {staff}?", "Bei wem: {staff}?"),
    "ask_day": ("Welcher Tag passt Ihnen ({service})?", "Wann möchten Sie kommen ({service})?"),
    "ask_time": ("{date}: um wie viel Uhr?", "Und um wie viel Uhr: {date}?"),
    "ask_which_day": ("Meinen Sie {days}?", "Nur zur Sicherheit: {days}?"),
    "ask_which_time": ("Meinen Sie {times}?", "Nur zur Sicherheit: {times}?"),
    "ask_name": ("Auf welchen Namen darf ich den Termin eintragen?", "Und Ihr Name, bitte?"),
    "ask_new_time": (
        "Auf welchen Tag und welche Uhrzeit soll ich den Termin legen?",
        "Welcher Tag und welche Uhrzeit passen Ihnen besser?",
    ),
    "free_one_day": (
        "{date}: {staff} hat um {times} Uhr Zeit. {which}",
        "{date}: Bei {staff} ist um {times} Uhr frei. {which}",
    ),
    "free_several": ("Diese Zeiten sind frei: {times}. {which}", "Ich könnte Ihnen anbieten: {times}. {which}"),
    "free_item": ("{date}, {time} bei {staff}",),
    "time_with": ("{time} bei {staff}",),
    "places": ("{what}, {seats} Plätze",),
    "date_time": ("{date}, {time} Uhr",),
    "possible_one_day": (
        "{date}: {what} um {times} Uhr. {which}",
        "{what}, {date}: {times} Uhr. {which}",
    ),
    "possible_several": (
        "{what}: {times}. {which}",
        "Für {what} könnte ich anbieten: {times}. {which}",
    ),
    "which_one": ("Was passt Ihnen?", "Was darf es sein?"),
    "does_it_suit": ("Passt Ihnen das?", "Wäre das recht?"),
    "one_by_one": ("Gern, eins nach dem anderen.", "Sehr gern, der Reihe nach."),
    "next": ("Als Nächstes: {step}",),
    "none_free": (
        "Da habe ich nichts frei für {service}. Welcher andere Tag passt Ihnen?",
        "Dann ist nichts frei für {service}. Soll ich an einem anderen Tag nachsehen?",
    ),
    # why not
    "why_booked": ("{time} Uhr am {date} ist schon vergeben.",),
    "why_buffer": ("{time} Uhr am {date} liegt zu nah an einem anderen Termin.",),
    "why_closed": ("Um {time} Uhr am {date} haben wir nicht geöffnet.",),
    "why_closed_day": ("Am {date} haben wir geschlossen.",),
    "why_blackout": ("Am {date} sind wir nicht da.",),
    "why_notice": ("{time} Uhr am {date} ist uns zu kurzfristig.",),
    "why_notice_day": ("{date} ist uns zu kurzfristig.",),
    "why_past": ("Das ist schon vorbei.",),
    "why_horizon": ("{date} liegt weiter voraus, als wir Termine vergeben.",),
    "why_not_offered": ("{staff} macht {service} nicht.",),
    "why_no_class": ("{service} gibt es so nicht ({date}).",),
    "why_class_full": ("{service}, {date}: Es sind nicht genug Plätze frei.",),
    "why_full": ("Am {date} ist so, wie Sie es wünschen, nichts frei.",),
    # read-back, receipt and the honest no
    "read_back": (
        "{what}, {date}, {time} Uhr ({zone}), {details}. Soll ich das buchen?",
        "Also {what}, {date}, {time} Uhr ({zone}), {details}. Darf ich das buchen?",
    ),
    "read_back_request": (
        "{what}, {date}, {time} Uhr ({zone}), {details}. Soll ich das anfragen?",
        "Also {what}, {date}, {time} Uhr ({zone}), {details}. Darf ich das anfragen?",
    ),
    "read_back_move": (
        "Ich würde {what} von {old} auf {date}, {time} Uhr ({zone}) verlegen. Soll ich das tun?",
        "{what}, von {old} auf {date}, {time} Uhr ({zone}): Darf ich den Termin verlegen?",
    ),
    "read_back_cancel": (
        "{what}, {date}, {time} Uhr: Soll ich den Termin absagen?",
        "Sie möchten {what}, {date}, {time} Uhr, absagen. Stimmt das?",
    ),
    "read_back_change": (
        "{date}, {time} Uhr ({zone}): Ich würde {old} ändern in {what}, {details}. Soll ich das tun?",
        "Aus {old} wird {what}, {date}, {time} Uhr ({zone}), {details}: Soll ich es ändern?",
    ),
    "nothing_booked": ("Gebucht ist noch nichts.",),
    "nothing_moved": ("Verlegt ist noch nichts.",),
    "nothing_cancelled": ("Noch ist nichts abgesagt, Ihr Termin steht.",),
    "receipt_booked": ("Gebucht ✓ {date}, {time} Uhr ({zone}), {what}. Code {code}. Ändern oder absagen: {link}",),
    "receipt_requested": (
        "Angefragt, noch nicht bestätigt: {date}, {time} Uhr ({zone}), {what}. Code {code}. Sie hören von uns. {link}",
    ),
    "receipt_moved": ("Verlegt ✓ Jetzt {date}, {time} Uhr ({zone}), {what}. Code {code}. Ändern oder absagen: {link}",),
    "receipt_changed": (
        "Geändert ✓ Jetzt {date}, {time} Uhr ({zone}), {what}. Code {code}. Ändern oder absagen: {link}",
    ),
    "receipt_cancelled": ("Abgesagt ✓ {date}, {time} Uhr, {what} (Code {code}). Die Zeit ist wieder frei.",),
    "receipt_offered": (
        "Eine Zeit ist frei geworden: {date}, {time} Uhr ({zone}), {what}. "
        "Wir halten sie für Sie bis {until} Uhr; sagen Sie uns, ob Sie sie möchten. Code {code}. {link}",
    ),
    "receipt_off_list": (
        "Sie stehen nicht mehr auf unserer Warteliste; sagen Sie uns, wenn Sie wieder darauf möchten.",
    ),
    "gone": ("{time} Uhr wurde gerade vergeben; es ist nichts gebucht.",),
    "not_done": ("Das ging nicht; es hat sich nichts geändert.",),
    "too_late": (
        "Das ist weniger als {notice} vorher, da kann ich hier nichts mehr ändern. Soll ich Sie an einen Menschen weitergeben?",
    ),
    "securing": (
        "Ich sichere {time} Uhr noch für Sie. Sicher ist nichts, bevor Sie die Nachricht mit einem Code bekommen.",
    ),
    # series and the waiting list
    "item_series": ("{what}, {time} Uhr, {count}-mal von {first} bis {last}",),
    "every_day": ("jeden Tag",),
    "every_days": ("alle {number} Tage",),
    "every_week": ("jeden {weekday}",),
    "every_weeks": ("alle {number} Wochen am {weekday}",),
    "every_month": ("jeden Monat",),
    "every_months": ("alle {number} Monate",),
    "not_free": ("Nicht möglich: {dates}.",),
    "read_back_series": (
        "{what}, {rhythm}, {time} Uhr ({zone}), {count}-mal von {first} bis {last}, je {details}. {missed}Soll ich alle buchen?",
        "Das wäre {what}, {rhythm}, {time} Uhr ({zone}), {count}-mal, {first} bis {last}, je {details}. {missed}Darf ich alle buchen?",
    ),
    "receipt_series_booked": (
        "Gebucht ✓ {count}-mal {what}, {rhythm}, {time} Uhr ({zone}), {first} bis {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_requested": (
        "Angefragt, noch nicht bestätigt: {count}-mal {what}, {rhythm}, {time} Uhr ({zone}), {first} bis {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_cancelled": (
        "Abgesagt ✓ {count}-mal {what}, {first} bis {last}, {time} Uhr. {missed}Codes {codes}. Die Zeiten sind wieder frei.",
    ),
    "read_back_series_cancel": (
        "{count}-mal {what}, {first} bis {last}, {time} Uhr: Soll ich alle absagen?",
        "Sie möchten {what} absagen, {count}-mal von {first} bis {last}, {time} Uhr. Alle?",
    ),
    "ask_count": (
        "Wie oft soll es sein, oder bis wann?",
        "Bis wann möchten Sie es, oder wie oft?",
    ),
    "item_waiting": ("{what} ({windows})",),
    "read_back_wait": (
        "Ich würde Sie auf die Warteliste setzen: {items}. Soll ich?",
        "{items}: Soll ich Sie dafür auf die Warteliste setzen?",
    ),
    "receipt_waiting": (
        "Sie stehen auf der Warteliste: {items}. Was frei wird, biete ich Ihnen hier der Reihe nach an. Gebucht ist noch nichts.",
    ),
    "read_back_wait_no_more": (
        "{items}: Soll ich Sie von der Warteliste nehmen?",
        "Soll ich Sie von der Warteliste nehmen ({items})?",
    ),
    "receipt_waiting_no_more": ("Sie stehen nicht mehr auf der Warteliste: {items}.",),
    "waiting": ("Sie warten auf {items}.",),
    "waiting_none": ("Sie stehen nicht auf unserer Warteliste.",),
    "read_back_take": (
        "{what}, {date}, {time} Uhr ({zone}), {details}, ist bis {until} für Sie reserviert. Soll ich es buchen?",
        "Bis {until} halte ich {what}, {date}, {time} Uhr ({zone}), {details}, für Sie frei. Darf ich es buchen?",
    ),
    "not_kept": ("Für Sie ist keine Zeit mehr freigehalten; es wurde nichts gebucht.",),
    # what they have
    "mine_one": ("Sie haben: {items}.",),
    "mine_none": (
        "Sie haben keinen Termin. Soll ich einen buchen?",
        "Für Sie ist nichts eingetragen. Soll ich etwas buchen?",
    ),
    "mine_unknown": (
        "Ich sehe von hier aus nicht, welcher Termin Ihrer ist. Bitte schicken Sie mir den Code aus der Bestätigung (etwa 7Q4-K2M), oder sprechen Sie mit einer Person.",
        "Welcher Termin gemeint ist, sagt mir der Code aus der Bestätigung. Ohne ihn kann Ihnen eine Person helfen.",
    ),
    "item": ("{what}, {date}, {time} Uhr",),
    "item_code": ("{item} (Code {code})",),
    "which_appointment": ("Welchen Termin meinen Sie: {items}?", "Welchen davon: {items}?"),
    "kept": ("In Ordnung, es bleibt, wie es ist.", "Gut, es ändert sich nichts."),
    "declined": (
        "In Ordnung. Welcher andere Tag oder welche andere Uhrzeit passt Ihnen?",
        "Kein Problem. Wann wäre es besser?",
    ),
    # questions in between
    "price": ("{service} kostet {price}.",),
    "price_unknown": ("Für {service} habe ich hier keinen Preis; das Team sagt ihn Ihnen.",),
    "duration": ("{service} dauert {minutes} Minuten.",),
    "services": ("Wir bieten {services}.",),
    "hours": ("Wir haben geöffnet: {hours}.",),
    "hours_unknown": ("Unsere Öffnungszeiten habe ich hier nicht.",),
    "address": ("Sie finden uns hier: {address}.",),
    "address_unknown": ("Unsere Adresse habe ich hier nicht; das Team sagt sie Ihnen.",),
    # talk
    "pardon": (
        "Entschuldigung, das habe ich nicht ganz verstanden.",
        "Verzeihung, ich bin nicht sicher, was Sie meinen.",
    ),
    "thanks": ("Gern geschehen.", "Sehr gerne.", "Gerne."),
    "bye": ("Auf Wiedersehen, bis bald.", "Alles Gute, auf Wiedersehen."),
    "bye_open": (
        "Auf Wiedersehen. Das ist noch nicht fest; schreiben Sie einfach, wenn Sie es möchten.",
        "Alles Gute. Das ist noch offen; schreiben Sie mir, wann immer Sie möchten.",
    ),
    "late": (
        "Danke, dass Sie Bescheid geben. Das Team kann es hier lesen. Möchten Sie den Termin lieber verlegen?",
        "Danke für die Nachricht. Sie steht hier für das Team. Soll ich den Termin stattdessen verlegen?",
    ),
    "handover_later": (
        "Ich gebe Sie an einen Menschen weiter. {date}, ab {time} Uhr ist das Team wieder da und antwortet Ihnen hier.",
    ),
    "handover": (
        "Ich gebe Sie an einen Menschen weiter. Wir haben gerade geöffnet; jemand antwortet Ihnen hier, so bald es geht.",
    ),
    "choose": ("Auswählen",),
    "cannot_read": ("Ich kann hier nur Text lesen. Bitte schreiben Sie mir, was Sie möchten.",),
    "closed_for_now": (
        "Es tut mir leid, {business} vergibt und verlegt zurzeit keine Termine; einen, den Sie schon haben, können Sie weiterhin über den Link in seiner Bestätigung absagen.",
        "Im Moment lässt sich bei {business} leider nichts buchen oder verlegen; was Sie schon haben, können Sie über den Link in der Bestätigung absagen.",
    ),
    "lost_1": (
        "Das habe ich nicht ganz verstanden. Möchten Sie einen Termin buchen, verlegen oder absagen?",
        "Ich bin nicht sicher, was Sie meinen. Soll ich einen Termin buchen oder einen ändern?",
    ),
    "lost_2": (
        "Entschuldigung, ich verstehe es noch nicht. Sie können wählen: {choices}.",
        "Versuchen wir es so: {choices}?",
    ),
    "lost_3": (
        "Dabei kann ich leider nicht helfen. Soll ich Sie an einen Menschen weitergeben?",
        "Möchten Sie lieber mit einem Menschen sprechen?",
    ),
    "choices": ("Termin buchen", "Termin verlegen", "Termin absagen"),
    "smalltalk": (
        "Ich kümmere mich hier um die Termine. Soll ich einen für Sie buchen?",
        "Ich bin für Ihre Termine da. Möchten Sie einen buchen?",
    ),
    # what the desk does not know or understand
    "unheard": ("„{words}“ habe ich nicht verstanden.", "Mit „{words}“ weiß ich leider nichts anzufangen."),
    "stuck": (
        "So kommen wir nicht weiter. Soll ich Sie an einen Menschen weitergeben? Oder wählen Sie, was Sie möchten.",
        "Es tut mir leid, ich komme nicht weiter. Ein Mensch kann übernehmen, oder wählen Sie hier.",
    ),
    "too_many_ahead": (
        "Sie haben schon so viele Termine, wie im Chat möglich sind. Es ist nichts Neues gebucht. Soll ich Sie mit jemandem verbinden?",
        "Mehr Termine gehen im Chat nicht, daher ist nichts Neues gebucht. Möchten Sie mit jemandem sprechen?",
    ),
    "sorry": (
        "Das tut mir leid. Soll ich Sie an einen Menschen weitergeben?",
        "Das hätte nicht passieren dürfen, bitte entschuldigen Sie. Möchten Sie mit einem Menschen sprechen?",
    ),
    "coming": ("Schön, bis dann.", "Danke für die Nachricht. Bis dann."),
    "ask_code": (
        "Dafür brauche ich den Code aus Ihrer Bestätigung, zum Beispiel 7Q4-K2M.",
        "Bitte schicken Sie mir den Code, der in Ihrer Bestätigung steht (wie 7Q4-K2M).",
    ),
    "code_wrong": (
        "Mit diesem Code kenne ich keinen kommenden Termin.",
        "Zu diesem Code finde ich keinen kommenden Termin.",
    ),
    "code_limit": (
        "Das waren zu viele Codes. Bitte wenden Sie sich an das Team.",
        "Es wurden zu viele Codes versucht; das Team hilft Ihnen weiter.",
    ),
    "fact_unknown": (
        "Das weiß ich nicht; ich habe Ihre Frage für das Team notiert.",
        "Das kann ich Ihnen nicht sagen; das Team liest Ihre Frage.",
    ),
    "who": ("{service}: {staff}.",),
    "gave_staff": ("{staff} ist da nicht frei.",),
    "gave_time": ("Nicht ganz wie gewünscht, aber nahe daran:",),
    "ask_day_of": (
        "Als Nächstes frei: {days}. Welcher Tag passt Ihnen ({service})?",
        "Die nächsten freien Tage sind {days}. Wann möchten Sie kommen ({service})?",
    ),
    "read_back_cancel_all": ("{items}: soll ich alle absagen?", "Sie möchten {items} absagen. Alle?"),
    # the page of one appointment
    "page_held": ("Für Sie vorgemerkt",),
    "page_pending": ("Angefragt, noch nicht bestätigt",),
    "page_confirmed": ("Gebucht",),
    "page_cancelled": ("Abgesagt",),
    "page_completed": ("Erledigt",),
    "page_no_show": ("Versäumt",),
    "page_what": ("Was",),
    "page_length": ("Dauer",),
    "page_where": ("Wo",),
    "page_code": ("Code",),
    "page_move": ("Auf eine andere Zeit verlegen",),
    "page_calendar": ("In den Kalender",),
    "page_again": ("Eine andere Zeit buchen",),
    "page_cancel": ("Diesen Termin absagen",),
    "page_sure": ("Die Zeit wird sofort frei, und jemand anders kann sie nehmen.",),
    "page_cancel_now": ("Ja, absagen",),
    "page_too_late": ("Der Termin ist zu nah, um ihn hier abzusagen. Bitte rufen Sie uns an oder schreiben Sie uns.",),
    "receipt_reminder": (
        "Zur Erinnerung: {date}, {time} ({zone}), {what}. Kommen Sie? Code {code}. Ändern oder absagen: {link}",
    ),
    "receipt_correction": (
        "Wir haben Ihnen etwas Falsches gesagt und bitten um Entschuldigung. In unserem Buch steht: {date}, {time} ({zone}), {what}. Code {code}. Ändern oder absagen: {link}",
    ),
    "will_come": ("Ich komme",),
    "cannot_come": ("Ich kann nicht",),
    # what those who work with the desk hear of
    "notice_booked": ("Neu",),
    "notice_requested": ("Angefragt",),
    "ask_number": ("Bitte teilen Sie Ihre Nummer mit uns, damit wir Sie erreichen können.",),
    "number_kept": ("Danke, Ihre Nummer steht nun bei Ihrer Buchung.",),
    "notice_waiting": ("{name} wartet auf eine Antwort: {words}",),
    "notice_alert": ("Bitte ansehen",),
    "notice_several": ("{count} Neuigkeiten bei {business}",),
    # e-mails
    "stop_ask": ("Keine solchen E-Mails mehr von {business}?",),
    "stop_done": ("Erledigt: Solche E-Mails kommen von {business} nicht mehr.",),
    "mail_reminder": ("Erinnerung",),
    "mail_correction": ("Berichtigung",),
    "mail_moved": ("Verschoben",),
    "mail_offered": ("Ein Termin ist frei geworden",),
    "mail_waitlist": ("Warteliste",),
    "mail_sign_in_subject": ("Ihr Link zu {business}",),
    "mail_sign_in": (
        "Dieser Link öffnet Ihnen einmal, innerhalb von {minutes} Minuten, den Schreibtisch von {business}: {link}\n\nWenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun.",
    ),
    "trouble": (
        "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es in einer Minute noch einmal.",
        "Das ist auf unserer Seite schiefgegangen. Versuchen Sie es bitte gleich noch einmal.",
    ),
}
