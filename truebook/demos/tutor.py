"""Nachhilfe Nora: one person, lessons that come again every week at the same time."""

from truebook.demos.demo import Demo, add, facts, person, week

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
        facts("tutor"),
    ),
    tries=("maths every Tuesday at 5 for ten weeks", "a trial lesson on Thursday afternoon",
           "jeden Mittwoch um 16 Uhr Englisch, acht Wochen lang"),
)  # fmt: skip
