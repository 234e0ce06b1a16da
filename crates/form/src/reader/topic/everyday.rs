//! How employees ask in passing, in half a sentence or by what they see: "Er du allerede derinde?", "får du breve
//! elektronisk?", "står der noget på kassen?".

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const EVERYDAY: &[(Topic, &[&str])] = &[
    (
        MoveDate,
        &[
            "sover du|i|han|hun|de allerede",
            "er du|i|han|hun|de allerede derinde|derovre|derude|deroppe|dernede|fremme|inde",
            "bor du|i|han|hun|de allerede der|derovre|derude",
            "du|i er så? flyttet ind|for|hjem|over",
            "flytter du|i|han|hun|de i dag|morgen",
            "flytter han|hun|du|i før",
            "den dag du|i|han|hun",
            "er den|flytningen|det hele sket",
            "kommer du|i|han|hun ind",
            "begyndte * at bo",
        ],
    ),
    (
        Doctor,
        &[
            "skal du|i af med ham|hende",
            "børnelæge~",
            "sundhedshus~ eller",
        ],
    ),
    (
        Mailbox,
        &[
            "brevkasse~",
            "brevsprække~",
            "brevboks~",
            "kasse til breve|post",
            "står på kassen ude",
        ],
    ),
    (
        DigitalPost,
        &[
            "post~ * digitalt|elektronisk",
            "breve~ * digitalt|elektronisk",
            "post i den digitale",
            "hører du|i fra os",
        ],
    ),
    (
        Protection,
        &[
            "jeres|dit|din skjul",
            "skal * skjules",
            "beskytter både",
            "hemmeligholdt",
        ],
    ),
    (
        ProtectionExisting,
        &[
            "haft den slags|sådan",
            "haft adressebeskyttelse|beskyttelse|navnebeskyttelse",
            "du|i er altså|jo? allerede beskyttet",
            "havde navne og",
        ],
    ),
];
