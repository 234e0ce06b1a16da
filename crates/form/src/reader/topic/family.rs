//! How employees ask, in Danish, about children's other parent, protection, Digital Post and spelling.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const FAMILY: &[(Topic, &[&str])] = &[
    (
        SixWeeks,
        &[
            "har du varslet",
            "er han|hun|faren|moren varslet",
            "seks uger|ugers før|i|varsel",
            "givet besked seks uger",
            "fik han|hun|faren|moren besked|seks",
            "hvornår fortalte du",
            "hvornår fik han|hun|faren|moren",
            "hvor længe har han|hun vidst",
            "vidst det i seks",
        ],
    ),
    (
        ProtectionExisting,
        &[
            "har * beskyttelse|adressebeskyttelse i forvejen|dag",
            "har du|i allerede * beskyttelse|adressebeskyttelse",
            "allerede beskyttet",
            "er du|i|din beskyttet",
            "har du|i adressebeskyttelse|beskyttelse|hemmelig",
            "har du|i navne og adressebeskyttelse",
            "adresse beskyttet|hemmelig i forvejen|dag",
            "er der * beskyttelse på dig",
            "er din adresse beskyttet|hemmelig",
            "står du med * adressebeskyttelse|beskyttelse|hemmelig",
            "gælder beskyttelsen stadig",
            "i forvejen * beskyttet|beskyttelse",
            "beskyttelse fra før",
            "registreret med beskyttelse",
            "er beskyttelsen aktiv",
        ],
    ),
    (
        DigitalPost,
        &[
            "digital~ post~",
            "e boks",
            "eboks",
            "mit dk",
            "digital~ indbakke",
            "breve * digitalt",
            "brevet|kvitteringen|svaret digitalt",
            "er du digital",
        ],
    ),
    (
        DigitalExempt,
        &[
            "er du fritaget * digital~ post",
            "er du fritaget|undtaget",
            "står du som fritaget",
            "har du fritagelse",
            "fritaget * digital~ post",
        ],
    ),
    (
        NameSource,
        &[
            "hvor kommer stavemåden",
            "hvilken stavemåde",
            "hvor tager jeg navnet",
            "følge passet|opholdskortet|registret",
            "kilde~",
        ],
    ),
    (
        Residence,
        &[
            "deler i * lige|tid",
            "mange dage|nætter * hos dig",
            "mest hos|bo|her",
            "skiftevis hos",
            "hver anden uge",
            "det meste af tiden",
            "fast hos dig",
            "har du børnene|ham|hende|dem mest",
            "syv syv ordning",
        ],
    ),
    (
        OtherParentAgrees,
        &[
            "har faren|moren|han|hun|begge * skrevet under",
            "har i begge skrevet under",
            "har barnets|børnenes|hendes|hans mor|far skrevet",
            "faren|moren skrive under",
            "mener hans|hendes|barnets|børnenes mor|far",
            "faren|moren|far|mor accepteret|svaret|spurgt",
            "han|hun|faren|moren|far|mor * noget imod",
            "siger faren|moren|far|mor",
            "moren|faren blevet hørt",
            "høre faren|moren",
            "får vi fat på * mor|far",
            "kontakter vi moren|faren",
        ],
    ),
    (
        LivedBefore,
        &[
            "boede han|hun|pigen|drengen|barnet|børnene hos|før",
            "boet sammen med",
            "boet hos sin|deres|jer",
            "boede * hos",
            "kommer datteren|sønnen|barnet|børnene fra",
            "hvem har drengen|pigen|barnet|børnene boet",
            "været hos dig hele",
        ],
    ),
    (
        OtherParentMoves,
        &[
            "skal * far|mor|faren|moren også",
            "faren|moren|far|mor flytter|flytte|med også?|med",
            "flytter faren|moren|far|mor",
            "anden forælder * flytningen|med|også",
            "børnenes|barnets far|mor med i",
            "kommer far|mor|faren|moren med",
        ],
    ),
    (
        Custody,
        &[
            "deler i forældremyndighed~",
            "har den alene",
            "er det dig eller moren|faren",
        ],
    ),
    (
        PowerOfAttorney,
        &["er du hans|hendes værge", "på egne vegne", "må handle for"],
    ),
];
