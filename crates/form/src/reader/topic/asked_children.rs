//! How employees ask, in Danish, whose the children are, with whom they live and whether the other parent knows; whether
//! somebody is to be hidden, and by what right somebody acts for another.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const ASKED_CHILDREN: &[(Topic, &[&str])] = &[
    (
        Custody,
        &[
            "i har dem|ham|hende|børnene begge|sammen",
            "har i dem|ham|hende begge|sammen",
            "sammen om ham|hende|dem|børnene|barnet",
            "er i begge|begge to? forældre",
            "begge hendes|hans|deres forældre",
            "indehaver alene",
            "værge for dem|børnene|drengene|pigerne",
        ],
    ),
    (
        LivedBefore,
        &[
            "altid fulgt med dig|jer",
            "altid fulgt dig|jer",
            "hvor var * mest før",
            "hvor boede * mest før",
            "boet med dig|jer",
            "været hos hende|ham|dig hele",
        ],
    ),
    (
        Residence,
        &[
            "sønnen|datteren|drengen|pigen|barnet|børnene bliver hos dig",
            "hvem er|bor|bliver han|hun|de mest",
            "hvor vil|skal han|hun|de|barnet|børnene være|bo mest",
            "hos dig i det daglige",
            "hos dig mest|oftest",
        ],
    ),
    (
        OtherParentAgrees,
        &[
            "er hun|han enig|enige",
            "er forældrene enige",
            "er * enig|enige i at",
        ],
    ),
    (
        SixWeeks,
        &[
            "orienteret i god tid",
            "sagt|fortalt|sagde det * i god tid",
            "hvornår sagde du det til ham|hende|faren|moren",
            "vidste * seks uger",
        ],
    ),
    (
        Protection,
        &[
            "navnet|adressen|navn|adresse * ikke kommer|vises|udleveres|ses",
            "ingen kan|må se * adresse|bor",
        ],
    ),
    (
        PowerOfAttorney,
        &[
            "lov til at melde|anmelde|handle|flytte|skrive",
            "hun|han givet dig lov",
            "du under for ham|hende",
            "papirfuldmagt~",
        ],
    ),
];
