"""Portuguese."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:consultas?|marcacao|marcacoes|agendamentos?|reservas?|horario|sessao)"

PHRASES = Phrases(
    code="pt",
    common=words(
        """a agora ainda amanha ao aos aqui as ate bem boa bom cada com como consulta custa da das de depois desde dia dias dois do dos e
        ela ele em entre era essa esse esta este estou eu fazer foi gostaria ha hoje hora horas horario isso isto ja la mais marcar cancelar
        mas me melhor meu meus minha minhas muito na nada nao nas no nos o obrigada obrigado ola onde os ou outra outro para pela pelo
        pode podem posso por porque preciso preco quando quanto que quem quero queria se seja sem semana ser seu sim so sobre sua sao tarde
        tem tenho todo um uma vou voce voces segunda terca quarta quinta sexta sabado domingo feira perfeito noite manha falar pessoa favor tchau""",
    ),
    trade=words("salao cabeleireiro clinica centro estetica barbearia consultorio"),
    yes=lines(r"""
        ^(?:(?:ah|oh|entao|e) )*(?:sim|simm+|claro|ok|okay|perfeito|certo|combinado|isso|exato|exatamente|otimo|bem|muito bem|de acordo|com certeza|pode ser|esta bem|ta bom|tudo bem|confirmo|confirmado|excelente|beleza|bora|blz|serve)
        (?:esse|essa|isso|este|esta|assim|pra mim|para mim)(?: \w+)? (?:serve|funciona|esta (?:bem|bom|otimo)|fica (?:bem|bom|otimo))|^(?:pode (?:marcar|reservar|confirmar)|marque|reserve)$|^fica (?:bom|otimo|bem)
    """),
    no=lines(r"""
        ^(?:nao|nunca|melhor nao|ainda nao|negativo|deixa|deixe|esquece|esqueca)
        nao (?:da|posso|quero|serve|funciona|gosto|e|esta|vou|consigo)|(?:tarde|cedo|caro) demais|muito (?:tarde|caro|cedo)|nenhum[a]?|mudei de ideia
    """),
    acknowledgement=(r"(?:ok|okay|obrigad[oa]|muito obrigad[oa]|ta| )+",),
    praise=(r"(?:otimo|perfeito|bem|muito bem|excelente|que bom)",),
    hedge=lines(r"mas|so se|se for|se custar|exceto|espera|espere|em vez|melhor|outr[oa]s?|mudar|depende|antes|depois|porem|ou|nao|mais (?:tarde|cedo)|menos de"),
    doubtful=lines(r"acho|talvez|quem sabe|suponho|possivelmente|provavelmente"),
    not_no=lines(r"nao ha problema|nao tem problema|sem problema|nao faz mal|nao me importo"),
    commands=("cancelar", "desmarcar", "remarcar", "marcacao", "reservar", "consulta", "perfeito", "obrigado", "obrigada"),
    courtesy=lines(r"como (?:esta|estas|vai)|tudo bem com"),
    besides=lines(r"tambem|alem disso|mais uma"),
    openers=lines(r"""
        (?:e|entao|bem|sim|nao|ok|ola|oi|bom dia|boa tarde|boa noite|por favor|obrigad[oa]|tambem|agora|perfeito|melhor)
        (?:pode|podia|poderia|podem|podiam|posso|poderiam) (?:voce |eu |me )?
        (?:gostaria de|gostava de|gostaria|queria|quero|preciso de|preciso|tenho que|tenho de|desejo)
    """),
    question=lines(r"^(?:que|qual|quais|quando|onde|como|quanto|quanta|quantos|quantas|quem|por que|porque|a que horas|ate que horas|ha|tem|tens|e possivel|estao|esta(?! (?:bem|bom|otimo|certo))|fazem|aceitam|voces)"),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|tempo la fora|chuva|cinema|filme|voo|aeroporto|autocarro|onibus|comboio|trem|hotel|restaurante|musica|pizza"),
    refuse_before=lines(r"(?:nao|menos|exceto|em vez de|nunca)(?: na| no| a| o| as| com| em| de)*"),
    refuse_after=lines(r"nao (?:posso|da|consigo|me serve)"),
    background=lines(r"porque|ja que|tenho (?:um|uma) (?!consulta|marcacao|reserva)|lembrei|esqueci"),
    wishing=lines(r"mudar|quero|posso|pode|melhor|prefiro|trocar"),
    target_before=("para", "pra"),
    or_words=("ou",),
    ordinals={
        r"(?:o|a)? ?primeir[oa](?: opcao)?|opcao (?:1|um|a)": 0,
        r"(?:o|a)? ?segund[oa](?: opcao)?(?! feira)|opcao (?:2|dois|b)|(?:o|a) outr[oa]": 1,
        r"(?:o|a)? ?terceir[oa](?: opcao)?|opcao (?:3|tres)": 2,
        r"(?:o|a) ultim[oa]": -1,
    },
    minutes={r"e meia|meia": 30, r"e um quarto|e quinze": 15, r"menos um quarto": 45, r"em ponto": 0},
    earlier=lines(r"(?:o|a) (?:mais cedo|anterior)"),
    later=lines(r"(?:o|a) mais tarde|^mais tarde(?: por favor)?$"),
    whichever=lines(r"qualquer (?:um|uma)|tanto faz|ambos|os dois|as duas|voce (?:escolhe|decide)|e indiferente"),
    neither=lines(r"nenhum[a]?|outr[oa] (?:hora|horario|dia|data|coisa|opcao)|outros horarios"),
    someone_else=lines(r"(?:com )?outra pessoa|outr[oa] (?:cabeleireir[oa]|medic[oa]|doutor\w*|terapeuta)|mais alguem"),
    anyone=lines(r"(?:com )?qualquer (?:um|uma|pessoa)|tanto faz (?:com )?quem|com quem (?:for|quiser)"),
    adding=(r"tambem|alem disso|mais um|outro horario para|e uma? para|e outr[oa]",),
    joining=("e", "depois"),
    counts={r"dois|duas|2": 2, r"tres|3": 3},
    right_after=(r"logo (?:a seguir|depois|apos)|em seguida",),
    same_day=lines(r"(?:no )?mesmo dia|nesse (?:mesmo )?dia"),
    same_time=lines(r"(?:a |na )?mesma hora|(?:no )?mesmo horario|a essa hora"),
    any_time=lines(r"(?:a )?qualquer hora|qualquer horario"),
    any_day=lines(r"qualquer dia"),
    shifts={r"uma hora (?:mais tarde|depois)": 60, r"meia hora (?:mais tarde|depois)": 30, r"uma hora (?:antes|mais cedo)": -60, r"meia hora (?:antes|mais cedo)": -30},
    name_before=lines(r"chamo me|me chamo|o meu nome e|meu nome e|sou (?:o|a)|sou|em nome de"),
    own_name=lines(r"(?:chamo me|me chamo|meu nome e|sou (?:o|a)|sou|em nome de|(?:meu|minha) (?:filh[oa]|marido|mulher|mae|pai|irma|irmao))"),
    place_before=lines(r"em|perto de|por"),
    staff_before=lines(r"com|com a|com o|para|doutor|doutora|dr|dra|prefiro|e|ou|da|do"),
    cues={
        "book": (Cue(3, lines(r"marcar|marcacao para|agendar|reservar|(?:quero|queria|preciso|gostaria|gostava)(?: \w+){0,5} (?:consulta|marcacao|horario|reserva|hora)")), Cue(2, lines(r"(?:quero|queria|gostaria|preciso|gostava) (?:de )?(?:um|uma|ir|vir|o|a)|posso (?:ir|vir|passar)")), Cue(-4, lines(r"(?:cancel|desmarc|remarc|anul)\w+(?!.* e )")), Cue(1, (_APPOINTMENT,))),
        "availability": (Cue(3, lines(r"(?:ha|tem|tens|teem|resta)(?: \w+){0,5} (?:livre|livres|disponivel|disponiveis|vaga|vagas|disponibilidade|horario|horarios|hora|algo)|(?:que|quando|quais)(?: \w+){0,4} (?:livre|livres|disponivel|disponiveis|vaga|vagas)|quando posso|o mais cedo possivel|(?:nada|algo|algum\w*(?: \w+)?) (?:mais (?:cedo|tarde)|antes)")),),
        "move": (Cue(7, lines(r"(?:mudar|trocar|alterar) (?:\w+ ){0,3}(?:consulta|marcacao|reserva|hora|horario|dia|data)|remarcar|reagendar|adiar|antecipar|passar (?:a|para)")),),
        "cancel": (Cue(6, lines(r"cancel\w+|desmarcar|anular|nao (?:posso|vou poder|consigo) (?:ir|vir|comparecer)")), Cue(-9, lines(r"nao (?:cancele|cancelar|desmarque)"))),
        "mine": (Cue(4, lines(r"(?:que|quando|quais)(?: \w+){0,3} (?:tenho|e (?:a )?minha|sao (?:as )?minhas)|(?:as )?minhas (?:consultas|reservas|marcacoes)|tenho (?:alguma |uma )?(?:consulta|reserva|marcacao)(?: marcada)?$")),),
        "price": (Cue(3, lines(r"quanto (?:custa|custam|e|fica|sai|cobram)|precos?|tabela|caro|desconto")),),
        "hours": (Cue(3, lines(r"horario de (?:funcionamento|abertura|atendimento)|(?:a que horas|quando|ate que horas)(?: \w+){0,2} (?:abrem|fecham|abre|fecha)|(?:estao|esta) (?:aberto|abertos)|abrem (?:ao|aos|no)")),),
        "address": (Cue(3, lines(r"onde (?:fica|ficam|e|estao|esta)|morada|endereco|como (?:chego|chegar)|estacion\w*|telefone|localizacao")),),
        "duration": (Cue(3, lines(r"quanto tempo|quanto (?:dura|demora)|duracao")),),
        "services": (Cue(3, lines(r"que servicos|quais (?:os )?servicos|(?:fazem|oferecem)(?: \w+){1,3}|o que (?:fazem|oferecem)|quem trabalha")),),
        "person": (Cue(4, lines(r"falar com (?:uma |um |alguem|o|a)?(?: ?\w+){0,2}|pessoa (?:real|de verdade)|humano|(?:es|e|voce e) (?:um )?(?:bot|robo|humano|maquina)|liguem?(?: me)?")),),
        "late": (Cue(4, lines(r"atras(?:o|ad[oa]|ar|ei)|(?:chego|vou chegar|chegar)(?: \w+){0,4} (?:tarde|atrasad[oa])|minutos (?:atrasad[oa]|de atraso)|no transito|estou a caminho")),),
        "greet": (Cue(2, lines(r"^(?:ola|oi|bom dia|boa tarde|boa noite)$")), Cue(0.8, lines(r"^(?:ola|oi|bom dia|boa tarde)"))),
        "thanks": (Cue(2, lines(r"obrigad[oa]|muito obrigad[oa]|valeu")),),
        "bye": (Cue(2.5, lines(r"adeus|tchau|ate (?:logo|breve|mais|ja)|mais nada|e tudo|so isso|era so isso")),),
        "smalltalk": (Cue(9, lines(r"ignore? (?:todas|as|suas|tuas)|instrucoes|finja")), Cue(2, lines(r"como (?:esta|estas|vai)|tudo bem com|quem (?:es|e voce)|piada|kkk+|haha+"))),
    },
)  # fmt: skip
