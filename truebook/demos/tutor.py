"""Nachhilfe Nora: one person, lessons that come again every week at the same time."""

from truebook.demos.demo import Demo, add, bot, fact, person, week

DEMO = Demo(
    account={"name": "Nachhilfe Nora", "slug": "nachhilfe-nora", "timezone": "Europe/Vienna",
             "languages": ["de", "en"]},
    address="Neubaugasse 3, 1070 Wien",
    calls=(
        add(
            "/services", "maths", name="Maths lesson", duration_minutes=60, price_minor=3800, sort_order=0,
            synonyms=["maths", "math", "math lesson"],
            names={"de": ["Mathe", "Mathematik", "Mathestunde", "Mathenachhilfe"], "es": ["Clase de matemáticas"],
                   "pt": ["Matemática"], "fr": ["Cours de maths"], "it": ["Matematica"], "nl": ["Wiskundeles"]},
        ),
        add(
            "/services", "english", name="English lesson", duration_minutes=60, price_minor=3500, sort_order=1,
            synonyms=["English"],
            names={"de": ["Englisch", "Englischstunde"], "es": ["Clase de inglés"], "pt": ["Inglês"],
                   "fr": ["Cours d'anglais"], "it": ["Inglese"], "nl": ["Engelse les"]},
        ),
        add(
            "/services", "trial", name="Trial lesson", duration_minutes=30, price_minor=0, sort_order=2,
            synonyms=["trial", "first lesson"],
            names={"de": ["Probestunde"], "es": ["Clase de prueba"], "pt": ["Aula experimental"],
                   "fr": ["Cours d'essai"], "it": ["Lezione di prova"], "nl": ["Proefles"]},
        ),
        *person("Nora", "maths", "english", "trial"),
        week(
            ("mon-thu", "14:00", "20:00"), ("fri", "13:00", "18:00"),
            slot_minutes=30, min_notice_minutes=240, max_advance_days=180, cancel_notice_minutes=1440,
        ),
        bot(
            *fact(
                "policy",
                de="Bitte sagen Sie mindestens einen Tag vorher ab.",
                en="Please cancel at least a day ahead.",
                es="Cancele al menos un día antes, por favor.",
                fr="Merci d'annuler au moins un jour à l'avance.",
                it="Disdica almeno un giorno prima, per favore.",
                pt="Cancele pelo menos um dia antes, por favor.",
                nl="Zeg alstublieft minstens een dag van tevoren af.",
            ),
            *fact(
                "bring",
                de="Bitte Schulbuch und Heft mitbringen.",
                en="Please bring your book and exercise book.",
                es="Traiga el libro y el cuaderno, por favor.",
                fr="Merci d'apporter le manuel et le cahier.",
                it="Porti il libro e il quaderno, per favore.",
                pt="Traga o livro e o caderno, por favor.",
                nl="Neem alstublieft het boek en het schrift mee.",
            ),
            *fact(
                "payment",
                de="Bezahlt wird per Überweisung am Monatsende.",
                en="You pay by bank transfer at the end of the month.",
                es="Se paga por transferencia a fin de mes.",
                fr="Le paiement se fait par virement en fin de mois.",
                it="Si paga con bonifico a fine mese.",
                pt="Paga-se por transferência no fim do mês.",
                nl="U betaalt per overschrijving aan het eind van de maand.",
            ),
        ),
    ),
    tries=("maths every Tuesday at 5 for ten weeks", "a trial lesson on Thursday afternoon",
           "jeden Mittwoch um 16 Uhr Englisch, acht Wochen lang"),
)  # fmt: skip
