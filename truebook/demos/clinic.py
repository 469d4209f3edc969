"""Praxis Weber: two doctors, two rooms, one laser; the laser and a room are kept along with the doctor, buffers too."""

from truebook.demos.demo import Demo, add, bot, fact, needs, person, pool, week

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
        *person("Weber", "consultation", "laser", synonyms=["Dr. Weber", "Doctor Weber", "Frau Dr. Weber"]),
        *person("Huber", "consultation", "laser", synonyms=["Dr. Huber", "Doctor Huber", "Herr Dr. Huber"]),
        *person("Eva", "blood"),
        week(
            ("mon-thu", "08:00", "12:00"), ("mon-thu", "14:00", "18:00"), ("fri", "08:00", "13:00"),
            slot_minutes=10, min_notice_minutes=120, max_advance_days=120, cancel_notice_minutes=720,
        ),
        bot(
            *fact(
                "bring",
                de="Bringen Sie bitte Ihre Versicherungskarte mit.",
                en="Please bring your insurance card.",
                es="Traiga su tarjeta sanitaria, por favor.",
                fr="Veuillez apporter votre carte d'assurance.",
                it="Porti per favore la tessera sanitaria.",
                pt="Traga o seu cartão de saúde, por favor.",
                nl="Neem alstublieft uw verzekeringspas mee.",
            ),
            *fact(
                "payment",
                de="Wir rechnen mit der Kasse ab; die Laserbehandlung zahlen Sie selbst.",
                en="We bill your insurance; the laser treatment you pay yourself.",
                es="Facturamos a su seguro; el tratamiento láser lo paga usted.",
                fr="Nous facturons à votre assurance ; le traitement laser est à votre charge.",
                it="Fatturiamo alla sua assicurazione; il trattamento laser è a suo carico.",
                pt="Faturamos ao seu seguro; o tratamento a laser é pago por si.",
                nl="Wij declareren bij uw verzekering; de laserbehandeling betaalt u zelf.",
            ),
            *fact(
                "policy",
                de="Absagen sind bis 12 Stunden vorher möglich.",
                en="You can cancel up to 12 hours ahead.",
                es="Puede cancelar hasta 12 horas antes.",
                fr="Vous pouvez annuler jusqu'à 12 heures avant.",
                it="Può annullare fino a 12 ore prima.",
                pt="Pode cancelar até 12 horas antes.",
                nl="U kunt tot 12 uur van tevoren afzeggen.",
            ),
            *fact(
                "access",
                de="Es gibt einen Aufzug.",
                en="There is a lift.",
                es="Hay ascensor.",
                fr="Il y a un ascenseur.",
                it="C'è un ascensore.",
                pt="Há elevador.",
                nl="Er is een lift.",
            ),
        ),
    ),
    tries=("a laser treatment with Dr. Weber on Thursday morning", "a consultation and a blood test tomorrow",
           "put me on the waiting list for a consultation on Friday"),
)  # fmt: skip
