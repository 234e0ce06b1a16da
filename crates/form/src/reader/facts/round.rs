//! Answers that tell more than they were asked, or less: who is left behind, who was there before, the
//! doctor in passing.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// What citizens say in Ukrainian.
pub(super) const AROUND: &[Row] = &[
    row(
        "gp.choice",
        Text("change"),
        &[T::Doctor],
        &[
            "візьмемо|візьму|беремо|беру",
            "вибер~|обер~ * тут|там|в|у|нового|нову",
            "нового|нову|іншого|іншу",
            "далеко|далекувато|задалеко",
            "шукатимемо|шукатиму|пошукаємо|знайдемо * тут|там|в|у|нового",
            "порадили|порекомендували|радять",
            "бо той|та у|в|на",
            "треба|потрібен|потрібна тут|новий|нова",
        ],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &[
            "лікаря|лікарку * треба|потрібно * бо той|та|старий",
            "лікаря|лікарку * нового|нову",
            "лікаря|лікарку візьмемо|візьму|беремо|вибер~|обер~ * тут|нового|нову|біля",
            "нового|нову лікаря|лікарку",
            "до лікаря|лікарки * далеко",
        ],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[T::Doctor],
        &[
            "хочемо|хочу * в неї|нього лишитис~|залишитис~",
            "лишитися|лишитись|залишитися|залишитись * у|в|при",
            "звикли|звик|звикла * до нього|неї",
            "нехай буде як|та|той|він|вона",
            "усе|все по-старому|постарому",
        ],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[T::Doctor],
        &[
            "давайте|можна пізніше|потом|потім|згодом",
            "я * не ходжу",
            "ще не думала|думав|думали|вирішила|вирішив|вирішили",
            "не визначилась|визначився|визначились|визначилися|визначилася",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[T::OthersRegistered],
        &[
            "порожньо|порожня|порожній|порожнє|пусто|пуста",
            "попередні|старі|колишні|ті * з'їхали|виїхали|поїхали",
            "вже|уже * з'їхали|виїхали|виїхав|виїхала",
            "ключі * забрала|забрав|забрали",
            "ніде|нікого нема|немає|не",
            "ніхто|нікого",
            "не з нами|мною",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[],
        &[
            "у|в хаті|квартирі|будинку|домі порожньо|пусто|нікого",
            "попередні * з'їхали|виїхали",
            "до нас|мене там ніхто|нікого",
            "квартира|хата нова|новенька ніхто",
        ],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[],
        &[
            "він|вона орендує|винаймає|наймає|знімає * квартиру|хату|дім|будинок|житло|її|все|усе",
            "квартиру|хату|житло він|вона * орендує|винаймає|наймає|знімає",
            "договір|контракт на нього|неї|ньому|ній",
        ],
    ),
    row(
        "host.role",
        Text("owner"),
        &[],
        &[
            "він|вона|вони * хату|будинок|квартиру|дім купили|купив|купила",
            "він|вона * купив|купила * хату|будинок|квартиру|дім",
            "вона|він * в|у тій|своїй хаті|квартирі * живе",
            "його|її|їхній|їхня власний|власна|власне",
        ],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[T::Remaining],
        &[
            "тільки|лише|лиш ми|я|нас * і|там|було|були|була|був",
            "ключі * здаємо|здали|здав|здала|віддали|віддала|віддав",
            "було|були|нас двоє|троє|четверо|п'ятеро * виїжджаємо|виїхали|переїхали",
            "там * інша|інші|нові * сім'я|люди|мешканці|живуть",
        ],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[T::OldAddress],
        &["всі|усі виїхали|з'їхали|переїхали|переїжджаємо"],
    ),
    row(
        "from.whole_household_moves",
        No,
        &[T::OldAddress],
        &[
            "лишився|лишилася|лишилась|лишились|лишилися там",
            "там лишився|лишилася|лишилась|лишились|лишилися|залишився|залишилася|залишились",
            "вона|він|вони * там * живе|живуть далі|досі|ще",
        ],
    ),
];

/// What employees say in Danish.
pub(super) const NOTED: &[Row] = &[
    row(
        "gp.choice",
        Text("first"),
        &[],
        &[
            "din|jeres første læge|her",
            "får * læge tildelt",
            "tildeler * læge",
            "læge~ tildeles",
        ],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[],
        &[
            "læge~ kan|må vi|du|i tage|ordne|vælge senere",
            "læge~ tager vi * senere",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[],
        &[
            "ingen andre tilmeldt|registreret|beboere|på",
            "altså ingen andre",
            "i|du er * ene|eneste * på adressen",
            "adressen * tom",
            "fraflyttet * adressen",
        ],
    ),
    row(
        "host.consent_status",
        Text("requested"),
        &[],
        &[
            "erklæring~ sender jeg|vi",
            "får|modtager * erklæring~ fra|af os",
            "erklæring~ * på vej til",
            "når * har svaret|underskrevet|svaret",
        ],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[],
        &[
            "hele husstanden flytter",
            "i flytter alle fra",
            "alle flytter * derfra|fra",
            "ingen bliver * tilbage|boende",
            "der bliver ingen tilbage",
        ],
    ),
];
