//! Who is left in the home that the citizen leaves, where nobody says so in so many words: «хату здали», «порожньо
//! лишили», «була там сама» tell that nobody is, «він на старій квартирі», «Оля там і далі», «куди він дінеться» that
//! somebody is.

mod asked;
mod nobody;
mod somebody;

use tolkebot_protocol::Lang;
use tolkebot_values::TokenKind;

use super::belief::{Act, Heard};
use super::kin::{Kin, kin};
use super::left_behind;
use super::memory::{Memory, Place};
use super::mood;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "from.whole_household_moves";

/// Reads what the citizen tells; nothing is taken where the question was answered before, or somebody comes from
/// abroad.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let abroad = m.from_abroad.is_some()
        || matches!(m.text("case.move_type"), Some("to_abroad" | "from_abroad"));
    let open = !m.has(KEY) || m.heard_now.iter().any(|k| k == KEY);
    if u.is_staff() || abroad {
        return;
    }
    if !m.has(KEY) && tells_outright(m, u) {
        let heard = Heard::new(false, u.evidence(0..0), 0.65);
        m.hear(KEY, heard.in_passing(true));
        return;
    }
    if !open || !is_spoken_of(m, u) {
        return;
    }
    let asks = asked::asks(m);
    if let Some(value) = asks.and_then(|asks| asked::answered(u, asks)) {
        let act = match m.has(KEY) {
            true => Act::Correct,
            false => Act::Say,
        };
        let heard = Heard::new(value, u.evidence(0..0), 0.65);
        m.hear(KEY, heard.in_passing(true).act(act));
        return;
    }
    if m.has(KEY) {
        return;
    }
    let asked = m.asked.asks(Topic::Remaining) || asks_who_stays(&m.staff_words) || asks.is_some();
    // Told behind the address itself, or where that is asked for.
    let beside = m.place == Some(Place::Old) && m.place_turn == m.turns;
    let home = m
        .asked
        .asks_any(&[Topic::OldAddress, Topic::LivedBefore, Topic::CurrentAddress]);
    if !asked && !asks_of_old_home(&m.staff_words) && !beside && !home {
        return;
    }
    let told: Vec<&Sentence> = u.sentences.iter().filter(|s| !s.question).collect();
    let mut clauses = told.iter().flat_map(|s| clauses(u, s));
    let others = mood::mood(u);
    let somebody = clauses.any(|c| c.somebody_stays(m))
        || told.iter().any(|s| verb_stands_apart(m, u, s))
        || asked && !others.objected && somebody::names_some(u);
    let value = if somebody {
        false
    } else if told
        .iter()
        .flat_map(|s| self::clauses(u, s))
        .any(|c| c.nobody_left(m))
    {
        true
    } else {
        return;
    };
    m.hear(
        KEY,
        Heard::new(value, u.evidence(0..0), 0.65).in_passing(true),
    );
}

/// «Переїжджаємо не всі», «квартиру ми їй лишаємо», «він живе на старому місці»: told whatever was asked.
fn tells_outright(m: &Memory, u: &Utterance<'_>) -> bool {
    u.sentences
        .iter()
        .filter(|s| !s.question)
        .flat_map(|s| clauses(u, s))
        .any(|c| {
            c.not_all_go()
                || c.is_left_to_somebody()
                || names_old_home(&c.words) && c.has(&["живе", "живуть"]) && c.somebody_stays(m)
        })
}

/// «Мама Оксана і Бент, її чоловік, лишаються»: the verb stands in a clause of its own behind those who stay.
fn verb_stands_apart(m: &Memory, u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let whole = Clause {
        u,
        words: u.words(sentence.words.clone()),
        start: sentence.words.start,
    };
    whole.subject(m).is_some()
        && !whole.denies()
        && !whole.is_of_things()
        && clauses(u, sentence).iter().any(|c| {
            matches!(c.words.as_slice(), [verb] | ["там" | "теж" | "всі", verb] if is_staying(verb))
        })
}

/// Whether the home that is left was just told, or is asked about.
fn is_spoken_of(m: &Memory, u: &Utterance<'_>) -> bool {
    let told = m.place == Some(Place::Old) && m.place_turn + 1 >= m.turns;
    let asked = m
        .asked
        .asks_any(&[Topic::OldAddress, Topic::Remaining, Topic::LivedBefore]);
    let named = names_old_home(&u.all_words());
    // Of whoever lives in the new home it is asked as well.
    let new_home = m.asked.asks_any(&[
        Topic::HostStays,
        Topic::HostRole,
        Topic::HostName,
        Topic::NewAddress,
    ]) && !m.asked.asks_any(&[Topic::OldAddress, Topic::Remaining]);
    // "Bliver han boende?" before any home that is left was told is asked of the new one.
    let known =
        m.has("from.street_name") || m.staff_words.iter().any(|w| w == "tilbage" || w == "gamle");
    // "Alle er væk fra Karlslunde?", "var du alene der?" right after that address
    let recent = m.place == Some(Place::Old) && m.place_turn + 2 >= m.turns;
    let about = m.has("from.street_name")
        && asked::asks(m).is_some_and(|asks| asks == asked::Asks::AllGone || recent);
    // "Hvem bor på Farimagsgade nu?": the employee names the old home.
    let by_staff = about && recent && (m.place_turn + 1 == m.turns || m.host.is_none());
    // "Bliver nogen i huset?" is asked of no home but the old one.
    let anybody = m.asked.asks(Topic::Remaining) && asked::asks(m) == Some(asked::Asks::Anybody);
    by_staff
        || !new_home
            && (told
                || asked && known
                || named
                || about
                || anybody
                || asks_of_old_home(&m.staff_words))
}

/// «На старій», «у старому будинку», but not «в старому паспорті».
fn names_old_home(words: &[&str]) -> bool {
    words.windows(2).enumerate().any(|(at, w)| {
        let next = words.get(at + 2).copied().unwrap_or("");
        matches!(w[0], "на" | "у" | "в") && is_old(w[1]) && !next.starts_with("паспорт")
    })
}

fn is_old(word: &str) -> bool {
    matches!(
        word,
        "старій" | "старому" | "старім" | "попередній" | "попередньому"
    )
}

/// "Og den gamle?", "er den opsagt?", "hvad var det, I forlod?"
fn asks_of_old_home(staff: &[String]) -> bool {
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    // "Hvad flyttede du fra?"
    let whence = has(&["fra"]) && has(&["flyttede", "flytter"]) && has(&["hvad", "hvor"]);
    whence
        || has(&[
            "gamle",
            "opsagt",
            "opsiger",
            "opgiver",
            "forlod",
            "forlader",
            "fraflyttet",
            "fraflyttede",
            "fraflytter",
        ])
}

/// "Bliver nogen boende?", "bor hun der stadig?", "er der nogen tilbage?"
fn asks_who_stays(staff: &[String]) -> bool {
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    let remains = has(&["bliver", "blev", "blevet"]) && has(&["boende", "tilbage", "der"]);
    let still =
        has(&["bor", "er"]) && has(&["stadig", "endnu", "tilbage"]) && has(&["der", "nogen"]);
    let you = staff.windows(2).any(|w| {
        matches!(w[0].as_str(), "bor" | "bliver" | "blev" | "er")
            && matches!(w[1].as_str(), "du" | "i")
    });
    (remains || still) && !you
}

/// Words between two signs, of one sentence.
struct Clause<'a, 'u> {
    u: &'a Utterance<'u>,
    words: Vec<&'a str>,
    /// The place of the first word in the turn.
    start: usize,
}

fn clauses<'a, 'u>(u: &'a Utterance<'u>, sentence: &Sentence) -> Vec<Clause<'a, 'u>> {
    let mut found = Vec::new();
    let mut start = sentence.words.start;
    for at in sentence.words.clone() {
        let next = at + 1;
        let ends = next == sentence.words.end
            || u.tokens
                .get(u.word_tokens[at] + 1)
                .is_some_and(|t| t.kind == TokenKind::Sign)
            || !u.written && next - start > 1 && begins_clause(&u.token(next).text);
        if ends {
            let words = u.words(start..at + 1);
            found.push(Clause { u, words, start });
            start = at + 1;
        }
    }
    found
}

/// Words before which speech without signs begins anew: «… кімнату ділив вони ще там».
fn begins_clause(word: &str) -> bool {
    matches!(
        word,
        "він" | "вона" | "вони" | "я" | "ми" | "а" | "але" | "бо" | "нікого" | "ніхто"
    )
}

impl Clause<'_, '_> {
    fn has(&self, list: &[&str]) -> bool {
        self.words.iter().any(|w| list.contains(w))
    }

    /// Somebody who is no «я»: a relative, a pronoun, a name, «інші». The place of it.
    fn subject(&self, m: &Memory) -> Option<usize> {
        let other = m.mover != 0;
        (0..self.words.len()).find(|at| {
            let word = self.words[*at];
            let before = at.checked_sub(1).map_or("", |b| self.words[b]);
            // «З батьками», «у тітки»: with whom one lived, nobody who does something.
            if matches!(
                before,
                "з" | "із" | "зі" | "у" | "в" | "від" | "до" | "на" | "для"
            ) {
                return false;
            }
            matches!(
                word,
                "він"
                    | "вона"
                    | "вони"
                    | "інші"
                    | "решта"
                    | "всі"
                    | "усі"
                    | "одні"
                    | "хтось"
                    | "двоє"
                    | "троє"
                    | "четверо"
                    | "дві"
            ) || other && matches!(word, "я" | "ми")
                || kin(word, Lang::Uk).is_some_and(|k| k != Kin::Landlord)
                || self.is_name(*at)
                || [
                    "поляк",
                    "румун",
                    "болгар",
                    "сусід",
                    "хлопц",
                    "дівчат",
                    "родина",
                    "сім'я",
                    "сваха",
                    "кухар",
                    "студент",
                    "колег",
                ]
                .iter()
                .any(|stem| word.starts_with(stem))
        })
    }

    /// Whether a person's name stands there.
    fn is_name(&self, at: usize) -> bool {
        let word = self.start + at;
        let span = &self.u.token(word).span;
        self.u.names().iter().any(|f| {
            f.value.given().is_some() && f.span.start <= span.start && span.end <= f.span.end
        })
    }

    /// Somebody stays where the citizen lived.
    fn somebody_stays(&self, m: &Memory) -> bool {
        if self.is_of_things() || self.denies() || self.gave_up() {
            return false;
        }
        if self.not_all_go() {
            return true;
        }
        let old = names_old_home(&self.words);
        let there = self.has(&["там"]);
        let subject = self.subject(m);
        let on = self
            .words
            .windows(2)
            .any(|w| matches!(w, ["там", "далі"] | ["далі", "там"]))
            || self.words.windows(3).any(|w| {
                matches!(
                    w,
                    ["там", "і" | "й" | "та", "далі"] | ["і" | "й", "далі", "там"]
                )
            });
        let remains = self.words.iter().any(|w| is_staying(w));
        let goes_nowhere = self.goes_nowhere();
        subject.is_some()
            && (on || remains || there && self.is_present(subject) || old && !self.has_past())
            || goes_nowhere
    }

    /// «Він там», «Орест там», «там тепер онучка з хлопцем»: told of now, and of nobody who is gone.
    fn is_present(&self, subject: Option<usize>) -> bool {
        let Some(at) = subject else { return false };
        let there = self.words.iter().position(|w| *w == "там").unwrap_or(at);
        there.abs_diff(at) <= 3
            && !self.has_past()
            && !self.has(&["ми", "я", "нас", "мене", "мені", "нам"])
            && !self.has(&["всі", "усі"])
    }

    /// A verb of the past that is none of staying: «жив», «були», «виїхала».
    fn has_past(&self) -> bool {
        self.words.iter().any(|w| {
            let ends = w.ends_with("ла")
                || w.ends_with("ли")
                || w.ends_with("ло")
                || w.ends_with("лась")
                || w.ends_with("лася")
                || w.ends_with("лись")
                || w.ends_with("лися")
                || w.ends_with("вся");
            (ends
                || matches!(
                    *w,
                    "жив"
                        | "був"
                        | "знімав"
                        | "помер"
                        | "поїхав"
                        | "виїхав"
                        | "пішов"
                        | "переїхав"
                ))
                && !is_staying(w)
                && !matches!(*w, "коли" | "мала" | "малі" | "біла")
                && kin(w, Lang::Uk).is_none()
        })
    }

    /// Belongings stay, and nobody with them.
    fn is_of_things(&self) -> bool {
        const THINGS: &[&str] = &[
            "ключ",
            "реч",
            "мебл",
            "короб",
            "шаф",
            "диван",
            "папір",
            "папер",
            "догов",
            "телефон",
            "докум",
            "карт",
            "машин",
            "велосипед",
            "кіт",
            "кот",
            "кактус",
            "миш",
            "вишн",
            "квіт",
            "пошт",
            "адрес",
        ];
        self.words
            .iter()
            .any(|w| THINGS.iter().any(|stem| w.starts_with(stem)))
    }

    /// «Ніхто не лишився», «вже не живе», «чужі люди там»
    fn denies(&self) -> bool {
        self.has(&[
            "ніхто",
            "нікого",
            "чужі",
            "нові",
            "люди",
            "жильці",
            "якщо",
            "якби",
            "колись",
            "раніше",
            "тут",
        ]) || self
            .words
            .windows(2)
            .any(|w| w[0] == "не" && (is_staying(w[1]) || w[1].starts_with("жив")))
    }
}

/// Verbs of staying, of whatever person.
fn is_staying(word: &str) -> bool {
    const FIRST: [&str; 6] = ["нуться", "юсь", "юся", "ємось", "ємося", "ємся"];
    left_behind::ending_of_staying(word)
        .or_else(|| word.strip_prefix("оста"))
        .is_some_and(|ending| left_behind::THIRD.contains(&ending) || FIRST.contains(&ending))
}
