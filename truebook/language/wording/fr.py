"""French, polite (vous)."""

SENTENCES: dict[str, tuple[str, ...]] = {
    # the small words
    "or": ("{first} ou {last}",),
    "and": ("{first} et {last}",),
    "comma": (", ",),
    "with": ("{service} avec {staff}",),
    "minutes": ("{minutes} minutes",),
    "today": ("aujourd'hui, {date}",),
    "tomorrow": ("demain, {date}",),
    "yes": ("Oui",),
    "another_time": ("Un autre créneau",),
    "keep_it": ("Non, le garder",),
    "person": ("Parler à quelqu'un",),
    # finding a time
    "greet": (
        "Bonjour, ici {business}. Que puis-je faire pour vous ?",
        "Bonjour ! Souhaitez-vous prendre rendez-vous ?",
    ),
    "ask_service": ("Que souhaitez-vous réserver : {services} ?", "Que puis-je réserver pour vous : {services} ?"),
    "ask_staff": ("Avec qui souhaitez-vous le rendez-vous : {staff} ?", "Avec qui : {staff} ?"),
    "ask_day": ("Quel jour vous convient ({service}) ?", "Quand souhaitez-vous venir ({service}) ?"),
    "ask_time": ("{date} : à quelle heure ?", "Et l'heure, {date} ?"),
    "ask_which_day": ("Voulez-vous dire {days} ?", "Pour être sûr : {days} ?"),
    "ask_which_time": ("Voulez-vous dire {times} ?", "Pour être sûr : {times} ?"),
    "ask_name": ("À quel nom puis-je le mettre ?", "Et votre nom, s'il vous plaît ?"),
    "ask_new_time": (
        "À quel jour et à quelle heure dois-je le déplacer ?",
        "Quel jour et quelle heure vous conviendraient mieux ?",
    ),
    "free_one_day": (
        "{date} : {staff} est libre à {times}. {which}",
        "{date} : avec {staff}, il y a de la place à {times}. {which}",
    ),
    "free_several": ("Ces horaires sont libres : {times}. {which}", "Je peux vous proposer : {times}. {which}"),
    "free_item": ("{date} à {time} avec {staff}",),
    "time_with": ("{time} avec {staff}",),
    "places": ("{what}, {seats} places",),
    "date_time": ("{date}, {time}",),
    "possible_one_day": (
        "{date} : {what} à {times}. {which}",
        "{what}, {date} : {times}. {which}",
    ),
    "possible_several": (
        "{what} : {times}. {which}",
        "Pour {what}, je peux proposer {times}. {which}",
    ),
    "which_one": ("Lequel vous convient ?", "Lequel préférez-vous ?"),
    "does_it_suit": ("Cela vous convient-il ?", "Est-ce que cela vous va ?"),
    "one_by_one": ("Volontiers, l'un après l'autre.", "Bien sûr, un à la fois."),
    "next": ("Et ensuite : {step}",),
    "none_free": (
        "Je n'ai rien de libre pour {service} à ce moment. Quel autre jour vous conviendrait ?",
        "Il n'y a rien de libre pour {service}. Dois-je regarder un autre jour ?",
    ),
    # why not
    "why_booked": ("{time} le {date} est déjà pris.",),
    "why_buffer": ("{time} le {date} est trop près d'un autre rendez-vous.",),
    "why_closed": ("Nous ne sommes pas ouverts à {time} le {date}.",),
    "why_closed_day": ("Nous sommes fermés le {date}.",),
    "why_blackout": ("Nous sommes absents le {date}.",),
    "why_notice": ("{time} le {date}, c'est trop tôt pour nous.",),
    "why_notice_day": ("{date}, c'est trop tôt pour nous.",),
    "why_past": ("C'est déjà passé.",),
    "why_horizon": ("{date}, c'est plus loin que nous ne donnons de rendez-vous.",),
    "why_not_offered": ("{staff} ne fait pas {service}.",),
    "why_no_class": ("Il n’y a pas de {service} ainsi ({date}).",),
    "why_class_full": ("{service}, {date} : il ne reste pas assez de places.",),
    "why_full": ("Rien n'est libre le {date} comme vous le souhaitez.",),
    # read-back, receipt and the honest no
    "read_back": (
        "{what}, {date}, {time} ({zone}), {details}. Dois-je réserver ?",
        "Donc {what}, {date}, {time} ({zone}), {details}. Puis-je réserver ?",
    ),
    "read_back_request": (
        "{what}, {date}, {time} ({zone}), {details}. Dois-je en faire la demande ?",
        "Donc {what}, {date}, {time} ({zone}), {details}. Puis-je en faire la demande ?",
    ),
    "read_back_move": (
        "Je déplacerais {what} du {old} au {date}, {time} ({zone}). Dois-je le faire ?",
        "{what}, du {old} au {date}, {time} ({zone}) : puis-je le déplacer ?",
    ),
    "read_back_cancel": (
        "{what}, {date}, {time} : dois-je l'annuler ?",
        "Vous souhaitez annuler {what}, {date}, {time}. C'est bien cela ?",
    ),
    "read_back_change": (
        "{date}, {time} ({zone}) : je remplacerais {old} par {what}, {details}. Dois-je le faire ?",
        "{old} devient {what}, {date}, {time} ({zone}), {details} : dois-je le changer ?",
    ),
    "nothing_booked": ("Rien n'est encore réservé.",),
    "nothing_moved": ("Rien n'est encore déplacé.",),
    "nothing_cancelled": ("Rien n'est annulé pour l'instant : votre rendez-vous tient.",),
    "receipt_booked": ("Réservé ✓ {date}, {time} ({zone}), {what}. Code {code}. Modifier ou annuler : {link}",),
    "receipt_requested": (
        "Demandé, pas encore confirmé : {date}, {time} ({zone}), {what}. Code {code}. Nous vous répondrons. {link}",
    ),
    "receipt_moved": (
        "Déplacé ✓ Maintenant {date}, {time} ({zone}), {what}. Code {code}. Modifier ou annuler : {link}",
    ),
    "receipt_changed": (
        "Modifié ✓ Maintenant {date}, {time} ({zone}), {what}. Code {code}. Modifier ou annuler : {link}",
    ),
    "receipt_cancelled": ("Annulé ✓ {date}, {time}, {what} (code {code}). L'horaire est de nouveau libre.",),
    "receipt_offered": (
        "Un horaire s'est libéré : {date}, {time} ({zone}), {what}. "
        "Il vous est gardé jusqu'à {until} ; dites-nous si vous le voulez. Code {code}. {link}",
    ),
    "receipt_off_list": ("Vous n'êtes plus sur notre liste d'attente ; dites-nous si vous souhaitez y revenir.",),
    "gone": ("{time} vient d'être pris ; rien n'est réservé.",),
    "not_done": ("Cela n'a pas pu se faire ; rien n'a changé.",),
    "too_late": (
        "C'est moins de {notice} avant, je ne peux donc plus le modifier ici. Dois-je vous passer quelqu'un ?",
    ),
    "securing": (
        "Je suis encore en train d'assurer {time} pour vous. Rien n'est certain avant le message avec un code.",
    ),
    # series and the waiting list
    "item_series": ("{what}, {time}, {count} fois du {first} au {last}",),
    "every_day": ("chaque jour",),
    "every_days": ("tous les {number} jours",),
    "every_week": ("chaque {weekday}",),
    "every_weeks": ("toutes les {number} semaines, le {weekday}",),
    "every_month": ("chaque mois",),
    "every_months": ("tous les {number} mois",),
    "not_free": ("Impossible : {dates}.",),
    "read_back_series": (
        "{what}, {rhythm}, {time} ({zone}), {count} fois du {first} au {last}, {details} chacun. {missed}Dois-je tous les réserver ?",
        "Ce serait {what}, {rhythm}, {time} ({zone}), {count} fois, du {first} au {last}, {details} chacun. {missed}Puis-je tous les réserver ?",
    ),
    "receipt_series_booked": (
        "Réservé ✓ {count} fois {what}, {rhythm}, {time} ({zone}), du {first} au {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_requested": (
        "Demandé, pas encore confirmé : {count} fois {what}, {rhythm}, {time} ({zone}), du {first} au {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_cancelled": (
        "Annulé ✓ {count} fois {what}, du {first} au {last}, {time}. {missed}Codes {codes}. Les créneaux sont de nouveau libres.",
    ),
    "read_back_series_cancel": (
        "{count} fois {what}, du {first} au {last}, {time} : dois-je tous les annuler ?",
        "Vous souhaitez annuler {what}, {count} fois du {first} au {last}, {time}. Tous ?",
    ),
    "ask_count": (
        "Combien de fois, ou jusqu’à quand ?",
        "Jusqu’à quand le souhaitez-vous, ou combien de fois ?",
    ),
    "item_waiting": ("{what} ({windows})",),
    "read_back_wait": (
        "Je vous mettrais sur la liste d’attente : {items}. Dois-je le faire ?",
        "{items} : dois-je vous mettre sur la liste d’attente pour cela ?",
    ),
    "receipt_waiting": (
        "Vous êtes sur la liste d’attente : {items}. Ce qui se libère vous est proposé ici, à votre tour. Rien n’est encore réservé.",
    ),
    "read_back_wait_no_more": (
        "{items} : dois-je vous retirer de la liste d’attente ?",
        "Dois-je vous retirer de la liste d’attente ({items}) ?",
    ),
    "receipt_waiting_no_more": ("Vous n’êtes plus sur la liste d’attente : {items}.",),
    "waiting": ("Vous attendez {items}.",),
    "waiting_none": ("Vous n’êtes pas sur notre liste d’attente.",),
    "read_back_take": (
        "{what}, {date}, {time} ({zone}), {details}, est gardé pour vous jusqu’à {until}. Dois-je le réserver ?",
        "Jusqu’à {until}, je garde {what}, {date}, {time} ({zone}), {details}, pour vous. Puis-je le réserver ?",
    ),
    "not_kept": ("Aucun créneau n’est plus gardé pour vous ; rien n’a été réservé.",),
    # what they have
    "mine_one": ("Vous avez : {items}.",),
    "mine_none": (
        "Vous n'avez aucun rendez-vous. Dois-je en réserver un ?",
        "Rien n'est réservé pour vous. Dois-je réserver quelque chose ?",
    ),
    "mine_unknown": (
        "D'ici, je ne vois pas quel rendez-vous est le vôtre. Envoyez-moi le code de la confirmation (du genre 7Q4-K2M), ou parlez à quelqu'un.",
        "C'est le code de la confirmation qui me dit de quel rendez-vous il s'agit. Sans lui, quelqu'un peut vous aider.",
    ),
    "item": ("{what}, {date}, {time}",),
    "item_code": ("{item} (code {code})",),
    "which_appointment": ("Lequel : {items} ?", "Lequel de ceux-ci : {items} ?"),
    "kept": ("Très bien, tout reste comme prévu.", "D'accord, rien ne change."),
    "declined": (
        "Très bien. Quel autre jour ou quelle autre heure vous conviendrait ?",
        "Pas de souci. Quand serait-ce mieux ?",
    ),
    # questions in between
    "price": ("{service} coûte {price}.",),
    "price_unknown": ("Je n'ai pas le prix de {service} ici ; l'équipe vous le dira.",),
    "duration": ("{service} dure {minutes} minutes.",),
    "services": ("Nous proposons {services}.",),
    "hours": ("Nous sommes ouverts : {hours}.",),
    "hours_unknown": ("Je n'ai pas nos horaires ici.",),
    "address": ("Vous nous trouvez ici : {address}.",),
    "address_unknown": ("Je n'ai pas notre adresse ici ; l'équipe vous la dira.",),
    # talk
    "pardon": ("Pardon, je n'ai pas bien compris.", "Excusez-moi, je ne suis pas sûr de comprendre."),
    "thanks": ("Je vous en prie.", "Avec plaisir.", "De rien."),
    "bye": ("Au revoir, à bientôt.", "Bonne journée, au revoir."),
    "bye_open": (
        "Au revoir. Rien n'est encore fixé ; écrivez-moi quand vous le souhaitez.",
        "À bientôt. Cela reste ouvert ; écrivez-moi quand vous voulez.",
    ),
    "late": (
        "Merci de nous prévenir. L'équipe peut le lire ici. Préférez-vous déplacer le rendez-vous ?",
        "Merci du message. Il reste ici pour l'équipe. Dois-je plutôt déplacer le rendez-vous ?",
    ),
    "handover_later": (
        "Je vous passe quelqu'un. {date}, à partir de {time}, l'équipe est de retour et vous répond ici.",
    ),
    "handover": ("Je vous passe quelqu'un. Nous sommes ouverts en ce moment ; on vous répond ici dès que possible.",),
    "choose": ("Choisir",),
    "cannot_read": ("Je ne peux lire que du texte ici. Écrivez-moi ce que vous souhaitez, s'il vous plaît.",),
    "closed_for_now": (
        "Malheureusement, {business} ne prend et ne déplace aucun rendez-vous en ce moment ; celui que vous avez déjà peut toujours être annulé par le lien de sa confirmation.",
        "Pour l'instant, rien ne peut être réservé ni déplacé chez {business}, je le regrette ; un rendez-vous déjà pris s'annule par le lien de sa confirmation.",
    ),
    "lost_1": (
        "Je n'ai pas bien compris. Souhaitez-vous prendre, déplacer ou annuler un rendez-vous ?",
        "Je ne suis pas sûr de comprendre. Dois-je prendre un rendez-vous ou en modifier un ?",
    ),
    "lost_2": (
        "Désolé, je ne comprends toujours pas. Vous pouvez choisir : {choices}.",
        "Essayons ainsi : {choices} ?",
    ),
    "lost_3": (
        "Désolé, je ne peux pas aider sur ce point. Dois-je vous passer quelqu'un ?",
        "Préférez-vous parler à quelqu'un ?",
    ),
    "choices": ("prendre un rendez-vous", "déplacer un rendez-vous", "annuler un rendez-vous"),
    "smalltalk": (
        "Je m'occupe ici des rendez-vous. Dois-je en prendre un pour vous ?",
        "Je suis là pour vos rendez-vous. Souhaitez-vous en prendre un ?",
    ),
    # what the desk does not know or understand
    "unheard": ("Je n’ai pas compris « {words} ».", "« {words} » : cela, je ne l’ai pas compris."),
    "stuck": (
        "Nous n’avançons pas ainsi. Voulez-vous que je vous passe une personne ? Ou choisissez ce que vous souhaitez.",
        "Désolé, je n’arrive pas à avancer. Une personne peut prendre le relais, ou choisissez ici.",
    ),
    "too_many_ahead": (
        "Vous avez déjà autant de rendez-vous qu’il est possible par chat. Rien de nouveau n’est réservé. Voulez-vous parler à quelqu’un ?",
        "Le chat ne permet pas davantage de rendez-vous, rien de nouveau n’est réservé. Dois-je vous passer quelqu’un ?",
    ),
    "sorry": (
        "J’en suis désolé. Voulez-vous que je vous passe une personne ?",
        "Cela n’aurait pas dû arriver, toutes nos excuses. Souhaitez-vous parler à une personne ?",
    ),
    "coming": ("Parfait, à bientôt.", "Merci de nous prévenir. À bientôt."),
    "ask_code": (
        "Pour cela, il me faut le code de votre confirmation, par exemple 7Q4-K2M.",
        "Envoyez-moi s’il vous plaît le code qui figure dans votre confirmation (comme 7Q4-K2M).",
    ),
    "code_wrong": (
        "Je ne connais aucun rendez-vous à venir avec ce code.",
        "Avec ce code, je ne trouve aucun rendez-vous à venir.",
    ),
    "code_limit": (
        "Cela fait trop de codes. Veuillez contacter l’équipe.",
        "Trop de codes ont été essayés ; l’équipe pourra vous aider.",
    ),
    "fact_unknown": (
        "Cela, je ne le sais pas ; j’ai noté votre question pour l’équipe.",
        "Je ne peux pas vous le dire ; l’équipe lira votre question.",
    ),
    "who": ("{service} : {staff}.",),
    "gave_staff": ("{staff} n’est pas libre à ce moment-là.",),
    "gave_time": ("Pas tout à fait comme souhaité, mais proche :",),
    "ask_day_of": (
        "Prochains jours libres : {days}. Quel jour vous convient ({service}) ?",
        "Les prochains jours libres sont {days}. Quand souhaitez-vous venir ({service}) ?",
    ),
    "read_back_cancel_all": ("{items} : dois-je tous les annuler ?", "Vous souhaitez annuler {items}. Tous ?"),
    # the page of one appointment
    "page_held": ("Retenu pour vous",),
    "page_pending": ("Demandé, pas encore confirmé",),
    "page_confirmed": ("Réservé",),
    "page_cancelled": ("Annulé",),
    "page_completed": ("Terminé",),
    "page_no_show": ("Manqué",),
    "page_what": ("Quoi",),
    "page_length": ("Durée",),
    "page_where": ("Où",),
    "page_code": ("Code",),
    "page_move": ("Déplacer à un autre moment",),
    "page_calendar": ("Ajouter à l'agenda",),
    "page_again": ("Réserver un autre moment",),
    "page_cancel": ("Annuler ce rendez-vous",),
    "page_sure": ("L'horaire se libère aussitôt et quelqu'un d'autre peut le prendre.",),
    "page_cancel_now": ("Oui, l'annuler",),
    "page_too_late": ("Le rendez-vous est trop proche pour être annulé ici. Merci de nous appeler ou de nous écrire.",),
    "receipt_reminder": (
        "Pour rappel : {date}, {time} ({zone}), {what}. Viendrez-vous ? Code {code}. Modifier ou annuler : {link}",
    ),
    "receipt_correction": (
        "Nous vous avons donné une information erronée, veuillez nous excuser. Notre agenda indique : {date}, {time} ({zone}), {what}. Code {code}. Modifier ou annuler : {link}",
    ),
    "will_come": ("Je viendrai",),
    "cannot_come": ("Je ne peux pas venir",),
    # what those who work with the desk hear of
    "notice_booked": ("Nouveau",),
    "notice_requested": ("Demandé",),
    "ask_number": ("Merci de nous communiquer votre numéro, pour que nous puissions vous joindre.",),
    "number_kept": ("Merci, votre numéro est noté avec votre réservation.",),
    "notice_waiting": ("{name} attend une réponse : {words}",),
    "notice_alert": ("À regarder",),
    "notice_several": ("{count} nouvelles chez {business}",),
    # e-mails
    "stop_ask": ("Ne plus recevoir de tels e-mails de {business} ?",),
    "stop_done": ("C'est fait : plus aucun e-mail de ce genre de {business}.",),
    "mail_reminder": ("Rappel",),
    "mail_correction": ("Rectification",),
    "mail_moved": ("Déplacé",),
    "mail_offered": ("Un horaire s'est libéré",),
    "mail_waitlist": ("Liste d'attente",),
    "mail_sign_in_subject": ("Votre lien vers {business}",),
    "mail_sign_in": (
        "Ce lien vous ouvre le bureau de {business}, une seule fois, pendant {minutes} minutes : {link}\n\nSi vous ne l'avez pas demandé, vous n'avez rien à faire.",
    ),
    "trouble": (
        "Un problème est survenu chez nous. Réessayez dans une minute, s'il vous plaît.",
        "Quelque chose a échoué de notre côté. Réessayez tout de suite, s'il vous plaît.",
    ),
}
