//! Still other questions about the home: until when it is theirs, in indirect questions and short ones.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const ASKED_HOMES: &[(Topic, &[&str])] = &[
    (
        TemporaryUntil,
        &[
            "hvor længe sagde|varer|tror|regner|bliver|gælder|må",
            "hvornår lejemålet|fremlejen|aftalen|kontrakten slutter|ophører|udløber|stopper",
            "hvornår han|hun|de kommer|vender|er tilbage|hjem",
            "hvornår er det år gået",
            "hvornår kommer|vender han|hun|de tilbage|hjem",
        ],
    ),
    (
        ContactAddress,
        &[
            "post|breve|brev herfra",
            "skrive til dig|jer|ham|hende nogen|et sted|steder",
            "sende * brev * hen",
            "sted * sende * brev",
            "kan vi skrive til dig|jer|ham|hende",
        ],
    ),
    (
        OldAddress,
        &[
            "hvad|hvor|hvilken * fraflyttede|fraflyttes|fraflytter",
            "altså|og|men fra hvor",
            "fra hvor henne",
            "hvor før",
            "hvad|hvor * forlod|forlader du|i|de|han|hun",
            "hvor har du|i|de|han|hun været registreret|tilmeldt|skrevet|indtil|hidtil",
            "hvor var du|i|de|han|hun registreret|tilmeldt|skrevet|indtil|før",
            "hvad kommer|kom du|i|de|han|hun * fra",
            "hvad flytter|flyttede|rykker|rykkede du|i|de|han|hun * fra",
            "gamle hjem|bolig|lejlighed|værelse",
            "den|det gamle i",
            "og herfra",
            "hvad hed|hedder vejen|gaden * boede|kom",
            "hvor holdt du|i|de til",
            "bopæl hidtil|indtil",
        ],
    ),
];
