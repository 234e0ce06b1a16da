//! The people to whom a citizen's sentence points: who of them stays, and who comes along.

use super::*;
use crate::reader::cues;
use crate::reader::mood::mood;
use crate::state::PersonId;

/// Somebody to whom a sentence points, with the clause around the pointer.
struct SpokenOf<'a, 'u> {
    reading: &'a Reading<'a, 'u>,
    pointer: &'a Ref,
    id: PersonId,
    /// The words of the clause.
    clause: Range<usize>,
    /// What the lexicon finds in the clause.
    here: Vec<(Says, Range<usize>)>,
}

impl Reading<'_, '_> {
    /// Who of those that the sentence points to stays, and who comes along.
    pub(super) fn of_people(&self, m: &mut Memory) {
        for pointer in self.pointers() {
            if let Who::Person(id) = pointer.who
                && !is_attribute(self.u, pointer)
            {
                SpokenOf::new(self, pointer, id).read(m);
            }
        }
    }
}

impl<'a, 'u> SpokenOf<'a, 'u> {
    fn new(reading: &'a Reading<'a, 'u>, pointer: &'a Ref, id: PersonId) -> Self {
        let clause = clause_words(reading.u, pointer);
        let here = reading.lexicon.find_all(&reading.u.words(clause.clone()));
        SpokenOf {
            reading,
            pointer,
            id,
            clause,
            here,
        }
    }

    /// Whether this one stays or comes along, if the sentence says it.
    fn read(&self, m: &mut Memory) {
        let (id, pointer) = (self.id, self.pointer);
        let has_number =
            m.has(&Memory::key(id, "cpr_number")) || m.has(&Memory::key(id, "birth_date"));
        // «Метрика? Вона в мами в Умані»: the paper and nobody who came along.
        let along = pointer.pronoun && m.person(id).is_some_and(|p| p.moves == Some(true));
        if self.lives_abroad() && !has_number && !along && m.from_abroad.is_some() {
            set(m, id, false);
        } else if let Some((how, at)) = self.stays(m)
            && self.is_subject(at)
            && (!has_number || how == Says::StaysBehind)
        {
            set(m, id, false);
            if how == Says::StaysBehind
                && m.host != Some(id)
                && let Some(person) = m.person_mut(id)
            {
                person.stays_behind = true;
            }
        } else if m.person(id).is_some_and(|p| p.moves.is_none())
            && !pointer.pronoun
            && self.joins(m)
        {
            set(m, id, true);
        }
    }

    /// What the clause says of staying, and the byte where it says so.
    fn stays(&self, m: &Memory) -> Option<(Says, usize)> {
        let (reading, u, first) = (self.reading, self.reading.u, self.clause.start);
        self.here
            .iter()
            .filter(|(s, _)| matches!(s, Says::Stays | Says::StaysBehind))
            .filter(|(_, range)| !of_data(u, first + range.start))
            .filter(|(_, range)| {
                let said = u.words(first + range.start..first + range.end);
                !(is_for_now(&said) && self.was_said_to_come(m))
            })
            .filter(|(_, range)| {
                let said = u.words(first + range.start..first + range.end);
                !is_of_paper(&said, u, first + range.end) && !self.is_born_apart(m, &said)
            })
            .filter(|(_, range)| {
                let said = u.words(first + range.start..first + range.end);
                !(reading.sentence.question && asks_to_be_written(&reading.words, &said))
            })
            .map(|(s, range)| (*s, u.token(first + range.start).span.start))
            .next()
    }

    /// "Hvor er I født?" – «Я в Одесі, він у Балті, але він окремо»: nothing of the move.
    fn is_born_apart(&self, m: &Memory, said: &[&str]) -> bool {
        said == ["окремо"]
            && m.asked
                .asks_any(&[Topic::BirthPlace, Topic::MaritalPlace, Topic::BirthDate])
    }

    /// Whether this one was said to come along, and the present question isn't for that.
    fn was_said_to_come(&self, m: &Memory) -> bool {
        let asked = [Topic::WhoMoves, Topic::HowMany, Topic::Alone];
        m.person(self.id).is_some_and(|p| p.moves == Some(true)) && !m.asked.asks_any(&asked)
    }

    /// Whether the word at a byte is said of this one: in «Кірин тато помер» the last one before the verb is meant.
    fn is_subject(&self, at: usize) -> bool {
        let (u, first) = (self.reading.u, self.clause.start);
        let pointers = self.reading.pointers();
        // «Мати дитини там і лишилась»: the mother.
        if is_attribute(u, self.pointer) {
            return false;
        }
        let before = pointers
            .iter()
            .filter(|r| !is_attribute(u, r))
            .rfind(|r| r.bytes.start < at && r.bytes.start >= u.token(first).span.start);
        let clause = u.words(self.clause.clone());
        // «Батько з мачухою лишаються»: more than one stays.
        let plural = clause.iter().any(|w| matches!(*w, "з" | "із" | "зі"))
            && clause.iter().any(|w| {
                ["ються", "уться", "шаться", "лися", "лись"]
                    .iter()
                    .any(|end| w.ends_with(end))
            });
        let listed = plural || clause.iter().any(|w| matches!(*w, "і" | "й" | "та"));
        before.is_none_or(|r| r.bytes == self.pointer.bytes || listed)
    }

    /// «Мама в Польщі»: a place abroad stands behind the pointer.
    fn lives_abroad(&self) -> bool {
        let (u, first, last) = (self.reading.u, self.clause.start, self.clause.end);
        // «Малий поки записаний у Чикаго»: the paper is there.
        let papers = u
            .words(self.clause.clone())
            .iter()
            .any(|w| w.starts_with("запис") || w.starts_with("народ"));
        !papers
            && u.places().iter().any(|p| {
                p.value.country != "Danmark"
                    && p.span.start >= u.token(first).span.start
                    && last > first
                    && p.span.end <= u.token(last - 1).span.end
                    && p.span.start > self.pointer.bytes.end
                    && matches!(cues::left(u, 0, p.span.start).last(), Some(&("в" | "у")))
            })
    }

    /// «ми з чоловіком переїхали», «себе і бабусю», an answer to "hvem flytter med".
    fn joins(&self, m: &Memory) -> bool {
        let u = self.reading.u;
        let word = u.word_at(self.pointer.bytes.start);
        let before = u.words(word.saturating_sub(3)..word);
        if self.is_apart(m, &before) {
            return false;
        }
        let with = before
            .iter()
            .rev()
            .take(2)
            .any(|w| matches!(*w, "з" | "із" | "зі" | "і" | "й" | "та" | "мій" | "моя"))
            || before.last() == Some(&"я");
        // "Er du alene om det?" – «З сином.»
        let leads = m.asked.asks_any(&[Topic::Alone, Topic::WhoMoves])
            && matches!(
                before.as_slice(),
                ["з" | "із" | "зі"] | ["ні" | "та", "з" | "із" | "зі"]
            );
        let we = before
            .windows(2)
            .any(|w| matches!(w, ["ми" | "нас", "з" | "із" | "зі"]));
        // Without signs a clause has no end to rely on.
        let says = if u.written {
            &self.here
        } else {
            &self.reading.says
        };
        let comes = says.iter().any(|(s, _)| *s == Says::Comes)
            || we && (m.talked <= 3 || m.from_abroad.is_some());
        let relative = m
            .person(self.id)
            .and_then(|p| p.kin)
            .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend));
        let abroad = m.asked.asks(Topic::RelativesAbroad);
        relative
            && !abroad
            && (listing(m) && !m.asked.asks(Topic::OthersRegistered)
                || crate::reader::roster::is_asked(m)
                || with && comes
                || leads)
    }

    /// The words around the pointer say that this one is elsewhere, gone or nobody's. `before` are the words before it.
    fn is_apart(&self, m: &Memory, before: &[&str]) -> bool {
        let u = self.reading.u;
        // «донька Заболотна, як мама»
        if before.last() == Some(&"як") {
            return true;
        }
        // «від мами до мене», «в Україні з мамою»: where somebody is, not who comes.
        let elsewhere = before.iter().rev().take(2).any(|w| {
            matches!(
                *w,
                "від"
                    | "до"
                    | "у"
                    | "в"
                    | "для"
                    | "про"
                    | "біля"
                    | "без"
                    | "при"
                    | "за"
                    | "україні"
            )
        });
        // «До мого, ну, не чоловіка»
        let denied = before.last() == Some(&"не");
        let Some(sentence) = u.sentence_at(self.pointer.bytes.start) else {
            return elsewhere || denied;
        };
        // «Ні, вона в Україні з мамою» to "flytter din kone med?", «Дружини, дітей немає».
        let refused = mood(u).objected
            && !m.asked.asks(Topic::Alone)
            && sentence.words.start == 0
            && !alone_answers::names_company(u);
        let words = u.words(sentence.words.clone());
        // «Шістнадцяти їй ще немає»: an age.
        let yet = words
            .windows(2)
            .any(|w| matches!(w, ["ще", "немає" | "нема"]));
        let none = !yet
            && words.iter().any(|w| matches!(*w, "немає" | "нема"))
            && !words.iter().any(|w| {
                matches!(
                    *w,
                    "року" | "років" | "рочку" | "місяців" | "двох" | "трьох"
                )
            });
        let parted = words
            .iter()
            .any(|w| w.starts_with("розій") || w.starts_with("розлуч") || w.starts_with("розвел"));
        elsewhere || denied || refused || none || parted || self.is_in_town()
    }
}

impl SpokenOf<'_, '_> {
    /// «Чоловік у Віборзі до грудня»: a town right behind the pointer.
    fn is_in_town(&self) -> bool {
        let u = self.reading.u;
        let next = u.word_at(self.pointer.bytes.end);
        let Some(_) = u.word_tokens.get(next + 1) else {
            return false;
        };
        let town = u.token(next + 1).span.start;
        matches!(u.token(next).text.as_str(), "у" | "в")
            && u.places().iter().any(|p| p.span.start == town)
    }
}

/// «Чекали на паспорт, без нього нас не приймали»: the paper, and nobody who stays.
fn is_of_paper(said: &[&str], u: &Utterance<'_>, next: usize) -> bool {
    let after = u.words(next..(next + 3).min(u.word_tokens.len()));
    said.first() == Some(&"без") && after.contains(&"не")
}

/// «Мати дитини лишилась», «брат чоловіка»: only says whose the one before is.
fn is_attribute(u: &Utterance<'_>, pointer: &Ref) -> bool {
    let word = u.word_at(pointer.bytes.start);
    let Some(before) = word.checked_sub(1) else {
        return false;
    };
    let (noun, own) = (&u.token(before).text, &u.token(word).text);
    let genitive = crate::reader::kin::kin(own, Lang::Uk).is_some_and(|k| match k.sex() {
        Some(crate::reader::kin::Sex::Male) => own.ends_with(['а', 'я']) && own != "дядя",
        _ if k == Kin::Children => own.ends_with("ей") || own.ends_with("ів"),
        _ => own.ends_with(['и', 'і']),
    });
    let beside = u.token(before).span.end + 1 >= u.token(word).span.start;
    genitive
        && beside
        && crate::reader::kin::kin(noun, Lang::Uk).is_some_and(|k| k != Kin::Children)
}

/// «по батькові не треба»: of something that is written down, and of nobody.
fn of_data(u: &Utterance<'_>, word: usize) -> bool {
    word.checked_sub(1).is_some_and(|at| {
        matches!(
            u.token(at).text.as_str(),
            "батькові" | "номера" | "номер" | "пошти" | "пошту" | "прізвища" | "телефону"
        )
    })
}

/// The words between the signs around a pointer.
fn clause_words(u: &Utterance<'_>, pointer: &Ref) -> Range<usize> {
    let text = &u.said;
    let stops = |c: char| matches!(c, ',' | '.' | ';' | '?' | '!' | '…' | '—' | ':');
    let start = text[..pointer.bytes.start]
        .rfind(stops)
        .map_or(0, |at| at + 1);
    let end = text[pointer.bytes.end..]
        .find(stops)
        .map_or(text.len(), |at| pointer.bytes.end + at);
    let (first, last) = (u.word_at(start), u.word_at(end));
    if u.written || last - first <= 12 {
        return first..last;
    }
    let word = u.word_at(pointer.bytes.start);
    word.saturating_sub(2).max(first)..(word + 5).min(last)
}
