//! Still other questions about the home: until when it is theirs, in indirect questions and short ones.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const ASKED_HOMES: &[(Topic, &[&str])] = &[(
    TemporaryUntil,
    &[
        "hvor længe sagde|varer|tror|regner|bliver|gælder|må",
        "hvornår lejemålet|fremlejen|aftalen|kontrakten slutter|ophører|udløber|stopper",
        "hvornår han|hun|de kommer|vender|er tilbage|hjem",
        "hvornår er det år gået",
        "hvornår kommer|vender han|hun|de tilbage|hjem",
    ],
)];
