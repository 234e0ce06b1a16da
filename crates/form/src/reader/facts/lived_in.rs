//! Still more of homes in passing: how a home came to somebody, who shares it and who is left in the old one; and how
//! employees put it down.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// Answers and statements.
pub(super) const LIVED_IN: &[Row] = &[
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &["гурто житок|житку", "студмістечко|студмістечку"],
    ),
    row(
        "dwelling.type",
        Text("rented_social"),
        &[],
        &[
            "квартира|житло|дім|це|то|хата від фонду|болігселскаб~|болігфорен~",
            "боліг форенінг~|форенінґ~|селскаб~",
            "соціальне|соціальна житло|квартира|оренда",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[T::DwellingType, T::Lease],
        &["приватна|приватний|приватне|приватно"],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[],
        &["він|вона|вони|господар|хазяїн|хазяйка приватно здає|здав|здала|здають"],
    ),
    row(
        "dwelling.type",
        Text("room"),
        &[],
        &[
            "у|в мене|нас там? своя|окрема кімната|кімнатка|комната",
            "у|в кожного|кожної своя|окрема кімната|кімнатка|комната",
            "віддала|віддав|віддали мені|нам? спальню|вітальню|залу|зал",
        ],
    ),
    row(
        "dwelling.type",
        Text("other"),
        &[],
        &[
            "робоче|службове|казенне житло",
            "житло від роботи|роботодавця",
        ],
    ),
    row(
        "dwelling.type",
        Text("institution"),
        &[],
        &["дім|домі|будинок|будинку для? літніх|престарілих|старих|пристарілих"],
    ),
    row(
        "protection.requested",
        No,
        &[T::Protection],
        &["моя|моєї|мій|мою|мені|нам|нашої|наша ні|нє"],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &[
            "лишіть|залиште мене|нас|його|її в|у старого|старої|того|тої|тієї",
            "лишіть|залиште мені|нам|йому|їй старого|стару",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[],
        &["там уже|вже сидять|живуть|сидить|живе"],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[T::OthersRegistered],
        &[
            "самісіньк~",
            "самі|сама|сам вдвох|удвох|втрьох|утрьох",
            "без сусідів|сусідок|співмешканців",
            "хто ж|же зі|із|з мною|нами",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[],
        &[
            "там узагалі|взагалі ніхто не прописаний|зареєстрований|живе",
            "без сусідів|співмешканців",
            "я там один|одна|сам|сама",
            "там я один|одна|сам|сама",
        ],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[T::HostRole, T::HostName, T::HostStays],
        &[
            "снімає|снімають|знімає|знімають|орендує|орендують|винаймає|винаймають",
            "орендар|орендарка|наймач|наймачка",
            "власниця|власник|господар|хазяїн якась|якийсь|інша|інший|фірма|компанія",
            "всім|усім кімнати здає",
        ],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[],
        &[
            "після нього|неї|нас|мене там? уже|вже? нікого",
            "там уже|вже нікого не буде|лишиться|залишиться",
        ],
    ),
    row(
        "from.whole_household_moves",
        No,
        &[],
        &[
            "хлопці|дівчата|сусіди|співмешканці там? далі|і? живуть|лишаються|лишились|лишилися|залишаються",
        ],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[T::Remaining],
        &["нас там|було? тільки|лише двоє|троє|четверо"],
    ),
];

/// What employees note.
pub(super) const PUT_DOWN: &[Row] = &[
    row(
        "dwelling.type",
        Text("other"),
        &[],
        &["boligtypen|boligtype * andet|anden"],
    ),
    row(
        "host.role",
        Text("owner"),
        &[],
        &[
            "det er hende|ham|dem der ejer",
            "hun|han|de ejer|ejede|købte den|det|huset|lejligheden",
        ],
    ),
];
