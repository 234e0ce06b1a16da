//! What tells that nobody is left in the old home: it is empty, given up, or all who lived there go.

use super::{Clause, is_staying};
use crate::reader::memory::Memory;

impl Clause<'_, '_> {
    /// Nobody is left where the citizen lived.
    pub(super) fn nobody_left(&self, m: &Memory) -> bool {
        self.is_empty_now()
            || self.says_nobody()
            || self.was_alone()
            || self.all_go()
            || self.gave_up()
            || self.is_taken_over() && !m.objected && m.asked.asks(super::Topic::Remaining)
    }

    /// «Там порожньо буде», «порожнє, ключ сусідові», «хатина тепер пуста»
    fn is_empty_now(&self) -> bool {
        let empty = |w: &str| {
            w.starts_with("порожн") && !w.ends_with("ою")
                || matches!(w, "пусто" | "пуста" | "пусте" | "пустий" | "пустою")
        };
        (0..self.words.len()).any(|at| {
            let before = at.checked_sub(1).map_or("", |b| self.words[b]);
            let next = self.words.get(at + 1).copied().unwrap_or("");
            empty(self.words[at])
                && before != "не"
                && !next.starts_with("кімнат")
                && !matches!(next, "друга" | "третя" | "інша")
        }) && !self.has(&[
            "якщо",
            "якби",
            "нова",
            "новій",
            "нову",
            "стояла",
            "стояло",
            "стояв",
        ])
    }

    /// «Ані душі не лишили», «ніхто не зостався», «від нас нікого»
    fn says_nobody(&self) -> bool {
        let soul = self
            .words
            .windows(2)
            .any(|w| matches!(w, ["ні" | "ані", "душі"] | ["жодної", "душі"]));
        let nobody = self.has(&["ніхто", "нікого"])
            && (self
                .words
                .iter()
                .any(|w| is_staying(w) || w.starts_with("лиши") || w.starts_with("залиши"))
                || self.words.windows(2).any(|w| {
                    matches!(
                        w,
                        ["від" | "після" | "по" | "крім", "нас" | "мене" | "мені"]
                    )
                })
                || self.words.len() <= 3 && self.has(&["людей", "там", "наших", "моїх"]));
        soul || nobody
    }

    /// «Сам був там», «я там один був», «знімала сама»: whoever lives alone leaves nobody.
    fn was_alone(&self) -> bool {
        let alone = |w: &str| {
            matches!(
                w,
                "сам"
                    | "сама"
                    | "один"
                    | "одна"
                    | "самотній"
                    | "самотня"
                    | "сам-один"
                    | "сам-одна"
            )
        };
        let lived = |w: &str| {
            matches!(
                w,
                "був"
                    | "була"
                    | "жив"
                    | "жила"
                    | "знімав"
                    | "знімала"
                    | "винаймав"
                    | "винаймала"
                    | "мешкав"
                    | "мешкала"
            )
        };
        // Near each other: «номер тридцять один, там я була».
        let near = (0..self.words.len()).any(|at| {
            alone(self.words[at])
                && self.words[at.saturating_sub(2)..(at + 3).min(self.words.len())]
                    .iter()
                    .any(|w| lived(w))
        });
        near && !self.has(&[
            "не",
            "раніше",
            "колись",
            "спершу",
            "спочатку",
            "тут",
            "він",
            "вона",
        ])
    }

    /// «Забираємося звідти обоє», «усі троє вийшли», «і всі їдемо»
    fn all_go(&self) -> bool {
        let all = self.has(&[
            "всі",
            "усі",
            "обоє",
            "обидва",
            "обидві",
            "удвох",
            "вдвох",
            "втрьох",
            "утрьох",
            "усією",
            "всією",
            "гуртом",
        ]);
        let go = self.words.iter().any(|w| {
            matches!(*w, "звідти" | "вийшли")
                || [
                    "виїхал",
                    "виїжджаєм",
                    "вибралис",
                    "вибираєм",
                    "з'їхал",
                    "з'їжджаєм",
                    "забираєм",
                    "їдемо",
                    "перебралис",
                ]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        all && go && !self.has(&["не", "крім", "окрім", "вони", "інші"])
    }

    /// «Ключі здали», «квартиру повертаємо», «будинок я продала», «кидаємо її назовсім»
    fn gave_up(&self) -> bool {
        const GIVEN: &[&str] = &[
            "здав",
            "здала",
            "здали",
            "здаємо",
            "здаю",
            "здам",
            "здамо",
            "повернув",
            "повернула",
            "повернули",
            "повертаємо",
            "повертаю",
            "віддав",
            "віддала",
            "віддали",
            "віддаємо",
            "віддаю",
            "продав",
            "продала",
            "продали",
            "продаємо",
            "звільнив",
            "звільнила",
            "звільнили",
            "звільняємо",
            "кидаємо",
            "кидаю",
        ];
        const HOME: &[&str] = &[
            "квартир",
            "хат",
            "будин",
            "дім",
            "дома",
            "житло",
            "її",
            "його",
            "господар",
            "власник",
            "комун",
            "повністю",
            "орендован",
        ];
        let given = self.has(GIVEN);
        let home = self
            .words
            .iter()
            .any(|w| HOME.iter().any(|stem| w.starts_with(stem)));
        given
            && home
            && !self.has(&[
                "не",
                "ще",
                "нам",
                "мені",
                "кімнату",
                "документи",
                "дозвіл",
                "якщо",
            ])
            && self.subject_of_giving()
    }

    /// «Він здав», «господар продав» is not the citizen's doing.
    fn subject_of_giving(&self) -> bool {
        !self.has(&[
            "він",
            "вона",
            "вони",
            "господар",
            "хазяїн",
            "власниця",
            "господиня",
        ])
    }

    /// «Тепер там студенти», «нову сім'ю заселила»: others have moved in.
    fn is_taken_over(&self) -> bool {
        let new = self.words.iter().any(|w| {
            matches!(
                *w,
                "студенти" | "жильці" | "хазяї" | "хазяїв" | "квартиранти" | "чужі"
            ) || matches!(*w, "нові" | "нову" | "інші" | "інших")
        });
        let now = self.words.iter().any(|w| {
            matches!(*w, "тепер" | "вже" | "уже")
                || w.starts_with("в'їжджа")
                || w.starts_with("засели")
                || w.starts_with("чекають")
        });
        new && now && !self.has(&["тут", "ми", "нас"])
    }
}
