//! What citizens say in Ukrainian of what was once so and is no longer, of letters that were signed, and for whom.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// Answers and statements.
pub(super) const TALKED_OVER: &[Row] = &[
    row(
        "mover.has_mitid",
        No,
        &[],
        &[
            "мітайді|мітід|mitid|мітайд було|був|була * * заблокув~|заблоков~|нема|немає|пропав|пропало|зник|зникло|вкрали|згубил~|злетів|злетіло",
        ],
    ),
    row(
        "mover.has_mitid",
        No,
        &[T::MitId],
        &[
            "заблокували|заблокувало|заблокував|заблокувала|заблокувався",
            "було|був|мала|мав * тепер|зараз|вже|уже нема|немає",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("co_signed"),
        &[],
        &[
            "лист|листа|папір|папірець|заяву|записку|згоду * із|з підписом",
            "ось його|її згода|заява|лист * із|з підписом",
            "ось підписаний|підписану|підписаного|підписана лист|листа|папір|заява|заяву|згода|згоду",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("co_signed"),
        &[T::OtherParentAgrees],
        &[
            "дав|дала|написав|написала|передав|передала * із|з підписом",
            "підписаний|підписану|підписаного лист|листа|папір|заяву|згоду",
            "лист|листа|папір|заяву|згоду підписав|підписала",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[],
        &[
            "батько|тато|він|колишній знає і|й|та згоден",
            "мати|мама|вона|колишня знає і|й|та згодна",
            "батько|тато|чоловік|колишній * згоден|не проти",
            "мати|мама|дружина|колишня * згодна|не проти",
        ],
    ),
    row(
        "protection.requested",
        Yes,
        &[T::Protection],
        &[
            "на|для|і нас обох|двох|трьох|всіх|усіх",
            "нам обом|двом|всім|усім",
            "на мене і|й|та на? сина|доньку|дочку|дітей|дитину|неї|нього",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &["договір|контракт|угода теж|також|і|й ось|осьо|тут|є"],
    ),
    row(
        "from.whole_household_moves",
        No,
        &[],
        &["але|бо там він|вона|чоловік|дружина то?"],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[],
        &[
            "вона|він|вони там? не власник|власниця|власники|господиня|господар|хазяйка|хазяїн",
            "вона|він|вони сама|сам|самі платить|платять оренду|квартплату|за оренду|квартиру",
            "вона|він|вони теж|також|сама|сам|самі орендує|орендують|знімає|знімають|наймає|наймають|винаймає|винаймають",
        ],
    ),
];

/// What employees note.
pub(super) const NOTED_OVER: &[Row] = &[row(
    "dwelling.type",
    Text("rented_social"),
    &[],
    &[
        "lejekontrakt|lejekontrakten|kontrakt|kontrakten med|fra|hos bolig? boligforening~|forening~|boligselskab~|selskab~|boligorganisation~",
    ],
)];
