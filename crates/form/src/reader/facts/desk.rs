//! Wordings of citizens and employees that are heard at the desk between other matters.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// What citizens answer and tell.
pub(super) const SAID_AT_DESK: &[Row] = &[
    row(
        "mover.has_mitid",
        Yes,
        &[],
        &[
            "міт|мит айді теж|також|й|і|в? є|маю|працює",
            "мітайді|мітід|mitid теж|також є|маю|працює",
        ],
    ),
    row(
        "mover.has_mitid",
        Yes,
        &[T::MitId],
        &["обоє|обидва|обидві|обох звичайно|звісно|авжеж|маємо|маєм|є|так"],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[],
        &[
            "ніхто|нікого там|тут|більше не? записаний|прописаний|зареєстрований",
            "ніхто там|тут|більше? не записаний|прописаний|зареєстрований|числиться",
            "нікого там|тут|більше? не записано|прописано|зареєстровано",
        ],
    ),
    row(
        "gp.insurance_group",
        Text("1"),
        &[],
        &[
            "хай|нехай|лишайте|залишайте перша|першу й|і|так|тоді|буде|лишається",
            "група|групу перша|першу",
            "перша|першу група|групу",
        ],
    ),
];

/// What employees note.
pub(super) const NOTED_AT_DESK: &[Row] = &[
    row(
        "host.role",
        Text("tenant"),
        &[],
        &[
            "kryds ved|i|ud lejer|fremlejer",
            "kryds ud for lejer|fremlejer",
        ],
    ),
    row(
        "host.role",
        Text("owner"),
        &[],
        &["kryds ved|i|ud ejer", "kryds ud for ejer"],
    ),
    row(
        "host.role",
        Text("landlord"),
        &[],
        &[
            "noterer|skriver|registrerer jeg|vi? ham|hende|dem * som udlejer~",
            "står|er han|hun|de * som udlejer~",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("not_needed"),
        &[],
        &[
            "ingen lejekontrakt~|kontrakt~|lejeaftale~ og|men? det|den|sådan behøver|behøves|kræver|kræves|skal * ikke|heller",
            "ingen lejekontrakt~|kontrakt~|lejeaftale~ * heller ikke nødvendig~",
            "uden lejekontrakt~|kontrakt~|lejeaftale~ * heller ikke nødvendig~|brug",
        ],
    ),
    row(
        "mover.has_mitid",
        No,
        &[],
        &[
            "mitid har|får du|i jo? nok? heller? ikke",
            "mit id har|får du|i jo? nok? heller? ikke",
        ],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &["så skifter|rykker|flytter vi|jeg dig|jer? til|over dem|hende|ham|den"],
    ),
    row(
        "dwelling.type",
        Text("room"),
        &[],
        &[
            "fremleje~ af|på et|ét enkelt|eneste? værelse",
            "fremleje~ * et|ét enkelt|eneste værelse",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "andelsbolig ja|jo",
            "ja|jo|så|altså det? er? en? andelsbolig",
        ],
    ),
    row(
        "mover.name_source",
        Text("passport"),
        &[],
        &[
            "skriver|taster * af fra|efter passet|passene|pas",
            "skriver|staver|tager * som * i passet",
        ],
    ),
];
