//! Which words make up a name.

use std::collections::HashSet;
use std::sync::LazyLock;

use tolkebot_values::names;
use tolkebot_values::numbers::read_at;

use super::Row;
use crate::reader::kin::kin;
use crate::reader::utterance::Utterance;

/// Most parts of a name: «Анне Софіе Рінгстед», «Йенс Оле Крьойєр».
const MOST: usize = 4;

/// Without signs a name of no list is one only at the beginning.
const OPENS: usize = 5;

/// Words that stand before a name or begin a sentence, and are none.
const LEADS: &str = "а але ага авжеж аякже бо в вже він вона вони вибачте від все всі го де до добре доктор доктора дякую е ем є \
     ж за запишіть записуйте звати звуть звичайно з зі із зараз і ім'я й його кажуть кличуть контракт лікар \
     лікарка мене мені менеджер ми мій моя моє мою моєї мого мої на наш наша не нема немає ні нє ну о ой он оце \
     ось осьо от пан пана пані пишіть по повне повністю поки прізвище при про професор сам сама самі стоп стій та \
     так там теж тепер ти той ту то тобто тоді тут тільки у усе усі уже фермер фру хай хвилинку це цей ця чекайте \
     шеф що щоб я як який яка якщо її їх їхній їхня обоє двоє троє номер договір документ документи паспорт карта \
     картка власник власниця управитель управителька наймач наймачка орендар бригадир голова директор директорка \
     завідувачка вчителька друг капітан пенсіонер орендодавець ресторатор кімната квартира будинок дім хата вілла \
     адреса точно правильно вірно стаціонарний мобільний телефон через добрий доброго день дня ранок ранку вечір \
     добридень вітаю прошу дивіться слухайте значить мабуть певно здається наче ніби або чи сьогодні завтра вчора \
     учора колишній колишня старша старший менша менший молодша молодший перший перша другий друга обидва обидві \
     латинкою латиницею пишеться по-данськи данською спочатку потім далі ще також знову дівоче справжнє офіційно \
     коротко довге просто";

/// Words that only stand behind a name or in a sentence about somebody.
const OTHERS: &str = "вдома удома ви вас вам нас нам нами них ним ними ній нього ньому неї нею йому їй їм собі себе свій своя своє свою свого \
     своїй ця цю цього цій того тому тій тим ті весь вся всю всього один одна одне одну одного два дві три під \
     над без для між після перед крім серед біля коли куди звідки отже може можна треба буде були була був було \
     будуть бути має мають маю маємо мав мала мали раз разом удвох вдвох нікуди ніколи ніхто нікого нічого завжди \
     давно трохи дуже років роки рік року лише лиш саме собака крапка равлик риба бик звірі данець данка датчанин \
     датчанка українець українка поляк полька поверх сал двері вулиця індекс хазяїн хазяйка господар господиня \
     дружина чоловік пенсії оренда комуна фірма ключ місяць тиждень листопада грудня січня лютого березня квітня \
     травня червня липня серпня вересня жовтня";

static IS_LEAD: LazyLock<HashSet<&str>> = LazyLock::new(|| LEADS.split_whitespace().collect());

static IS_OTHER: LazyLock<HashSet<&str>> = LazyLock::new(|| OTHERS.split_whitespace().collect());

/// A word that stands before a name and is no part of it.
pub(in crate::reader) fn is_lead(word: &str, u: &Utterance<'_>) -> bool {
    IS_LEAD.contains(word) || kin(word, u.lang()).is_some()
}

/// The word at `at` and those that hyphens join to it.
fn part_at(u: &Utterance<'_>, at: usize) -> std::ops::Range<usize> {
    let mut end = at + 1;
    while end < u.word_tokens.len() && hyphened(u, end) {
        end += 1;
    }
    at..end
}

fn hyphened(u: &Utterance<'_>, at: usize) -> bool {
    let between = u.token(at - 1).span.end..u.token(at).span.start;
    matches!(u.said.get(between), Some("-" | "‑"))
}

/// Nothing but a space stands before the word.
fn adjacent(u: &Utterance<'_>, at: usize) -> bool {
    u.word_tokens[at] == u.word_tokens[at - 1] + 1
}

fn is_number(u: &Utterance<'_>, at: usize) -> bool {
    read_at(&u.tokens, u.word_tokens[at], u.lang()).is_some()
}

/// A word that can be part of a name at all.
fn fits(u: &Utterance<'_>, at: usize) -> bool {
    let token = u.token(at);
    token.is_word()
        && token.text.chars().count() >= 2
        && !is_number(u, at)
        && !["вей", "вай", "вейен", "ґаде", "гаде"]
            .iter()
            .any(|end| token.text.ends_with(end))
}

/// Rows of capital words: «Доріт Скоубо», «Нільс-Еґон Браґ».
pub(super) fn written(u: &Utterance<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < u.word_tokens.len() {
        if !u.token(at).capital || !fits(u, at) {
            at += 1;
            continue;
        }
        let mut row: Row = vec![part_at(u, at)];
        at = row[0].end;
        while at < u.word_tokens.len() && adjacent(u, at) && u.token(at).capital && fits(u, at) {
            row.push(part_at(u, at));
            at = row[row.len() - 1].end;
        }
        rows.extend(cut(u, row));
    }
    rows
}

/// The name in a row of capital words: what begins the sentence is often none.
fn cut(u: &Utterance<'_>, mut row: Row) -> Option<Row> {
    while let Some(first) = row.first() {
        let opens = u.sentences.iter().any(|s| s.words.start == first.start);
        let word = u.token(first.start).text.as_str();
        let named = row.get(1).is_some_and(|second| {
            row.len() == 3 && known_given(u.token(second.start).text.as_str())
        });
        // «Купила Марія Бек»: the given name is the second of three.
        let plain = opens && IS_OTHER.contains(word);
        if plain || is_lead(word, u) || opens && named && !known_given(word) && !danish_given(word)
        {
            row.remove(0);
        } else {
            break;
        }
    }
    (2..=MOST).contains(&row.len()).then_some(row)
}

fn known_given(word: &str) -> bool {
    names::to_nominative(word).is_some_and(|(name, _, _)| tolkebot_values::fold(&name) == word)
}

fn danish_given(word: &str) -> bool {
    word.chars().count() >= 4 && names::danish_given(word).is_some()
}

/// Without capitals: what opens the answer, stands behind «звати» or a word for somebody, or beside a given name.
pub(super) fn spoken(u: &Utterance<'_>) -> Vec<Row> {
    let count = u.word_tokens.len();
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    while at < count {
        let behind = at == 0 || is_lead(u.token(at - 1).text.as_str(), u);
        let row = (behind && free(u, at)).then(|| row_at(u, at)).flatten();
        let row = row.or_else(|| beside_given(u, at));
        match row {
            Some(row) => {
                at = row[row.len() - 1].end;
                rows.push(row);
            }
            None => at += 1,
        }
    }
    rows
}

/// Up to three free words of which one is a given name.
fn row_at(u: &Utterance<'_>, at: usize) -> Option<Row> {
    let mut row: Row = Vec::new();
    let mut next = at;
    while next < u.word_tokens.len() && free(u, next) {
        let part = part_at(u, next);
        next = part.end;
        // «окунь окунь як риба»: said twice.
        if !row.iter().any(|have| same(u, have, &part)) {
            row.push(part);
        }
        if row.len() > 3 {
            return None;
        }
    }
    // «купив білоус федір»: a word that cannot be a name before two that can.
    if row.len() == 3 && !named_by(u, &row[0]) && row[1..].iter().all(|part| named_by(u, part)) {
        row.remove(0);
    }
    if row.len() < 2 {
        return None;
    }
    let word = |part: &std::ops::Range<usize>| u.token(part.start).text.as_str();
    let known = row.iter().filter(|part| known_given(word(part))).count();
    // «герте лунд»: foreign names only where a list has both.
    let foreign = danish_given(word(&row[0]))
        && row[1..]
            .iter()
            .all(|part| names::danish_surname(word(part)).is_some());
    let given = known > 0 || foreign;
    // «калина острозька» where no list has the given name: one of the two has the shape of a surname.
    let shaped = row
        .iter()
        .filter(|part| names::looks_like_surname(word(part)))
        .count();
    // «у мого начальника єспера»: behind whose it is stands what somebody is.
    let owned = at > 0
        && is_possessive(u.token(at - 1).text.as_str())
        && names::looks_like_surname(word(&row[0]));
    let pair = row.len() == 2 && shaped == 1 && at <= OPENS && !owned;
    // «марія ганна то сестра»: two people.
    let two = row.len() == 2 && known == 2 && shaped == 0;
    let named = (given || pair) && !two;
    // «оля ольга шелест»: the pet name and the full one.
    if row.len() == 3 && pet_of(word(&row[0]), word(&row[1])) {
        row.remove(0);
    }
    (named && (2..=3).contains(&row.len())).then_some(row)
}

/// A list has it, or it has the shape of a surname.
fn named_by(u: &Utterance<'_>, part: &std::ops::Range<usize>) -> bool {
    let word = u.token(part.start).text.as_str();
    known_given(word)
        || danish_given(word)
        || names::looks_like_surname(word)
        || names::is_known_surname(word)
        || names::danish_surname(word).is_some()
}

fn is_possessive(word: &str) -> bool {
    ["мій", "мо", "наш", "твій", "тво", "ваш", "свій", "сво"]
        .iter()
        .any(|stem| word.starts_with(stem))
        && word.chars().count() <= 5
}

fn same(u: &Utterance<'_>, a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    u.words(a.clone()) == u.words(b.clone())
}

/// Both are forms of one given name.
fn pet_of(pet: &str, full: &str) -> bool {
    names::to_nominative(pet).is_some()
        && known_given(full)
        && pet.chars().next() == full.chars().next()
        && names::same_name(pet, full) >= 0.4
}

/// «ми пенсіонери лізавета мозгова»: a given name in the middle with its surname behind.
fn beside_given(u: &Utterance<'_>, at: usize) -> Option<Row> {
    let word = u.token(at).text.as_str();
    let next = at + 1;
    if !known_given(word) || !free(u, at) || next >= u.word_tokens.len() || !free(u, next) {
        return None;
    }
    let part = part_at(u, next);
    let surname = names::looks_like_surname(u.token(next).text.as_str());
    let ends = part.end >= u.word_tokens.len()
        || !free(u, part.end)
        || same(u, &part, &part_at(u, part.end));
    (ends && (surname || part.end >= u.word_tokens.len())).then(|| vec![at..at + 1, part])
}

/// A word that is no everyday one, no number and no verb.
fn free(u: &Utterance<'_>, at: usize) -> bool {
    const VERBS: &[&str] = &[
        "ає",
        "яє",
        "ує",
        "ює",
        "ить",
        "їть",
        "ять",
        "ють",
        "уть",
        "ать",
        "ався",
        "алася",
        "алась",
        "ємо",
        "имо",
        "ити",
        "ати",
        "яти",
        "ться",
        "юсь",
        "юся",
        "усь",
        "уся",
        "аю",
        "ую",
        "ого",
        "ому",
        "ими",
        "ений",
        "ана",
        "ована",
    ];
    let text = u.token(at).text.as_str();
    let verbal = !known_given(text)
        && !names::looks_like_surname(text)
        && VERBS.iter().any(|end| text.ends_with(end));
    fits(u, at)
        && u.token(at).is_cyrillic()
        && text.chars().count() >= 3
        && !verbal
        && !is_lead(text, u)
        && !text.starts_with("паспорт")
        && !IS_OTHER.contains(text)
}
