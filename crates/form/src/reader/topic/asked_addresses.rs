//! Still other questions for the two addresses: where somebody is indoors, what was left, in everyday and official words.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const ASKED_ADDRESSES: &[(Topic, &[&str])] = &[
    (
        OldAddress,
        &[
            "hvor før",
            "og før i|på",
            "hvor var|lå|sov du|i|det|han|hun|de før",
            "hvad fraflyttede|fraflytter",
            "fraflyttede du|i|de|han|hun",
            "været registreret|tilmeldt|opført|indskrevet",
            "registreret|tilmeldt i vinter|sommer|foråret|efteråret|går",
            "fra hvor",
            "hvor fra",
            "hvad hed vejen|gaden|stedet",
            "hvad hed den vej|gade",
            "hvad er det * forlader|forlod",
            "den adresse du|i forlader|forlod|fraflytter",
            "og inden da|det",
            "boligen|lejligheden du|i forlader|forlod|opsagde",
            "hvor rykker|rykkede du|i fra",
            "hvor pakker|pakkede du|i",
            "adresse|adressen som den er|står nu|lige",
            "adresse|adressen som den er|står i dag",
        ],
    ),
    (
        NewAddress,
        &[
            "vejen|gaden og nummeret|husnummeret",
            "vej|gade og nummer|husnummer",
            "hvor blev|bliver|er de|du|i|han|hun indkvarteret|indlogeret|anbragt|installeret",
            "den|jeres|din|hans|hendes rigtige nye",
            "hvor skal brevene|breve|posten|post hen",
            "hvor ligger den|det|båden|vognen|gården|stedet|huset|hjemmet",
            "huset|gården|stedet|lejligheden ligger",
            "hvor holder båden|vognen",
        ],
    ),
    (
        Mailbox,
        &[
            "på|ved kassen",
            "må|skal der stå navn",
            "eget|egen|jeres|dit navneskilt|skilt|dørskilt",
        ],
    ),
];
