//! What employees note in Danish of homes and hosts in passing, and what their questions take for granted.

use super::Fact::{No, Text, Yes};
use super::{Row, row};

/// Statements.
pub(super) const NOTED_HOMES: &[Row] = &[
    row(
        "host.consent_status",
        Text("requested"),
        &[],
        &[
            "erklæringen sender jeg|vi",
            "den sender jeg|vi til ham|hende",
            "den sender jeg|vi i dag|eftermiddag|morgen",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "andels beviset|boligen|lejligheden",
            "en andels bolig|lejlighed",
        ],
    ),
    row(
        "dwelling.type",
        Text("municipal_temporary"),
        &[],
        &[
            "kommunens midlertidige|bolig",
            "kommunen har placeret|indkvarteret",
        ],
    ),
    row(
        "dwelling.type",
        Text("owned"),
        &[],
        &[
            "i|du ejer selv",
            "i|du ejer det|den|huset|lejligheden|boligen selv",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[],
        &["altså lejet privat", "altså privat leje|lejemål|udlejning"],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &[
            "andelsbeviset * ser fint ud|i orden",
            "i kontrakt~ står der",
            "kontrakt~ der står",
            "kontrakt~|aftale~|skøde~|andelsbevis~ har jeg læst|set|fået vist",
            "kontrakt~|aftale~|skøde~|andelsbevis~ er læst|fin|god",
            "kontrakt~|aftale~|skøde~ * underskrevet og det hele",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("copy"),
        &[],
        &[
            "kopien bliver hos mig|os",
            "beholder|gemmer jeg|vi kopien",
            "kopien|ksero~ lægges|lægger jeg|gemmer|gemmes|beholder",
            "jeg|vi tager * kopi|fotokopi af aftale~|kontrakt~|skøde~",
            "kontrakt~|aftale~ * som kopi|skannet|scannet",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[],
        &[
            "skal * have * lejeaftale~|lejekontrakt~|kontrakt~ * inden|senest",
            "en lejeaftale * inden",
            "noget på skrift * inden|senest",
            "skal vi|jeg se|have senest|inden * underskrevet * kontrakt~|lejekontrakt~|lejeaftale~",
            "senest|inden * en underskrevet kontrakt~|lejekontrakt~|lejeaftale~",
            "mangler * lejeaftale~",
            "kontrakt~|lejekontrakt~|lejeaftale~ mangler",
        ],
    ),
    row(
        "host.consent_status",
        Text("requested"),
        &[],
        &[
            "logivært~|erklæring~ * sender|fremsender|mailer jeg|vi",
            "sender|fremsender|mailer jeg|vi * logivært~|erklæring~|logi",
            "sender * logi værtserklæring|værts",
            "skal * svare * os? på * erklæring~|logivært~",
            "modtager|får * logivært~|erklæring~|logi",
            "til logivært~|erklæring~ skal|mangler jeg|vi",
            "når * har svaret|bekræftet",
            "skal bekræfte at du|i|hun|han|de bor",
            "skriver|skrive til * så han|hun|de kan bekræfte|svare",
            "bede|beder ham|hende|dem om at bekræfte|svare|skrive",
            "så jeg|vi kan sende * erklæring~|logivært~",
        ],
    ),
    row(
        "from.whole_household_moves",
        No,
        &[],
        &[
            "kun|alene han|hun|du fraflytter",
            "at kun|alene han|hun|du flytter|fraflytter",
            "noterer * at du bliver boende",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[],
        &[
            "hun|han er tilmeldt|registreret på? adressen|der endnu|stadig|fortsat",
            "hun|han er jo|stadig|fortsat|også tilmeldt|registreret på? adressen|der",
            "hun|han er efter det oplyste tilmeldt|registreret på? adressen|der",
        ],
    ),
    row(
        "dwelling.others_stay",
        Yes,
        &[],
        &[
            "registreret|tilmeldt der og bliver * boende",
            "bor der selv og bliver",
            "hun|han|de * registreret der og bliver",
        ],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &[
            "lægen i * bliver altså|ikke|jo",
            "så rører jeg den|lægen|ham|hende ikke",
        ],
    ),
    row(
        "gp.choice",
        Text("first"),
        &[],
        &[
            "du|i får en|jeres|din læge og",
            "får du|i begge|alle? en læge når",
            "du|i får * læge når",
            "første læge * automatisk|tildelt|kommer",
        ],
    ),
];

/// What a question or a request takes for granted.
pub(super) const TAKEN: &[Row] = &[
    row(
        "dwelling.type",
        Text("institution"),
        &[],
        &[
            "hvilket plejehjem|bosted|plejecenter|botilbud",
            "hedder plejehjemmet|plejecentret|bostedet|botilbuddet",
            "plejehjemmet|plejecentret|bostedet ligger",
            "værelse på plejehjemmet|plejecentret",
            "hedder pleje hjemmet|centret",
            "hvilket pleje hjem|center",
        ],
    ),
    row(
        "dwelling.type",
        Text("crisis_centre"),
        &[],
        &[
            "på krisecentret|krisecenteret du|i bor|er|opholder|sover",
            "hedder|ligger krisecentret|krisecenteret",
            "hvilket krisecenter",
        ],
    ),
    row(
        "dwelling.type",
        Text("room"),
        &[],
        &[
            "hvor længe skal|må|kan|bliver * på værelset",
            "værelset er|ligger hos",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "hvor er|ligger andelen|andelsboligen",
            "i|du|set|få andelsbeviset",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[],
        &[
            "så har du forældremyndigheden alene",
            "forældremyndigheden har du så alene",
        ],
    ),
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &[
            "kollegieværelse~",
            "hvad hedder kollegiet",
            "overnattede|sov du * på kollegiet",
        ],
    ),
    row(
        "dwelling.type",
        Text("sublet"),
        &[],
        &[
            "aftale~ om fremleje",
            "i fremlejeperioden",
            "fremlejen udløber|slutter",
        ],
    ),
];
