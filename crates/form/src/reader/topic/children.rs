//! How employees ask, in Danish, about children whose parents have parted, without the words of the form.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const CHILDREN: &[(Topic, &[&str])] = &[
    (
        Custody,
        &[
            "fælles om ham|hende|dem|barnet|børnene|drengen|drengene|pigen|pigerne|datteren|sønnen",
            "i er stadig? fælles",
            "er i stadig? fælles",
            "alene|ene om ham|hende|dem|barnet|børnene|drengen|drengene|pigen|pigerne",
            "bestemmer i|du|han|hun begge|sammen|alene|selv",
            "i bestemmer begge|sammen",
            "begge ret|rettigheder til ham|hende|dem|barnet|børnene",
            "på papiret * han|hun|i * med|fælles|sammen",
            "børnene|barnet|ham|hende|dem sammen på papiret",
            "retten givet|tildelt|tilkendt dig",
            "papir|noget * at det er dig der har",
            "fra retten|kommunen|myndighederne * at du har",
            "rettens afgørelse|kendelse",
            "far|mor i attesten|fødselsattesten|papirerne",
            "det juridiske",
            "rent juridisk",
        ],
    ),
    (
        LivedBefore,
        &[
            "haft hjemme * nu",
            "haft hjemme før|hidtil|indtil",
            "hos hvem har|boede",
            "hvem boede|har de|han|hun|børnene|barnet * hos",
            "været hos dig|jer|ham|hende",
            "i hidtil boet",
            "hos dig og har gjort",
            "boet hos dig|jer|ham|hende",
            "boede hos dig|jer|ham|hende",
        ],
    ),
    (
        Residence,
        &[
            "skal han|hun|de|barnet|børnene|drengen|pigen * deles",
            "deles nu|fremover|stadig",
            "halvt om halvt",
            "i skiftes",
            "skiftes i",
            "mest hos|dig",
            "bor|bo|er|være|bliver * oftest|mest",
            "bor|bo|blive|boende|være han|hun|de|barnet|børnene? kun|alene|fast|mest hos dig",
            "bo hos dig alene",
            "være begge steder",
            "hvor tit|meget|ofte skal|er han|hun|de",
            "bor|er børnene|barnet|drengen|pigen|han|hun|de nu? hos dig",
            "bo der fast",
        ],
    ),
    (
        OtherParentAgrees,
        &[
            "er faren|moren|far|mor|han|hun|faderen|moderen * med på|i|til",
            "faren|moren|far|mor|faderen|moderen|han|hun * indforstået",
            "er * indforstået",
            "han|hun|faren|moren|far|mor okay med",
            "han|hun|faren|moren * været inde over",
            "faren|moren|far|mor|han|hun * sagt ja|okay|god",
            "siger|sagde han|hun|faren|moren|far|mor til",
            "har i aftalt det",
            "i enige om hvor|det",
            "ved han|hun|faren|moren at",
            "ved han|hun noget",
            "fortalt|sagt ham|hende det",
            "skrevet at det er i orden",
            "om han|hun|barnet|pigen|drengen må",
            "mor|far ikke noget imod",
        ],
    ),
    (
        OtherParentMoves,
        &[
            "flytter han|hun|faren|moren nogen|ingen steder",
            "flytter han|hun|faren|moren nu? også",
            "bor faren|moren|faderen|moderen",
        ],
    ),
    (
        SixWeeks,
        &[
            "fortalte du ham|hende",
            "du varslet|varslede",
            "fortalt ham|hende det",
            "seks uger før|forinden|inden",
            "varslet ham|hende|faren|moren",
        ],
    ),
];
