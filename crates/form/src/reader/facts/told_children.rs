//! What is told of children of two parents, of the protection of a name and address, and who notes it: wordings in which
//! the matter stands and not the word of the form.

use super::Fact::{No, Text, Yes};
use super::{Row, row};
use crate::reader::topic::Topic as T;

/// What citizens say in Ukrainian.
pub(super) const TOLD_OF_CHILDREN: &[Row] = &[
    row(
        "children[].custody",
        Text("joint"),
        &[T::Custody],
        &[
            "навпіл|пополам",
            "ніхто * не відбирав|забирав|позбавляв",
            "разом вона|він|я|ми",
        ],
    ),
    row(
        "children[].custody",
        Text("joint"),
        &[],
        &[
            "ділимо * права|опіку",
            "права|опіку ділимо",
            "права|опіка * на двох",
            "права на дітей|дитину|сина|доньку|малу|малого|них|неї|нього * одні|спільні|рівні|однакові",
            "у|в неї|нього * права теж|також",
            "вона|він теж|також має * права|опіку",
            "права у|в неї|нього теж|також",
        ],
    ),
    row(
        "children[].lived_with_before",
        Text("reporter"),
        &[T::LivedBefore, T::Residence],
        &["ні дня|дні окремо|без", "куди я туди|там", "не розлуча~"],
    ),
    row(
        "children[].residence_pattern",
        Text("mostly_reporter"),
        &[],
        &[
            "переважно|здебільшого|здебільша|найбільше|найчастіше зі|при|у|в мною|мене|мені",
            "зі|при|у|в мною|мене|мені переважно|здебільшого|здебільша|найбільше|найчастіше",
        ],
    ),
    row(
        "children[].residence_pattern",
        Text("mostly_reporter"),
        &[T::Residence, T::LivedBefore],
        &[
            "крім|окрім канікул|вихідних|свят",
            "у|в|до мами|тата|батька|матері|нього|неї тільки|лише|лиш на? канікули|вихідні|свята",
        ],
    ),
    row(
        "children[].residence_pattern",
        Text("equal"),
        &[],
        &[
            "наполовину|навпіл|пополам зі|у|в мною|мене",
            "наполовину * наполовину",
        ],
    ),
    row(
        "protection.requested",
        Yes,
        &[T::Protection],
        &["конче|неодмінно", "обох|обидвох", "для мене"],
    ),
    row(
        "protection.existing",
        No,
        &[T::ProtectionExisting],
        &[
            "цього * не було",
            "не мав|мала|мали",
            "я|ми тут уперше|вперше",
        ],
    ),
];

/// What employees note in Danish.
pub(super) const NOTED_OF_CHILDREN: &[Row] = &[
    row(
        "protection.existing",
        Yes,
        &[],
        &[
            "du|i allerede er|har adressebeskyttet|adressebeskyttelse",
            "du|i er allerede adressebeskyttet",
            "du|i har allerede adressebeskyttelse",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("co_signed"),
        &[],
        &[
            "hun|han har * skrevet under på flytningen",
            "hun|han har medunderskrevet",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("not_required"),
        &[],
        &["skal|behøver vi|jeg ikke høre ham|hende|faren|moren"],
    ),
];
