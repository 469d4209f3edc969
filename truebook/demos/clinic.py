"""Praxis Weber: two doctors, two rooms, one laser; the laser and a room are kept along with the doctor, buffers too."""

from truebook.demos.demo import Demo, add, facts, needs, person, pool, week

DEMO = Demo(
    account={"name": "Praxis Weber", "slug": "praxis-weber", "timezone": "Europe/Berlin", "languages": ["de", "en"]},
    address="Kastanienallee 40, 10119 Berlin",
    calls=(
        add(
            "/services", "consultation", name="Consultation", duration_minutes=20, buffer_after_minutes=5,
            price_minor=6000, sort_order=0, synonyms=["appointment with the doctor", "see the doctor", "Sprechstunde"],
            names={"de": ["Beratung", "Erstgespräch"], "es": ["Consulta"], "pt": ["Consulta"], "fr": ["Consultation"],
                   "it": ["Visita"], "nl": ["Consult"]},
        ),
        add(
            "/services", "laser", name="Laser treatment", duration_minutes=40, price_minor=18000, sort_order=1,
            synonyms=["laser", "laser hair removal"],
            names={"de": ["Laserbehandlung", "Laser"], "es": ["Láser"], "pt": ["Laser"], "fr": ["Laser"],
                   "it": ["Laser"], "nl": ["Laserbehandeling"]},
        ),
        add(
            "/services", "blood", name="Blood test", duration_minutes=10, price_minor=2500, sort_order=2,
            synonyms=["bloods", "blood sample"],
            names={"de": ["Blutabnahme", "Blutbild"], "es": ["Análisis de sangre"], "pt": ["Análises"],
                   "fr": ["Prise de sang"], "it": ["Prelievo"], "nl": ["Bloedonderzoek"]},
        ),
        *pool("Treatment room", "room", 2, "room"),
        *pool("Laser", "equipment", 1, "machine"),
        needs("consultation", ("room", "room", [(0, 25)])),
        needs(
            "laser",
            ("doctor", None, [(-5, 45)]),
            ("room", "room", [(-5, 50)]),
            ("laser", "machine", [(0, 50)]),
        ),
        *person("Dr. Weber", "consultation", "laser", synonyms=["Weber", "Doctor Weber", "Frau Dr. Weber"]),
        *person("Dr. Huber", "consultation", "laser", synonyms=["Huber", "Doctor Huber", "Herr Dr. Huber"]),
        *person("Eva", "blood"),
        week(
            ("mon-thu", "08:00", "12:00"), ("mon-thu", "14:00", "18:00"), ("fri", "08:00", "13:00"),
            slot_minutes=10, min_notice_minutes=120, max_advance_days=120, cancel_notice_minutes=720,
        ),
        facts("clinic"),
    ),
    tries=("a laser treatment with Dr. Weber on Thursday morning", "a consultation and a blood test tomorrow",
           "put me on the waiting list for a consultation on Friday"),
)  # fmt: skip
