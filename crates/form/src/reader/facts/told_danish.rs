//! What the citizen's side tells in Danish: citizens who have learnt some, and relatives, friends and hosts who
//! came along to help. «Hun» and «han» is then the citizen, "jeg" and "vi" may be the host.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// Answers and statements in Danish.
pub(super) const TOLD_DANISH: &[Row] = &[
    row(
        "dwelling.type",
        Text("owned"),
        &[],
        &[
            "vi|jeg har|er lige|netop|selv? købt",
            "har * købt hus~|lejlighed~|rækkehus~|den|det",
            "købte|køber hus~|lejlighed~|rækkehus~",
            "vi|jeg ejer * hus~|lejlighed~|den|det|selv",
            "ejerlejlighed~|ejerbolig~",
            "mit|vores eget hus",
        ],
    ),
    row(
        "dwelling.type",
        Text("owned"),
        &[T::DwellingType],
        &["købt", "ejer", "eget|egen"],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[],
        &[
            "lejer|lejet * af en privat~|mand|dame|kvinde|pensionist|par|familie|landmand",
            "privat udlejer|lejemål|leje|udlejning",
            "lejer|lejet privat",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[T::DwellingType],
        &["privat", "lejer", "udlejer~", "til leje"],
    ),
    row(
        "dwelling.type",
        Text("rented_social"),
        &[],
        &[
            "boligforening~|boligselskab~",
            "almen~ bolig~|lejlighed~",
            "stået på venteliste",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_social"),
        &[T::DwellingType],
        &["almen~", "forening~"],
    ),
    row(
        "dwelling.type",
        Text("room"),
        &[],
        &[
            "et|mit|hendes|hans værelse hos|i",
            "lejer|lejet|fået|får * værelse",
            "værelse~ hos",
            "kun et værelse",
        ],
    ),
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &["kollegi~", "kollegie~"],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "andelsbolig~|andelslejlighed~",
            "en andel",
            "andelsforening~",
        ],
    ),
    row(
        "dwelling.type",
        Text("sublet"),
        &[],
        &[
            "fremleje~",
            "lejer ud mens|imens",
            "mens han|hun|de er i udlandet|væk",
        ],
    ),
    row(
        "dwelling.type",
        Text("municipal_temporary"),
        &[],
        &[
            "midlertidig~ bolig~|lejlighed~",
            "kommunen har givet|fundet|anvist|skaffet",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &[
            "her er kontrakten|lejekontrakten|skødet|aftalen",
            "kontrakten|lejekontrakten|skødet ligger|er her",
            "kontrakten|lejekontrakten|skødet har jeg|vi|hun|han her|med",
            "jeg|vi|hun|han har kontrakten|lejekontrakten|skødet med|her",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[T::Lease],
        &["her", "har * med", "værsgo"],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[],
        &[
            "har ikke * kontrakt|kontrakten|lejekontrakt|lejekontrakten",
            "kontrakten|lejekontrakten har jeg|vi ikke",
            "kontrakten|lejekontrakten ligger|er hjemme",
            "glemt kontrakten|lejekontrakten",
            "ingen kontrakt|lejekontrakt",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[T::Lease],
        &["ikke * endnu|med", "glemt|glemte", "hjemme", "sender den"],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[T::OthersRegistered],
        &[
            "ingen",
            "kun os|mig|hende|ham",
            "bare os|mig",
            "alene",
            "tom|tomt",
            "flyttet ud|derfra",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[],
        &[
            "jeg|vi bor der selv|også|i forvejen",
            "hun|han|de flytter ind hos mig|os",
            "bor hos mig|os",
            "hjemme hos mig|os",
        ],
    ),
    row(
        "dwelling.others_stay",
        Yes,
        &[],
        &[
            "jeg|vi bliver boende|der",
            "jeg|vi bliver selv|selvfølgelig|naturligvis boende",
            "hun|han bliver boende",
            "bor der stadig|fortsat|selv|også",
            "flytter ingen steder",
        ],
    ),
    row(
        "dwelling.others_stay",
        No,
        &[T::HostStays],
        &["flytter ud", "er flyttet", "rejser", "er rejst"],
    ),
    row(
        "host.role",
        Text("owner"),
        &[],
        &[
            "jeg|vi|hun|han|de ejer",
            "og jeg ejer",
            "det er mit|vores|hendes|hans|deres hus|lejlighed|rækkehus",
            "jeg|vi|hun|han|de har købt",
            "ejer * selv",
            "jeg er ejer~",
        ],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[],
        &[
            "jeg|vi|hun|han|de lejer",
            "lejer den|det|selv",
            "kontrakten er i mit|hendes|hans navn",
            "kontrakten står i mit|hendes|hans navn",
            "jeg er lejer",
        ],
    ),
    row(
        "host.role",
        Text("owner"),
        &[T::HostRole],
        &["ejer", "ejeren", "købt"],
    ),
    row("host.role", Text("tenant"), &[T::HostRole], &["lejer"]),
    row(
        "host.consent_status",
        Text("signed"),
        &[],
        &[
            "skrevet * under på erklæring~",
            "skrevet erklæring~ under",
            "underskrevet * erklæring~",
            "erklæring~ * skrevet under|underskrevet",
        ],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[T::Doctor],
        &["behold~", "samme", "min gamle|læge", "ikke skifte|ny"],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &["beholder * læge", "beholde * læge", "læge~ beholder"],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[T::Doctor],
        &[
            "ny", "nye", "skift~", "over til", "tættere", "nærmere", "en anden",
        ],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &["ny læge", "en anden læge", "skifte læge", "over til * læge"],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[T::Doctor],
        &["senere", "ved ikke", "vente~", "tænke over"],
    ),
    row(
        "mover.has_mitid",
        Yes,
        &[],
        &[
            "jeg|vi|hun|han har mitid",
            "har * mitid på",
            "mitid har jeg|hun|han",
        ],
    ),
    row(
        "mover.has_mitid",
        No,
        &[],
        &[
            "har ikke * mitid",
            "har ingen mitid",
            "mitid har jeg|hun|han ikke",
            "uden mitid",
        ],
    ),
    row("mover.digital_post", Text("exempt"), &[], &["fritaget"]),
    row(
        "children[].custody",
        Text("joint"),
        &[T::Custody],
        &["fælles", "sammen", "begge", "os begge"],
    ),
    row(
        "children[].custody",
        Text("joint"),
        &[],
        &["fælles forældremyndighed", "forældremyndigheden sammen"],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[],
        &[
            "jeg har * forældremyndighed~ alene",
            "jeg har den alene",
            "alene om forældremyndighed~",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[T::Custody],
        &["alene", "kun mig", "mig alene"],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[T::OtherParentAgrees],
        &["enig", "indforstået", "med på", "okay med", "siger ja"],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[T::Remaining],
        &["alle", "ingen", "hele familien", "står tom", "tom"],
    ),
    row(
        "from.whole_household_moves",
        No,
        &[],
        &[
            "bliver|blev boende i den|det gamle",
            "bor der stadig|endnu",
            "bliver|blev tilbage",
        ],
    ),
    row(
        "to.mailbox_own",
        Yes,
        &[T::Mailbox],
        &["ja", "min|vores egen", "navn på"],
    ),
    row(
        "to.mailbox_own",
        No,
        &[T::Mailbox],
        &["nej", "deler", "deres|hans|hendes"],
    ),
    row(
        "arrival.stay_over_3_months",
        Yes,
        &[T::ThreeMonths],
        &["år", "længe", "altid", "ja"],
    ),
    row(
        "protection.requested",
        No,
        &[T::Protection],
        &["nej", "ikke nødvendigt", "behøves ikke"],
    ),
];
