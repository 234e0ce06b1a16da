//! Who has come from abroad, where nobody says so in as many words: small signs that together leave no doubt.
//!
//! "Hvor boede I?" – «У Варшаві» is enough by itself. "Hvor kommer du fra?" is asked of everybody, and «з Харкова» answers
//! it after years in the country: then something must stand beside it, a street there, the papers of the stay or where the
//! birth is registered. Who has a CPR number or told which Danish home they leave has not come from abroad.

use tolkebot_values::Found;
use tolkebot_values::dates::{self, DateContext, DateKind, Purpose};
use tolkebot_values::places::{Place, PlaceKind};

use super::abroad;
use super::cues;
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

/// Points that make an arrival.
const ENOUGH: u32 = 2;

/// Turns in which somebody says what they have come for.
const OPENING: usize = 4;

/// Days within which an arrival is reported.
const LATELY: i32 = 45;

/// Noted when nothing but the signs told of an arrival.
const CONCLUDED: &str = "abroad.sign_concluded";

/// Something that shows an arrival; each counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// «З Києва», answered to where somebody comes from.
    Whence,
    /// «У Києві», answered to where they lived until now.
    Lived,
    /// A street and number abroad.
    Street,
    /// The employee wants to see the papers of the stay.
    Papers,
    /// The employee asks where the birth is registered.
    Birth,
    /// «Прилетіла в неділю»
    Journey,
    /// «В Данії з суботи»
    InDenmark,
    /// "I har haft en lang tur"
    Welcome,
}

const SIGNS: [Sign; 8] = [
    Sign::Whence,
    Sign::Lived,
    Sign::Street,
    Sign::Papers,
    Sign::Birth,
    Sign::Journey,
    Sign::InDenmark,
    Sign::Welcome,
];

impl Sign {
    fn key(self) -> &'static str {
        match self {
            Sign::Whence => "abroad.sign_whence",
            Sign::Lived => "abroad.sign_lived",
            Sign::Street => "abroad.sign_street",
            Sign::Papers => "abroad.sign_papers",
            Sign::Birth => "abroad.sign_birth",
            Sign::Journey => "abroad.sign_journey",
            Sign::InDenmark => "abroad.sign_in_denmark",
            Sign::Welcome => "abroad.sign_welcome",
        }
    }

    fn points(self) -> u32 {
        match self {
            Sign::Lived | Sign::InDenmark => ENOUGH,
            _ => 1,
        }
    }
}

/// Takes in the signs of a turn; enough of them make an arrival.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    take_back(m);
    if lives_here(m) {
        return;
    }
    if u.is_staff() {
        of_employee(m, u);
    } else {
        of_citizen(m, u);
    }
    let points: u32 = SIGNS
        .iter()
        .filter(|sign| m.has(sign.key()))
        .map(|sign| sign.points())
        .sum();
    if points >= ENOUGH && m.from_abroad.is_none() {
        abroad::arrives(m, u);
        m.note(CONCLUDED, "1", u.evidence(0..0));
    }
}

/// Who only told of a journey and turns out to have a CPR number is back from one.
fn take_back(m: &mut Memory) {
    let surely = [Sign::Papers, Sign::Birth]
        .iter()
        .any(|sign| m.has(sign.key()))
        || m.asked.asks(Topic::Arrival);
    if m.has(CONCLUDED) && !surely && m.has(&Memory::key(m.mover, "cpr_number")) {
        m.forget(CONCLUDED);
        m.from_abroad = None;
    }
}

/// Whether it is known already that somebody moves within the country or leaves it.
fn lives_here(m: &Memory) -> bool {
    m.long_here
        || m.leaving_spoken
        || m.asked_whither
        || m.has("from.street_name")
        || m.has(&Memory::key(m.mover, "cpr_number"))
        || m.text("case.move_type") == Some("to_abroad")
}

fn sign(m: &mut Memory, u: &Utterance<'_>, sign: Sign) {
    if !m.has(sign.key()) {
        m.note(sign.key(), "1", u.evidence(0..0));
    }
}

fn is_abroad(place: &Found<Place>) -> bool {
    matches!(
        place.value.kind,
        PlaceKind::Country | PlaceKind::ForeignTown
    ) && place.value.country != "Danmark"
}

/// What the employee asks for or takes for granted.
fn of_employee(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    if starts(&["opholdskort", "opholdstil", "opholdsgr", "særlov"])
        || words.iter().any(|w| matches!(*w, "ophold" | "opholdet"))
    {
        sign(m, u, Sign::Papers);
    }
    if asks_birth(&words) {
        sign(m, u, Sign::Birth);
    }
    if welcomes(&words) {
        sign(m, u, Sign::Welcome);
    }
    let named = u.places().iter().find_map(|p| {
        let sentence = u.sentence_at(p.span.start)?;
        if !is_abroad(p) || of_somebody_else(m, &u.words(sentence.words.clone())) {
            return None;
        }
        Some((p.clone(), employee_names(u, sentence, p)?))
    });
    if let Some((place, kind)) = named {
        sign(m, u, kind);
        if kind == Sign::Lived && !m.has("abroad.country") {
            abroad::country(m, u, "abroad.country", &place);
        }
    }
}

/// "Hvor er du født?", "født i Halych?", "fødested", "hvor er fødslen registreret?"
fn asks_birth(words: &[&str]) -> bool {
    let born = words.iter().position(|w| *w == "født");
    let where_born = born.is_some_and(|at| {
        words[..at].contains(&"hvor")
            || matches!(words.get(at + 1), Some(&("i" | "hvor" | "henne")))
    });
    where_born
        || words.iter().any(|w| w.starts_with("fødested"))
        || words
            .iter()
            .any(|w| w.starts_with("fødselsreg") || w.starts_with("fødselssted"))
}

/// "Du er lige kommet?", "en lang rejse", "hvad fik dig hertil?"
fn welcomes(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["lige" | "nylig" | "netop", "kommet" | "ankommet" | "landet"]
                | ["lang", "tur" | "rejse"]
                | ["dig" | "jer", "hertil"]
        )
    }) || words.iter().any(|w| w.starts_with("langvejs"))
}

/// "Hvor boede du i Brno?", "fra Chișinău?": how the employee names a place abroad.
fn employee_names(u: &Utterance<'_>, sentence: &Sentence, place: &Found<Place>) -> Option<Sign> {
    let words = u.words(sentence.words.clone());
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let left = cues::left(u, 0, place.span.start);
    let asks = sentence.question || has(&["hvor", "hvilken", "hvad"]);
    let address = words.iter().any(|w| w.starts_with("adresse"));
    match left.last() {
        Some(&"i") if asks && has(&["boede", "boet"]) && !has(&["født", "gift", "skal"]) => {
            Some(Sign::Lived)
        }
        Some(&"i") if address && has(&["havde", "sidste", "seneste", "var", "boede"]) => {
            Some(Sign::Lived)
        }
        Some(&"i") if address => Some(Sign::Whence),
        Some(&"fra") if sentence.question || has(&["kommer", "kom", "kommet", "rejst"]) => {
            Some(Sign::Whence)
        }
        _ => None,
    }
}

/// "Hvor kommer din mand fra?", "hvor boede hun?": asked of somebody else, unless the citizen reports for them.
fn of_somebody_else(m: &Memory, words: &[&str]) -> bool {
    let you = words
        .iter()
        .any(|w| matches!(*w, "du" | "i" | "de" | "dig" | "jer"));
    let they = words.iter().any(|w| {
        matches!(*w, "han" | "hun" | "hans" | "hendes" | "ham" | "hende")
            || super::kin::kin(w, tolkebot_protocol::Lang::Da).is_some()
    });
    they && !you && m.mover == 0
}

/// What the citizen tells of themselves.
fn of_citizen(m: &mut Memory, u: &Utterance<'_>) {
    let danish = u
        .places()
        .iter()
        .any(|p| matches!(p.value.kind, PlaceKind::DanishTown | PlaceKind::AarhusArea));
    if let Some(kind) = asked_whence(m).filter(|_| !danish)
        && let Some(place) = answered(m, u)
    {
        sign(m, u, kind);
        if !m.heard_now.iter().any(|key| key == "abroad.country") {
            abroad::country(m, u, "abroad.country", &place);
        }
    }
    if has_street(m, u) {
        sign(m, u, Sign::Street);
    }
    if let Some(kind) = journey(m, u) {
        sign(m, u, kind);
    }
}

/// What the employee's last words ask: where somebody lived until now, or where they come from.
pub(super) fn asked_whence(m: &Memory) -> Option<Sign> {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    if of_somebody_else(m, &words) || has(&["født", "gift", "skal"]) {
        return None;
    }
    let from = has(&["fra", "hvorfra"]);
    let travelled = has(&["rejste", "rejst", "flyttede", "flyttet", "tog"]) && from;
    let last = has(&["sidst", "sidste", "seneste"])
        && (from || words.iter().any(|w| w.starts_with("adresse")));
    let home = has(&["boede", "boet", "bopæl", "bopælen"]) && !has(&["hos", "sammen", "hele"]);
    let asks = has(&["hvor", "hvad", "hvilken", "hvilket", "sidst", "sidste"]) || words.len() <= 4;
    if home && asks || travelled || last {
        return Some(Sign::Lived);
    }
    let comes = has(&["kommer", "kom", "kommet"]) && from || has(&["hvorfra"]);
    // "Fra Chișinău?"
    let bare = words.len() <= 3 && from;
    (comes || bare).then_some(Sign::Whence)
}

/// The place abroad that an answer names first, not as a station, not denied and not of somebody else.
fn answered(m: &Memory, u: &Utterance<'_>) -> Option<Found<Place>> {
    let place = u.places().iter().find(|p| {
        is_abroad(p)
            && !super::transit::is_station(u, p)
            && !cues::left(u, 0, p.span.start)
                .windows(2)
                .any(|w| w[0] == "не" && matches!(w[1], "з" | "із" | "зі" | "в" | "у"))
    })?;
    let left = cues::left(u, 0, place.span.start);
    let bare = left.is_empty()
        && u.sentences
            .iter()
            .any(|s| s.bytes.contains(&place.span.start));
    let led = matches!(
        left.last(),
        Some(&("з" | "із" | "зі" | "в" | "у" | "під" | "біля" | "місто" | "місті"))
    );
    (bare || led)
        .then(|| place.clone())
        .filter(|_| speaks_of_self(m, u, &left))
}

/// «Я з мамою приїхала», and no «чоловік приїхав», «вона з Польщі», «родом з Полтави».
fn speaks_of_self(m: &Memory, u: &Utterance<'_>, left: &[&str]) -> bool {
    let own = left
        .iter()
        .any(|w| matches!(*w, "я" | "ми" | "мене" | "нас" | "мені" | "нам"));
    let others = left.iter().any(|w| {
        matches!(*w, "він" | "вона" | "вони" | "його" | "її")
            || super::kin::kin(w, u.lang()).is_some()
    });
    let origin = left.iter().any(|w| {
        matches!(*w, "самі" | "сам" | "сама") || w.starts_with("родом") || w.starts_with("народи")
    });
    !origin && (own || !others || m.mover != 0)
}

/// «Вулиця Зелена п'ять, квартира два» beside a town abroad, or asked for the address there.
fn has_street(m: &Memory, u: &Utterance<'_>) -> bool {
    let asked = asked_whence(m).is_some()
        || m.asked.asks_any(&[Topic::OldAddress, Topic::Country])
            && (m.has(Sign::Whence.key()) || m.has("abroad.country"));
    let danish = u.addresses().iter().any(|a| a.value.street.is_some());
    let town = u.places().iter().any(is_abroad);
    let flat = u.all_words().iter().any(|w| {
        ["квартир", "мешкання", "помешкання", "вулиц", "проспект"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    let found = tolkebot_values::foreign::find(&u.said, u.lang());
    asked && !danish && flat && (town || m.has(Sign::Whence.key())) && found.is_some()
}

/// «Ми в Данії з суботи», «прилетіла в неділю», «я з Любляни приїхала третього жовтня»: a journey of the last weeks.
fn journey(m: &Memory, u: &Utterance<'_>) -> Option<Sign> {
    // «Весільна подорож», «хоронили матір, учора прилетів назад»
    let away = u.all_words().iter().any(|w| {
        matches!(*w, "назад" | "додому" | "подорож")
            || [
                "відпуст",
                "відпочин",
                "канікул",
                "поверну",
                "верну",
                "хорон",
                "похорон",
                "гостей",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if away {
        return None;
    }
    u.sentences.iter().find_map(|s| {
        let words = u.words(s.words.clone());
        let flew = words.iter().any(|w| {
            ["прилеті", "приземли", "прибул"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        if s.question || !recent_day(m, u, s, flew) || !speaks_of_self(m, u, &words) {
            return None;
        }
        let came = flew
            || words.iter().any(|w| {
                matches!(
                    *w,
                    "приїхав" | "приїхала" | "приїхали" | "прибув" | "увійшли" | "увійшла"
                )
            });
        let here = words
            .windows(2)
            .any(|w| matches!(w, ["в" | "у", "данію" | "данії"] | ["до", "данії"]));
        let out_of = u.places().iter().any(|p| {
            s.bytes.contains(&p.span.start)
                && is_abroad(p)
                && matches!(
                    cues::left(u, 0, p.span.start).last(),
                    Some(&("з" | "із" | "зі"))
                )
        });
        let since = here
            && words
                .windows(2)
                .any(|w| w[0].starts_with("дані") && matches!(w[1], "з" | "із" | "від" | "зі"));
        match (came, here || out_of) {
            (true, true) => Some(Sign::InDenmark),
            (true, false) if flew && m.talked <= OPENING => Some(Sign::InDenmark),
            (true, false) => Some(Sign::Journey),
            (false, _) if since => Some(Sign::InDenmark),
            _ => None,
        }
    })
}

/// Whether a sentence names a day of the last weeks. «З двадцять другого» is a year as often as a day.
fn recent_day(m: &Memory, u: &Utterance<'_>, sentence: &Sentence, flew: bool) -> bool {
    let context = DateContext::new(m.today, Purpose::Move);
    dates::find(&u.said, u.lang(), &context)
        .iter()
        .filter(|hit| sentence.bytes.contains(&hit.span.start))
        .any(|hit| {
            hit.value.date.is_some_and(|day| {
                let year =
                    !flew && hit.value.kind == DateKind::BareDay && (22..=26).contains(&day.day());
                !year && (0..=LATELY).contains(&(m.today - day).get_days())
            })
        })
}

/// "Hvornår kom I?", "hvornår var du her?" of who has come from abroad and has told no day: the journey is meant, and the
/// move only where the home is named.
pub(super) fn asks_when_they_came(m: &mut Memory) {
    if m.from_abroad.is_none() || m.has("arrival.date") {
        return;
    }
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let when = says(&["hvornår", "dag", "dato"]);
    let you = says(&["du", "i", "de", "han", "hun"]);
    let came = says(&["kom", "kommet", "kommer", "ankom"]) || says(&["var"]) && says(&["her"]);
    let home = says(&[
        "ind",
        "boligen",
        "lejligheden",
        "huset",
        "værelset",
        "plads",
        "sov",
    ]);
    if !(when && you && came) || home {
        return;
    }
    for ask in &mut m.asked.asks {
        if ask.topic == Topic::MoveDate {
            ask.topic = Topic::Arrival;
        }
    }
}
