"""The situations at a desk, told in each of the languages that are spoken less."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Situations:
    """What customers write in one language, by what they are answering."""

    tomorrow_afternoon: str  # a first message: a haircut, tomorrow afternoon
    with_anna: str  # a first message: with Anna, Thursday at 16:00
    anyone: tuple[str, ...]
    picks: dict[str, str]  # answers to the offer of 15:00 and 15:30 → which one
    declined: tuple[str, ...]  # answers to it that take neither
    earlier: str  # asks for something earlier than what was offered
    agreed: tuple[str, ...]  # answers to the read-back of 15:30
    not_agreed: tuple[str, ...]
    thursday: str  # no, better on Thursday
    at_four: str  # no, better at four
    with_ben: str  # better with Ben
    lone_four: str  # a proposal that is only a number
    monday: str  # move mine to Monday


SITUATIONS = {
    "es": Situations(
        tomorrow_afternoon="Hola, ¿podría pedir hora para un corte mañana por la tarde?",
        with_anna="Quería una cita con Anna el jueves a las 4",
        anyone=("Me da igual con quién", "Con cualquiera está bien"),
        picks={
            "la segunda": "half",
            "el de las tres y media": "half",
            "la última": "half",
            "la primera me viene bien": "three",
            "el más tarde": "half",
            "cualquiera": "three",
        },
        declined=("ninguna", "ninguna me va bien"),
        earlier="¿No hay nada más temprano?",
        agreed=("sí, por favor", "claro que sí", "dale", "correcto", "eso es"),
        not_agreed=("espera", "de acuerdo, pero más tarde", "no gracias"),
        thursday="no, mejor el jueves",
        at_four="no, prefiero a las 4",
        with_ben="mejor con Ben",
        lone_four="¿puede ser 4?",
        monday="¿Puedo mover mi cita al lunes?",
    ),
    "pt": Situations(
        tomorrow_afternoon="Olá, queria marcar um corte para amanhã à tarde",
        with_anna="Gostaria de marcar uma hora com a Anna na quinta às 4",
        anyone=("Tanto faz com quem", "Pode ser com qualquer um"),
        picks={
            "a segunda": "half",
            "às três e meia": "half",
            "a última": "half",
            "a primeira está ótima": "three",
            "a mais tarde": "half",
            "qualquer uma": "three",
        },
        declined=("nenhuma", "nenhuma dá"),
        earlier="Não tem nada mais cedo?",
        agreed=("sim, por favor", "claro", "isso", "certo", "beleza"),
        not_agreed=("espere", "está bem, mas mais tarde", "não, obrigada"),
        thursday="não, melhor na quinta",
        at_four="não, prefiro às 4",
        with_ben="melhor com o Ben",
        lone_four="pode ser 4?",
        monday="Posso mudar a minha marcação para segunda?",
    ),
    "fr": Situations(
        tomorrow_afternoon="Bonjour, je voudrais une coupe demain après-midi",
        with_anna="Je souhaite réserver avec Anna jeudi à 16h",
        anyone=("Peu importe avec qui", "N'importe qui me va"),
        picks={
            "le deuxième": "half",
            "celui de 15h30": "half",
            "le dernier": "half",
            "le premier me convient": "three",
            "le plus tard": "half",
            "n'importe lequel": "three",
        },
        declined=("aucun", "aucun des deux"),
        earlier="Rien de plus tôt ?",
        agreed=("oui s'il vous plaît", "bien sûr", "c'est ça", "exact", "volontiers", "tout à fait"),
        not_agreed=("attendez", "d'accord, mais plus tard", "non merci"),
        thursday="non, plutôt jeudi",
        at_four="non, je préfère 16h",
        with_ben="plutôt avec Ben",
        lone_four="on peut faire 4 ?",
        monday="Puis-je déplacer mon rendez-vous à lundi ?",
    ),
    "it": Situations(
        tomorrow_afternoon="Buongiorno, vorrei un taglio domani pomeriggio",
        with_anna="Vorrei prenotare con Anna giovedì alle 16",
        anyone=("Non importa con chi", "Va bene chiunque"),
        picks={
            "il secondo": "half",
            "quello delle 15:30": "half",
            "l'ultimo": "half",
            "il primo va bene": "three",
            "quello più tardi": "half",
            "uno qualsiasi": "three",
        },
        declined=("nessuno", "nessuno dei due"),
        earlier="Niente prima?",
        agreed=("sì, per favore", "certo", "esatto", "giusto", "volentieri"),
        not_agreed=("aspetta", "va bene, ma più tardi", "no grazie"),
        thursday="no, meglio giovedì",
        at_four="no, preferisco alle 16",
        with_ben="meglio con Ben",
        lone_four="possiamo fare 4?",
        monday="Posso spostare il mio appuntamento a lunedì?",
    ),
    "nl": Situations(
        tomorrow_afternoon="Hallo, ik wil morgenmiddag graag laten knippen",
        with_anna="Ik wil graag een afspraak met Anna donderdag om 16 uur",
        anyone=("Maakt niet uit bij wie", "Iedereen is goed"),
        picks={
            "de tweede": "half",
            "die van half vier": "half",
            "de laatste": "half",
            "de eerste is prima": "three",
            "de latere": "half",
            "maakt niet uit": "three",
        },
        declined=("geen van beide",),
        earlier="Niets eerder?",
        agreed=("ja graag", "zeker", "klopt", "inderdaad", "doe maar"),
        not_agreed=("wacht even", "oké, maar later", "nee dank je"),
        thursday="nee, liever donderdag",
        at_four="nee, liever om 16 uur",
        with_ben="liever met Ben",
        lone_four="kan 4 ook?",
        monday="Kan ik mijn afspraak verzetten naar maandag?",
    ),
}
