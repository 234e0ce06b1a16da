//! What tells that nobody is left in the old home: it is empty, given up, or all who lived there go.

use super::{Clause, is_staying};
use crate::reader::memory::Memory;

/// "Hvem bor der nu?", "bliver der nogen?"
fn asks_of_anybody(m: &Memory) -> bool {
    m.asked.asks(super::Topic::Remaining)
        || super::asked::asks(m) == Some(super::asked::Asks::Anybody)
}

impl Clause<'_, '_> {
    /// Nobody is left where the citizen lived. «Ми її продаємо» of those who report for another tells of no empty home.
    pub(super) fn nobody_left(&self, m: &Memory) -> bool {
        self.is_empty_now()
            || self.says_nobody()
            || self.was_alone()
            || self.we_alone_lived()
            || self.all_go()
            || self.all_were_put_out()
            || self.gave_up() && !(m.mover != 0 && self.has(&["продаємо"]))
            || self.is_taken_over() && !m.objected && asks_of_anybody(m)
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
        let only = matches!(self.words.as_slice(), ["нікого" | "ніхто"]);
        soul || nobody || only
    }

    /// «Там тільки я жив», «ми вдвох там і жили», «нас там двоє і було»: nobody else was ever there.
    fn we_alone_lived(&self) -> bool {
        let lived = self.words.iter().any(|w| {
            [
                "жив",
                "жил",
                "мешка",
                "орендува",
                "винайма",
                "знімал",
                "бул",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
        let only = self
            .words
            .windows(2)
            .any(|w| matches!(w[0], "тільки" | "лише" | "лиш") && matches!(w[1], "я" | "ми"));
        let so_many = self.has(&[
            "вдвох",
            "удвох",
            "втрьох",
            "утрьох",
            "вчотирьох",
            "учотирьох",
            "двоє",
            "троє",
            "четверо",
        ]) && self.has(&["ми", "нас"]);
        let workmates = self
            .words
            .iter()
            .any(|w| w.starts_with("бригад") || w.starts_with("колег") || w.starts_with("робоч"));
        (only || so_many)
            && !workmates
            && lived
            && self.has(&["там"])
            && !self.has(&["не", "раніше", "колись", "спершу", "тут", "ще"])
    }

    /// «Усіх виселили», «будинок під знесення», «дім продано»
    fn all_were_put_out(&self) -> bool {
        let all = self.has(&["усіх", "всіх"])
            && self
                .words
                .iter()
                .any(|w| w.starts_with("висел") || w.starts_with("розсел"));
        let home = self.words.iter().any(|w| {
            ["будин", "дім", "хат", "квартир"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let no_more = self.has(&["продано", "знесли", "знесуть", "зносять", "знесення"]);
        all || home && no_more && !self.has(&["не", "новий", "нова", "якщо"])
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
            "разом",
        ]) || self.words.windows(2).any(|w| {
            matches!(w[0], "вся" | "уся" | "ціла")
                && (w[1].starts_with("сім") || w[1].starts_with("родин"))
        });
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
    pub(super) fn gave_up(&self) -> bool {
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
