//! What employees state in Danish.

use super::Fact::{No, Text, Yes};
use super::{Row, row};

/// Facts that employees state.
pub(super) const STAFF: &[Row] = &[
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &[
            "lægen beholder du|i",
            "lægen bliver",
            "beholder du|i * læge",
            "så beholder * læge~",
            "din læge er den samme",
        ],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[],
        &[
            "læge~ tager vi når|senere",
            "lægen kan du vælge senere",
            "vælge læge senere",
        ],
    ),
    row(
        "gp.choice",
        Text("first"),
        &[],
        &["får * begge en læge", "får * en læge når", "får du en læge"],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &[
            "i får læge her",
            "læge~ skifter",
            "skriver * nye læge",
            "ny læge noteret",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "andelsbevis~",
            "andelslejlighed~",
            "andelsbolig~",
            "på andelen",
        ],
    ),
    row(
        "dwelling.type",
        Text("municipal_temporary"),
        &[],
        &["midlertidig bolig", "midlertidig kommunal", "boligkontoret"],
    ),
    row(
        "dwelling.type",
        Text("institution"),
        &[],
        &["plejehjem~", "botilbud~", "bostedet"],
    ),
    row("dwelling.type", Text("crisis_centre"), &[], &["krisecent~"]),
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &["kollegi~", "kollegie~"],
    ),
    row("dwelling.type", Text("holiday_home"), &[], &["sommerhus~"]),
    row("dwelling.type", Text("sublet"), &[], &["fremleje~"]),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &[
            "kontrakten har jeg set",
            "andelsbeviset har jeg set",
            "du har lejekontrakten",
            "lejekontrakten ser fin ud",
            "kontrakten er god nok",
            "den har jeg set",
            "lejekontrakten har jeg set",
            "lejekontrakten ser",
            "kontrakten ser * ud",
            "kontrakten er i orden",
            "jeg kan se kontrakten",
            "jeg ser kontrakten",
            "skødet har jeg set",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("copy"),
        &[],
        &[
            "tager * kopi af * kontrakt~",
            "nok som kopi",
            "kopi af fremlejekontrakten",
            "kopi af lejekontrakten tager",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[],
        &[
            "mangler * lejekontrakt~",
            "jeg skriver * mangler",
            "lejekontrakt~ * mangler",
            "kontrakten * mangler",
            "mangler * kontrakt~",
            "mangler * skriftlig aftale",
            "kopi af lejekontrakten send",
        ],
    ),
    row(
        "host.consent_status",
        Text("requested"),
        &[],
        &[
            "sende|sender * erklæring~",
            "sende|sender * logiværtserklæring",
            "erklæring * sende|sender",
            "spørge hende|ham * erklæring",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[],
        &[
            "sende|sender * logiværtserklæring~",
            "sende|sender * erklæring~",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[],
        &[
            "har du forældremyndigheden alene",
            "du har forældremyndigheden alene",
            "forældremyndigheden alene",
        ],
    ),
    row(
        "children[].custody",
        Text("unknown"),
        &[],
        &["det er uafklaret", "er uafklaret"],
    ),
    row(
        "children[].residence_pattern",
        Text("equal"),
        &[],
        &["lige meget ophold", "lige meget hos"],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[],
        &["at han|hun er enig", "at i er enige"],
    ),
    row(
        "children[].other_parent_statement",
        Text("hearing_pending"),
        &[],
        &[
            "sender vi ham|hende et brev",
            "høre|hører vi ham|hende",
            "sender vi * høring~",
        ],
    ),
    row("protection.existing", No, &[], &["ikke beskyttet"]),
    row(
        "protection.requested",
        Yes,
        &[],
        &["beskyttelse * sat på", "så får du beskyttelse"],
    ),
    row(
        "declaration.human_interpreter_offered",
        Yes,
        &[],
        &[
            "ringer * efter en tolk",
            "få et menneske i telefonen",
            "menneskelig tolk",
        ],
    ),
    row(
        "mover.residence_permit_basis",
        Text("Særloven (fordrevne fra Ukraine)"),
        &[],
        &["særloven"],
    ),
    row(
        "case.move_type",
        Text("no_fixed_address"),
        &[],
        &["uden fast bopæl", "uden fast adresse", "ingen fast adresse"],
    ),
    row("case.move_type", Text("to_abroad"), &[], &["udrejsedato~"]),
];
