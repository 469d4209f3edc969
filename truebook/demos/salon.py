"""Salon Lina: a cut, a colour with time to set, a beard; three people, three chairs, and visits of several services."""

from truebook.demos.demo import Demo, add, facts, needs, person, pool, week

DEMO = Demo(
    account={"name": "Salon Lina", "slug": "salon-lina", "timezone": "Europe/Vienna", "languages": ["en", "de"]},
    address="Lindengasse 12, 1070 Vienna",
    calls=(
        add(
            "/services", "haircut", name="Haircut", duration_minutes=45, price_minor=3500, sort_order=0,
            synonyms=["cut", "trim", "Haarschnitt", "Haare schneiden", "schneiden"],
            names={"de": ["Haarschnitt"], "es": ["Corte"], "pt": ["Corte"], "fr": ["Coupe"], "it": ["Taglio"],
                   "nl": ["Knipbeurt"]},
        ),
        add(
            "/services", "colour", name="Colour", duration_minutes=90, price_minor=7900, sort_order=1,
            synonyms=["color", "dye", "colouring", "Färben", "Farbe", "Haare färben"],
            names={"de": ["Farbe"], "es": ["Color"], "pt": ["Cor"], "fr": ["Couleur"], "it": ["Colore"],
                   "nl": ["Kleuring"]},
        ),
        add(
            "/services", "beard", name="Beard trim", duration_minutes=20, price_minor=1800, sort_order=2,
            synonyms=["beard", "shave", "Bart", "Bart trimmen", "Rasur"],
            names={"de": ["Bart trimmen"], "es": ["Barba"], "pt": ["Barba"], "fr": ["Barbe"], "it": ["Barba"],
                   "nl": ["Baard"]},
        ),
        *pool("Chair", "equipment", 3, "chair"),
        needs("haircut", ("chair", "chair", [(0, 45)])),
        needs("colour", ("stylist", None, [(0, 30), (60, 90)]), ("chair", "chair", [(0, 90)])),
        *person("Anna", "haircut", "colour"),
        *person("Ben", "haircut", "beard"),
        *person("Clara", "haircut", "colour", "beard"),
        week(
            ("tue-fri", "09:00", "18:00"), ("mon", "13:00", "19:00"), ("sat", "09:00", "14:00"),
            slot_minutes=15, min_notice_minutes=60, max_advance_days=90, cancel_notice_minutes=120,
        ),
        facts("salon"),
    ),
    tries=("a haircut tomorrow around 3, please", "cut and colour on Friday", "a haircut for me and my daughter"),
)  # fmt: skip
