//! What employees note in Danish of a child's other parent, without the words of the form.

use super::Fact::Text;
use super::{Row, row};

/// Statements of staff about the other parent.
pub(super) const NOTED_OF_PARENT: &[Row] = &[
    row(
        "children[].other_parent_statement",
        Text("hearing_pending"),
        &[],
        &[
            "han|hun|faren|moren skal * høres",
            "han|hun|faren|moren * mulighed for at udtale",
            "så hører vi|jeg ham|hende|faren|moren",
            "bliver det en høring",
            "det bliver en høring",
            "sender|skriver * brev til ham|hende|faren|moren|far|mor",
            "sender|skriver vi|jeg et? brev til ham|hende|faren|moren|far|mor",
            "skriver til faren|moren",
            "vi|jeg spørger ham|hende|faren|moren",
            "det kører en kollega",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("not_required"),
        &[],
        &[
            "han|hun|faren|moren|far|mor|ham|hende skal ikke høres|spørges|kontaktes",
            "skal han|hun|faren|moren|far|mor ikke høres|spørges|kontaktes",
            "hører vi ham|hende|faren|moren ikke",
            "behøver vi|jeg ikke at? kontakte|høre|spørge faren|moren|ham|hende|nogen",
            "ikke nogen anden vi|jeg skal spørge|høre",
            "faren|moren|ham|hende skal vi * heller ikke høre|spørge",
            "ikke en|nogen forælder at spørge|høre",
            "ingen anden forælder",
            "ingen der skal høres|spørges",
            "skal ingen høres|spørges|kontaktes",
        ],
    ),
];
