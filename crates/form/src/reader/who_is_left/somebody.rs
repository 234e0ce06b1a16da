//! What tells that somebody is left in the old home without a verb of staying: they go nowhere, the home is left to them,
//! or they are named where it was asked who stays.

use tolkebot_protocol::Lang;
use tolkebot_values::places::PlaceKind;

use super::Clause;
use crate::reader::kin::kin;
use crate::reader::utterance::Utterance;

impl Clause<'_, '_> {
    /// «Переїжджаємо не всі»
    pub(super) fn not_all_go(&self) -> bool {
        let not_all = self
            .words
            .windows(2)
            .any(|w| w[0] == "не" && matches!(w[1], "всі" | "усі"));
        not_all
            && self.words.iter().any(|w| {
                (w.starts_with("переїжджа") || w.starts_with("виїжджа") || w.starts_with("їде"))
                    && (w.ends_with("мо") || w.ends_with("єм"))
            })
    }

    /// «Квартиру ми їй лишаємо», «ігореві передав кімнату»
    pub(super) fn is_left_to_somebody(&self) -> bool {
        let home = self.words.iter().any(|w| {
            ["квартир", "хат", "будин", "дім", "кімнат", "житло"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let left = self.has(&[
            "лишаємо",
            "лишаю",
            "лишив",
            "лишила",
            "лишили",
            "залишаємо",
            "залишаю",
            "залишив",
            "залишила",
            "залишили",
        ]);
        home && left && self.has(&["їй", "йому", "їм"]) && !self.has(&["не"])
    }

    /// «Вони не їдуть», «куди він дінеться», «батьки нікуди», «їм там добре»
    pub(super) fn goes_nowhere(&self) -> bool {
        // «Дружина в Сумах, вона не їде»: who lives abroad was never of this household.
        let abroad = self.u.places().iter().any(|p| {
            matches!(p.value.kind, PlaceKind::ForeignTown | PlaceKind::Country)
                && p.value.country != "Danmark"
        });
        if abroad {
            return false;
        }
        let theirs = |w: &str| matches!(w, "їм" | "йому" | "їй" | "він" | "вона" | "вони");
        let whither =
            self.words
                .iter()
                .any(|w| matches!(*w, "куди" | "де" | "нікуди"))
                && self.words.iter().any(|w| {
                    w.starts_with("дінут") || w.starts_with("дінет") || w.starts_with("діти")
                });
        let well = self.words.windows(3).any(|w| {
            theirs(w[0]) && w[1] == "там" && matches!(w[2], "добре" | "файно" | "гарно" | "зручно")
        });
        let not = self.words.windows(2).any(|w| {
            w[0] == "не"
                && matches!(
                    w[1],
                    "їде"
                        | "їдуть"
                        | "переїжджає"
                        | "переїжджають"
                        | "поїде"
                        | "поїдуть"
                )
        }) && self
            .words
            .iter()
            .any(|w| matches!(*w, "він" | "вона" | "вони"));
        let nowhere = self.words.last() == Some(&"нікуди") && self.words.len() <= 4;
        whither || well || not || nowhere
    }
}

/// «Двоє», «Троє. …», «Юрій Чуб», «тітка»: an answer that names somebody.
pub(super) fn names_some(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let first: Vec<&str> = words.iter().take(4).copied().collect();
    let none = words.iter().any(|w| {
        matches!(
            *w,
            "ніхто"
                | "нікого"
                | "нема"
                | "немає"
                | "порожньо"
                | "пусто"
                | "ні"
                | "нє"
                | "тільки"
                | "лише"
                | "сам"
                | "сама"
                | "жодного"
                | "жодної"
                | "жоден"
                | "вся"
                | "уся"
                | "всі"
                | "усі"
                | "хіба"
                | "нас"
        )
    });
    let person = first.iter().any(|w| {
        kin(w, Lang::Uk).is_some()
            || matches!(
                *w,
                "двоє" | "троє" | "четверо" | "п'ятеро" | "він" | "вона" | "вони"
            )
    }) || u
        .names()
        .first()
        .is_some_and(|f| f.value.given().is_some() && u.word_at(f.span.start) < 3);
    let gone = words.iter().any(|w| {
        [
            "виїха",
            "поїха",
            "переїха",
            "помер",
            "загину",
            "з'їха",
            "пішл",
            "пішов",
            "забра",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    person && !none && !gone
}
