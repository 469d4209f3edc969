"""The templates of a desk, in the languages it speaks: utility texts about one appointment, and nothing that sells."""

from typing import Any

Json = dict[str, Any]
EXAMPLES = {
    "business": "Salon Lina", "service": "Haircut", "date": "Monday 23 November", "time": "15:30", "code": "7Q4-K2M",
    "first_name": "Carla", "news": "New: Monday 23 November, 15:30, Haircut with Anna, Carla Huber",
}  # fmt: skip
COME, CANNOT, SUITS, ANOTHER, DETAILS = "come", "cannot", "suits", "another", "details"
BUTTONS: dict[str, tuple[str, ...]] = {
    "appointment_booked": (DETAILS,),
    "appointment_reminder": (COME, CANNOT, DETAILS),
    "appointment_moved": (SUITS, ANOTHER),
    "appointment_cancelled": (DETAILS,),
    "appointment_correction": (SUITS, ANOTHER),
    "message_waiting": (),
    "desk_news": (DETAILS,),
}
LABELS: dict[str, dict[str, str]] = {
    "en": {
        COME: "I will come",
        CANNOT: "I cannot come",
        SUITS: "That suits me",
        ANOTHER: "Another time",
        DETAILS: "Details",
    },
    "de": {
        COME: "Ich komme",
        CANNOT: "Ich kann nicht",
        SUITS: "Passt mir",
        ANOTHER: "Anderer Termin",
        DETAILS: "Details",
    },
    "fr": {
        COME: "Je viens",
        CANNOT: "Je ne peux pas",
        SUITS: "Cela me convient",
        ANOTHER: "Une autre heure",
        DETAILS: "Détails",
    },
    "es": {COME: "Voy a ir", CANNOT: "No puedo ir", SUITS: "Me viene bien", ANOTHER: "Otra hora", DETAILS: "Detalles"},
    "it": {
        COME: "Ci sarò",
        CANNOT: "Non posso venire",
        SUITS: "Mi va bene",
        ANOTHER: "Un altro orario",
        DETAILS: "Dettagli",
    },
    "nl": {
        COME: "Ik kom",
        CANNOT: "Ik kan niet",
        SUITS: "Dat past mij",
        ANOTHER: "Een andere tijd",
        DETAILS: "Details",
    },
    "pt": {
        COME: "Vou comparecer",
        CANNOT: "Não posso ir",
        SUITS: "Fica bem",
        ANOTHER: "Outra hora",
        DETAILS: "Detalhes",
    },
}
BODIES: dict[str, dict[str, str]] = {
    "en": {
        "appointment_booked": "Your appointment at {{business}} is booked: {{service}} on {{date}} at {{time}}. Your code is {{code}}; keep it for changes.",
        "appointment_reminder": "Hello {{first_name}}, a reminder of your appointment at {{business}}: {{service}} on {{date}} at {{time}}. Please tell us below if you cannot come.",
        "appointment_moved": "Your appointment at {{business}} has been moved. New time: {{date}} at {{time}} for {{service}}. Code {{code}} stays the same.",
        "appointment_cancelled": "Your appointment at {{business}} on {{date}} at {{time}} for {{service}} is cancelled, as recorded in our book.",
        "appointment_correction": "We told you a wrong time for your appointment at {{business}}. What our book says: {{service}} on {{date}} at {{time}}. We apologise.",
        "message_waiting": "You asked {{business}} about an appointment and our answer is ready. Reply to this message to read it.",
        "desk_news": "You wanted to hear of news at {{business}} as somebody who works there: {{news}}. The rest is at your desk.",
    },
    "de": {
        "appointment_booked": "Ihr Termin bei {{business}} ist gebucht: {{service}} am {{date}} um {{time}}. Ihr Code ist {{code}}; bewahren Sie ihn für Änderungen auf.",
        "appointment_reminder": "Guten Tag {{first_name}}, eine Erinnerung an Ihren Termin bei {{business}}: {{service}} am {{date}} um {{time}}. Bitte sagen Sie uns unten, falls Sie nicht kommen können.",
        "appointment_moved": "Ihr Termin bei {{business}} wurde verschoben. Neue Zeit: {{date}} um {{time}} für {{service}}. Der Code {{code}} bleibt derselbe.",
        "appointment_cancelled": "Ihr Termin bei {{business}} am {{date}} um {{time}} für {{service}} ist abgesagt, so steht es in unserem Buch.",
        "appointment_correction": "Wir haben Ihnen eine falsche Zeit für Ihren Termin bei {{business}} genannt. In unserem Buch steht: {{service}} am {{date}} um {{time}}. Wir bitten um Entschuldigung.",
        "message_waiting": "Sie haben {{business}} nach einem Termin gefragt, und unsere Antwort ist da. Antworten Sie auf diese Nachricht, um sie zu lesen.",
        "desk_news": "Sie wollten als Mitarbeitende von {{business}} Neues erfahren: {{news}}. Alles Weitere steht an Ihrem Schreibtisch.",
    },
    "fr": {
        "appointment_booked": "Votre rendez-vous chez {{business}} est réservé : {{service}} le {{date}} à {{time}}. Votre code est {{code}} ; gardez-le pour toute modification.",
        "appointment_reminder": "Bonjour {{first_name}}, un rappel de votre rendez-vous chez {{business}} : {{service}} le {{date}} à {{time}}. Dites-nous ci-dessous si vous ne pouvez pas venir.",
        "appointment_moved": "Votre rendez-vous chez {{business}} a été déplacé. Nouvelle heure : {{date}} à {{time}} pour {{service}}. Le code {{code}} reste le même.",
        "appointment_cancelled": "Votre rendez-vous chez {{business}} du {{date}} à {{time}} pour {{service}} est annulé, comme inscrit dans notre agenda.",
        "appointment_correction": "Nous vous avons indiqué une heure erronée pour votre rendez-vous chez {{business}}. Notre agenda indique : {{service}} le {{date}} à {{time}}. Veuillez nous excuser.",
        "message_waiting": "Vous avez demandé un rendez-vous à {{business}} et notre réponse est prête. Répondez à ce message pour la lire.",
        "desk_news": "Vous travaillez chez {{business}} et vouliez être au courant : {{news}}. Le reste se trouve sur votre bureau.",
    },
    "es": {
        "appointment_booked": "Su cita en {{business}} está reservada: {{service}} el {{date}} a las {{time}}. Su código es {{code}}; guárdelo para cualquier cambio.",
        "appointment_reminder": "Hola {{first_name}}, le recordamos su cita en {{business}}: {{service}} el {{date}} a las {{time}}. Díganos abajo si no puede venir.",
        "appointment_moved": "Su cita en {{business}} se ha cambiado. Nueva hora: {{date}} a las {{time}} para {{service}}. El código {{code}} sigue siendo el mismo.",
        "appointment_cancelled": "Su cita en {{business}} del {{date}} a las {{time}} para {{service}} está cancelada, como consta en nuestra agenda.",
        "appointment_correction": "Le dijimos una hora equivocada para su cita en {{business}}. En nuestra agenda consta: {{service}} el {{date}} a las {{time}}. Le pedimos disculpas.",
        "message_waiting": "Usted preguntó a {{business}} por una cita y nuestra respuesta está lista. Responda a este mensaje para leerla.",
        "desk_news": "Usted trabaja en {{business}} y quería estar al tanto: {{news}}. Lo demás está en su escritorio.",
    },
    "it": {
        "appointment_booked": "Il suo appuntamento da {{business}} è prenotato: {{service}} il {{date}} alle {{time}}. Il suo codice è {{code}}; lo conservi per eventuali modifiche.",
        "appointment_reminder": "Buongiorno {{first_name}}, un promemoria del suo appuntamento da {{business}}: {{service}} il {{date}} alle {{time}}. Ci dica qui sotto se non può venire.",
        "appointment_moved": "Il suo appuntamento da {{business}} è stato spostato. Nuovo orario: {{date}} alle {{time}} per {{service}}. Il codice {{code}} resta lo stesso.",
        "appointment_cancelled": "Il suo appuntamento da {{business}} del {{date}} alle {{time}} per {{service}} è annullato, come risulta dalla nostra agenda.",
        "appointment_correction": "Le abbiamo comunicato un orario sbagliato per il suo appuntamento da {{business}}. Nella nostra agenda risulta: {{service}} il {{date}} alle {{time}}. Ci scusiamo.",
        "message_waiting": "Ha chiesto a {{business}} un appuntamento e la nostra risposta è pronta. Risponda a questo messaggio per leggerla.",
        "desk_news": "Lei lavora da {{business}} e voleva essere al corrente: {{news}}. Il resto si trova alla Sua scrivania.",
    },
    "nl": {
        "appointment_booked": "Uw afspraak bij {{business}} is geboekt: {{service}} op {{date}} om {{time}}. Uw code is {{code}}; bewaar die voor wijzigingen.",
        "appointment_reminder": "Hallo {{first_name}}, een herinnering aan uw afspraak bij {{business}}: {{service}} op {{date}} om {{time}}. Laat het ons hieronder weten als u niet kunt komen.",
        "appointment_moved": "Uw afspraak bij {{business}} is verzet. Nieuwe tijd: {{date}} om {{time}} voor {{service}}. De code {{code}} blijft hetzelfde.",
        "appointment_cancelled": "Uw afspraak bij {{business}} op {{date}} om {{time}} voor {{service}} is afgezegd, zoals in onze agenda staat.",
        "appointment_correction": "Wij hebben u een verkeerde tijd genoemd voor uw afspraak bij {{business}}. In onze agenda staat: {{service}} op {{date}} om {{time}}. Onze excuses.",
        "message_waiting": "U vroeg {{business}} naar een afspraak en ons antwoord is klaar. Antwoord op dit bericht om het te lezen.",
        "desk_news": "U werkt bij {{business}} en wilde op de hoogte blijven: {{news}}. De rest staat op uw bureau.",
    },
    "pt": {
        "appointment_booked": "A sua marcação em {{business}} está feita: {{service}} em {{date}} às {{time}}. O seu código é {{code}}; guarde-o para alterações.",
        "appointment_reminder": "Olá {{first_name}}, um lembrete da sua marcação em {{business}}: {{service}} em {{date}} às {{time}}. Diga-nos abaixo se não puder vir.",
        "appointment_moved": "A sua marcação em {{business}} foi alterada. Nova hora: {{date}} às {{time}} para {{service}}. O código {{code}} mantém-se.",
        "appointment_cancelled": "A sua marcação em {{business}} de {{date}} às {{time}} para {{service}} está cancelada, como consta na nossa agenda.",
        "appointment_correction": "Indicámos-lhe uma hora errada para a sua marcação em {{business}}. Na nossa agenda consta: {{service}} em {{date}} às {{time}}. Pedimos desculpa.",
        "message_waiting": "Perguntou a {{business}} por uma marcação e a nossa resposta está pronta. Responda a esta mensagem para a ler.",
        "desk_news": "Trabalha em {{business}} e queria estar a par: {{news}}. O resto está na sua secretária.",
    },
}


CODE, CODE_MINUTES = "booking_code", 10
COPY = {
    "en": "Copy code", "de": "Code kopieren", "fr": "Copier le code", "es": "Copiar código", "it": "Copia codice",
    "nl": "Code kopiëren", "pt": "Copiar código",
}  # fmt: skip
"""What the button says that copies a code; all other words of such a template are Meta's own."""


def names(language: str) -> tuple[str, ...]:
    """Return the templates of a language."""
    return (*BODIES[language], CODE) if language in BODIES else ()


def template(name: str, language: str, pages: str) -> Json:
    """Return a template as it is handed in for review; `pages` is where appointments' pages are."""
    if name == CODE:
        return _code(language)
    body = BODIES[language][name]
    named = [{"param_name": one, "example": EXAMPLES[one]} for one in fields(body)]
    components: list[Json] = [{"type": "BODY", "text": body, "example": {"body_text_named_params": named}}]
    if BUTTONS[name]:
        components.append({"type": "BUTTONS", "buttons": [_button(one, language, pages) for one in BUTTONS[name]]})
    return {
        "name": name, "language": language, "category": "UTILITY", "parameter_format": "NAMED", "components": components
    }  # fmt: skip


def _code(language: str) -> Json:
    components: list[Json] = [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": CODE_MINUTES},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": COPY[language]}]},
    ]
    return {
        "name": CODE, "language": language, "category": "AUTHENTICATION",
        "message_send_ttl_seconds": CODE_MINUTES * 60, "components": components,
    }  # fmt: skip


def fields(body: str) -> list[str]:
    """Return the variables of a text, in their order."""
    return [part.partition("}}")[0] for part in body.split("{{")[1:]]


def _button(kind: str, language: str, pages: str) -> Json:
    if kind != DETAILS:
        return {"type": "QUICK_REPLY", "text": LABELS[language][kind]}
    example = f"{pages}/salon-lina/7Q4-K2M/aBcDeFgHiJkLmNoP"
    return {"type": "URL", "text": LABELS[language][kind], "url": f"{pages}/{{{{1}}}}", "example": [example]}
