"""Salon Lina: a cut, a colour with time to set, a beard; three people, three chairs, and visits of several services."""

from truebook.demos.demo import Demo, add, bot, fact, needs, person, pool, week

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
        bot(
            *fact(
                "parking",
                en="There is a garage across the street, and short-stay parking in front.",
                de="Gegenüber ist eine Garage, davor gibt es Kurzparkplätze.",
                es="Enfrente hay un garaje, y delante, zona de aparcamiento de corta duración.",
                fr="Il y a un parking couvert en face et des places de courte durée devant.",
                it="Di fronte c'è un garage e davanti parcheggi a sosta breve.",
                pt="Há uma garagem em frente e lugares de curta duração à porta.",
                nl="Aan de overkant is een garage en voor de deur kunt u kort parkeren.",
            ),
            *fact(
                "payment",
                en="You can pay in cash or by card.",
                de="Sie können bar oder mit Karte zahlen.",
                es="Puede pagar en efectivo o con tarjeta.",
                fr="Vous pouvez payer en espèces ou par carte.",
                it="Può pagare in contanti o con carta.",
                pt="Pode pagar em dinheiro ou com cartão.",
                nl="U kunt contant of met de kaart betalen.",
            ),
            *fact(
                "children",
                en="Children are welcome.",
                de="Kinder sind willkommen.",
                es="Los niños son bienvenidos.",
                fr="Les enfants sont les bienvenus.",
                it="I bambini sono i benvenuti.",
                pt="As crianças são bem-vindas.",
                nl="Kinderen zijn welkom.",
            ),
            *fact(
                "access",
                en="The entrance has no steps.",
                de="Der Eingang ist stufenlos.",
                es="La entrada no tiene escalones.",
                fr="L'entrée est sans marches.",
                it="L'ingresso è senza gradini.",
                pt="A entrada não tem degraus.",
                nl="De ingang is drempelvrij.",
            ),
        ),
    ),
    tries=("a haircut tomorrow around 3, please", "cut and colour on Friday", "a haircut for me and my daughter"),
)  # fmt: skip
