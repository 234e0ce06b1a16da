//! Whose home it is: the person a citizen lives with or moves in with.

use super::belief::Heard;
use super::kin::{Kin, Sex, kin};
use super::memory::Memory;
use super::people::{Ref, Who};
use super::topic::Topic;
use super::utterance::Utterance;

/// «У тітки, на Мойлескоувей», «вже були в сестри», «переїжджаю до сина»: the relative or friend at
/// word `word` is the one in whose home the citizen lives now. `before` are the words left of it.
pub(super) fn lives_with(m: &Memory, u: &Utterance<'_>, before: &[&str], word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let near = |list: &[&str]| before.iter().rev().take(2).any(|w| list.contains(w));
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    // «Була в мене співмешканка»: with whom, and not where.
    let mine = before
        .last()
        .is_some_and(|w| matches!(*w, "мене" | "нас" | "нього" | "неї" | "них"));
    // «у суботу, син із Оденсе приїде»: the preposition is another word's.
    let parted = word > 0
        && u.turn
            .text
            .get(u.token(word - 1).span.end..u.token(word).span.start)
            .is_some_and(|gap| gap.contains([',', '.', '—', '–']));
    let at = near(&["у", "в"]) && !mine && !parted;
    // «Винаймаю в приватного господаря», «здає власник»: who lets a whole home does not live in it.
    let landlord = kin(&u.token(word).text, u.lang()) == Some(Kin::Landlord);
    let room = starts(&["кімнат", "жив", "мешка"]) || m.text("dwelling.type") == Some("room");
    if landlord && !room {
        return false;
    }
    let lets = starts(&["здає", "прихист"]);
    let house = matches!(
        before,
        [
            ..,
            "будинок" | "квартира" | "дім" | "хата" | "житло",
            "моєї" | "мого" | "нашої" | "нашого"
        ]
    );
    if house {
        return true;
    }
    // «від мами до мене», «у гості до сестри»: not the home that is moved to.
    if near(&["до"]) {
        let moves = starts(&[
            "переїха",
            "переїжджа",
            "переїд",
            "перебра",
            "перебир",
            "переберу",
        ]) || starts(&["пересел", "вселя", "осел"]);
        let elsewhere = starts(&["гост", "поїду", "поїхал", "лікарн", "якщо", "якби"])
            || words.contains(&"україну")
            || before.contains(&"від");
        return moves && !elsewhere;
    }
    let past = words.iter().any(|w| matches!(*w, "жила" | "жив" | "жили"));
    // «Дві ночі ми були в брата»: a guest.
    let nights = words.windows(2).any(|w| {
        matches!(w[1], "ночі" | "ніч" | "ночей" | "дні" | "днів")
            && matches!(
                w[0],
                "одну"
                    | "першу"
                    | "дві"
                    | "три"
                    | "чотири"
                    | "кілька"
                    | "пару"
                    | "два"
                    | "п'ять"
            )
    });
    let night = nights || starts(&["переноч", "перебуд"]) || words.contains(&"ще");
    // "Bor du der sammen med nogen?" – «Із товаришем, …»
    let with = near(&["з", "із", "зі", "разом"])
        && m.asked.asks(Topic::OthersRegistered)
        && !m.asked.asks(Topic::WhoMoves)
        && !m
            .staff_words
            .iter()
            .any(|w| w == "flytter" || w == "flytte");
    if with {
        return true;
    }
    let asked = m.asked.asks_any(&[
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::DwellingType,
        Topic::OthersRegistered,
        Topic::HostName,
        Topic::Arrival,
    ]);
    let lives = starts(&["жив", "пожив", "житим", "ночує", "мешка", "зупин"]);
    (at && !past && !night && (asked || lives)) || (lets && !at && !past)
}

/// «Він від мами до мене перебирається»: who reports for somebody else may be the one they move in
/// with.
pub(super) fn reporter_is_host(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover == 0 || m.host.is_some() {
        return;
    }
    let words = u.all_words();
    // "Og nu skal han bo hos dig."
    let with_you = u.is_staff()
        && words.windows(3).any(|w| w == ["bo", "hos", "dig"])
        && words.contains(&"skal");
    // "Ja, du står som lejer på Vendersgade."
    let with_you = with_you
        || u.is_staff()
            && words
                .windows(4)
                .any(|w| w[..3] == ["du", "står", "som"] && matches!(w[3], "lejer" | "ejer"));
    if u.is_staff() && !with_you {
        return;
    }
    let to_me = words.windows(2).any(|w| w == ["до", "мене"])
        && words.iter().any(|w| {
            [
                "переїжджа",
                "переїха",
                "переїд",
                "перебир",
                "перебра",
                "вселя",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    let there = words
        .windows(3)
        .any(|w| matches!(w, ["на", "новій", "адресі"]))
        && words.contains(&"живу");
    if to_me || there || with_you {
        m.host = Some(0);
        if let Some(me) = m.person_mut(0) {
            // Who lives there already does not move.
            me.moves = Some(false);
        }
    }
}

/// "Han bor på adressen i forvejen", «він уже там записаний, тепер я до нього»: somebody spoken of is
/// at home there.
pub(super) fn lives_there(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.host.is_some() || m.mover != 0 {
        return;
    }
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let already = if u.is_staff() {
        let there = has(&["adressen", "der", "lejligheden", "huset"])
            && has(&["forvejen", "allerede"])
            && has(&["bor", "tilmeldt", "registreret"]);
        let owns = words.windows(3).any(|w| {
            matches!(
                w,
                [
                    "har" | "ejer" | "lejer",
                    "huset" | "lejligheden" | "boligen",
                    ..
                ]
            ) || matches!(w, ["i", "hans" | "hendes", "navn"])
        }) || words
            .windows(2)
            .any(|w| matches!(w, ["har" | "ejer", "huset" | "lejligheden"]));
        there && !u.sentences.iter().all(|s| s.question) || owns
    } else {
        let there = has(&["там", "тут"])
            && words.iter().any(|w| {
                w.starts_with("записан")
                    || w.starts_with("прописан")
                    || w.starts_with("зареєстрован")
            });
        let follows = words
            .windows(3)
            .any(|w| matches!(w, ["я" | "ми", "до", "нього" | "неї" | "них"]));
        follows && (there || has(&["переїжджаю", "переїхала", "переїхав", "перебралась"]))
    };
    if !already {
        return;
    }
    let person = refs
        .iter()
        .rev()
        .find_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        })
        .filter(|id| *id != m.mover);
    let Some(id) = person else { return };
    let minor = m.person(id).and_then(|p| p.age).is_some_and(|age| age < 18);
    if minor || m.has(&Memory::key(id, "cpr_number")) {
        return;
    }
    m.host = Some(id);
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
    }
}

/// "Hvem er datteren?" while a host's declaration lies on the table.
pub(super) fn declared(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    m.declaration |= speaks_of_declaration(&u.all_words());
    if m.host.is_none() {
        receives(m, u);
    }
    if m.declaration
        && m.host.is_none()
        && let Some(kin) = m.asked.kin().filter(|k| *k != super::kin::Kin::Children)
        && let Some(id) = m.person_by_kin(kin)
        && m.person(id).is_some_and(|p| p.moves != Some(true))
    {
        m.host = Some(id);
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
    }
}

/// The host's declaration, also as a recogniser cuts it up.
pub(super) fn speaks_of_declaration(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("logivært") || w.starts_with("erklæring"))
        || words
            .windows(2)
            .any(|w| matches!(w[0], "logi" | "logivært") && w[1].starts_with("vært"))
}

/// "Hvem er lejer af boligen?" – «Чоловік, Сергій, договір на нього»: a relative who does not move along.
pub(super) fn answers_whose(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let whose = m
        .asked
        .asks_any(&[Topic::HostName, Topic::HostRole, Topic::DwellingType])
        && m.staff_words.iter().any(|w| w == "hvem" || w == "hvis")
        // "Er det din lejlighed?"
        || m.staff_words.windows(4).any(|w| {
            w[0] == "er"
                && w[1] == "det"
                && matches!(w[2].as_str(), "din" | "dit" | "jeres")
                && matches!(w[3].as_str(), "lejlighed" | "hus" | "bolig" | "kontrakt" | "lejemål")
        });
    if u.is_staff() || !whose || m.host.is_some() || m.mover != 0 {
        return;
    }
    // "Hvem ejer huset?" – «Зятеві, Геннінгові.»: the question says what it is about.
    let owner = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hvem" && matches!(w[1].as_str(), "ejer" | "ejes"));
    // Husband or wife is named as the owner of what both move into.
    let theirs =
        |id: crate::state::PersonId| !m.person(id).and_then(|p| p.kin).is_some_and(Kin::is_couple);
    // «Мама моєї подруги» is nobody of the citizen's.
    let all = u.all_words();
    let strangers = all.iter().any(|w| {
        ["подруг", "друга", "сусід", "колег", "знайом"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let short = owner && all.len() <= 12 && !strangers;
    // The sentence that tells who holds it; «я третій» in the next is no answer.
    let holds = |w: &str| {
        [
            "договор",
            "договір",
            "контракт",
            "орендує",
            "винаймає",
            "знімає",
            "власн",
            "купив",
            "купила",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let told = u
        .sentences
        .iter()
        .find(|s| u.words(s.words.clone()).iter().any(|w| holds(w)));
    let Some(sentence) = told.or_else(|| u.sentences.first().filter(|_| short)) else {
        return;
    };
    let words = u.words(sentence.words.clone());
    // «Ми з чоловіком», «на нас обох»
    // «Він купив її ще до мене, а тепер ми там удвох» tells first of the one who holds it.
    let clause = words
        .iter()
        .position(|w| holds(w))
        .map_or(words.len(), |at| at + 2);
    let ours = words[..clause.min(words.len())]
        .iter()
        .any(|w| matches!(*w, "ми" | "нас" | "обох" | "обоє" | "я" | "мене" | "мені"));
    let first = refs.iter().find_map(|r| match r.who {
        Who::Person(id) if !r.pronoun && r.bytes.start < sentence.bytes.end => Some(id),
        _ => None,
    });
    let Some(id) = first.filter(|id| (told.is_some() || theirs(*id)) && !ours) else {
        return;
    };
    let fits = m.person(id).is_some_and(|p| {
        p.kin.is_some_and(|k| !k.is_child() && k != Kin::Landlord) && p.moves != Some(true)
    });
    if fits && !m.has(&Memory::key(id, "cpr_number")) {
        m.host = Some(id);
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
        if owner && !m.has("host.role") {
            m.hear("host.role", Heard::new("owner", u.evidence(0..0), 0.7));
        }
    }
}

/// "Bor der nogen i huset nu?" – «Свекруха, Нінель Бабич, вона господиня»: the relative with whom the answer begins is
/// at home there.
pub(super) fn answers_who(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let asked = m.asked.asks(Topic::OthersRegistered)
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "bor" | "står" | "er"))
        && !m.staff_words.iter().any(|w| w.starts_with("flyt"));
    if u.is_staff() || !asked || m.host.is_some() || m.mover != 0 {
        return;
    }
    let Some(first) = refs
        .iter()
        .find(|r| !r.pronoun && u.word_at(r.bytes.start) <= 1)
    else {
        return;
    };
    let Who::Person(id) = first.who else { return };
    let lead = u.words(0..u.word_at(first.bytes.start));
    let plain = lead
        .iter()
        .all(|w| matches!(*w, "так" | "моя" | "мій" | "там" | "тільки" | "лише"));
    let leaves = u.all_words().iter().any(|w| {
        [
            "виїха",
            "виїжджа",
            "з'їха",
            "з'їжджа",
            "випис",
            "помер",
            "переїха",
            "переїжджа",
            "був",
            "зі",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let fits = m.person(id).is_some_and(|p| {
        p.moves != Some(true)
            && p.kin
                .is_some_and(|k| !k.is_child() && !k.is_couple() && k != Kin::Landlord)
    });
    let present = u.all_words().iter().any(|w| {
        [
            "жив",
            "мешка",
            "господ",
            "власни",
            "хазя",
            "записан",
            "прописан",
            "зареєстр",
            "лишає",
            "залишає",
            "нікуди",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    if plain && fits && present && !leaves && !m.has(&Memory::key(id, "cpr_number")) {
        m.host = Some(id);
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
    }
}

/// "Hvem er det, I flytter ind hos?" – «До чоловіка, до Расмуса»: the relative or friend who is named.
pub(super) fn moves_in_with(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let hos = m.asked.asks(Topic::HostName) && m.staff_words.iter().any(|w| w == "hos");
    if u.is_staff() || !hos || m.host.is_some() || m.mover != 0 {
        return;
    }
    let Some(first) = refs
        .iter()
        .find(|r| !r.pronoun && matches!(r.who, Who::Person(_)))
    else {
        return;
    };
    let Who::Person(id) = first.who else { return };
    let word = u.word_at(first.bytes.start);
    let before = u.words(word.saturating_sub(3)..word);
    let into = before.iter().any(|w| matches!(*w, "до" | "у" | "в"));
    let fits = m
        .person(id)
        .is_some_and(|p| p.kin.is_some_and(|k| !k.is_child() && k != Kin::Landlord));
    if into && fits && !m.has(&Memory::key(id, "cpr_number")) {
        m.host = Some(id);
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
    }
}

/// "Jeg sender hende en logiværtserklæring": the one relative of whom the last turns spoke.
fn receives(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let declares = words.iter().any(|w| w.starts_with("logivært"))
        || words
            .windows(2)
            .any(|w| w[0] == "logi" && w[1].starts_with("vært"))
        || words.windows(2).any(|w| {
            w[1].starts_with("erklæring") && matches!(w[0], "en" | "ham" | "hende" | "sender")
        });
    let to = |list: &[&str]| {
        words
            .windows(2)
            .any(|w| matches!(w[0], "til" | "sender" | "jeg" | "vi") && list.contains(&w[1]))
    };
    let sex = if to(&["hende"]) {
        Sex::Female
    } else if to(&["ham"]) {
        Sex::Male
    } else {
        return;
    };
    if !declares {
        return;
    }
    let fits: Vec<_> = m
        .people
        .iter()
        .filter(|p| {
            p.id != 0
                && p.id != m.mover
                && p.moves != Some(true)
                && !p.stays_behind
                && p.last_turn + 5 >= m.turns
                && p.sex == Some(sex)
                && !p.kin.is_some_and(Kin::is_child)
        })
        .map(|p| p.id)
        .collect();
    if let [one] = fits.as_slice() {
        m.host = Some(*one);
        if let Some(person) = m.person_mut(*one) {
            person.moves = Some(false);
        }
    }
}
