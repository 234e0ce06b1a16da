//! Papers: what was shown, where a name's spelling comes from, which clinic was chosen.

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::people::{Ref, Who};
use super::topic::Topic;
use super::utterance::Utterance;

/// Reads what a turn says about papers and the clinic.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    speaks_of_several(m, u);
    passport_spelling(m, u, refs);
    shown(m, u);
    super::protected::read(m, u);
    super::clinics::read(m, u);
    presented(m, u);
    super::papers::read(m, u);
    super::papers_asked::read(m, u);
    missing(m);
}

/// «ми», "jer": more than one person is spoken of.
fn speaks_of_several(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let several = if u.is_staff() {
        words
            .iter()
            .any(|w| matches!(*w, "jer" | "jeres" | "begge" | "alle"))
            || words.windows(2).any(|w| {
                matches!(
                    w,
                    [
                        "er" | "har" | "flytter" | "bor" | "flyttede" | "boede" | "skal" | "kom",
                        "i"
                    ]
                )
            })
    } else {
        words.iter().any(|w| {
            matches!(
                *w,
                "ми" | "нас" | "нам" | "нами" | "наш" | "наша" | "наші" | "обоє" | "разом"
            )
        })
    };
    m.plural |= several;
}

/// «у паспорті так», "som i passet": the mover's name is spelled as in the passport.
fn passport_spelling(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.passport_name.is_some() {
        return;
    }
    let words = u.all_words();
    if super::passport::read_out(m, u, refs) {
        m.passport_name = Some(u.evidence(0..0));
        m.hear(
            "mover.name_source",
            Heard::new("passport", u.evidence(0..0), 0.6).unsure(true),
        );
        return;
    }
    let inside = words
        .iter()
        .any(|w| *w == "паспорті" || u.is_staff() && matches!(*w, "pas" | "passet" | "passets"))
        // «Паспорт? Ось, Zadorozhnii, з двома і»
        || words.iter().any(|w| w.starts_with("паспорт"))
            && (0..u.word_tokens.len()).any(|w| {
                let token = u.token(w);
                !u.is_staff() && token.capital && token.text.is_ascii() && token.text.len() > 3
            });
    // «… собачка екзампл крапка ком, латинкою як у паспорті»: an address and no name of a person.
    let address = !u.is_staff() && m.asked.asks(Topic::Email) && u.spellings().is_empty()
        || words
            .iter()
            .any(|w| matches!(*w, "собачка" | "собака" | "равлик"))
            && u.spellings().is_empty();
    if !inside || address {
        return;
    }
    // «З ігреком, так у паспорті. А він …»: only who is spoken of in that sentence can be meant.
    let sentence = u.sentences.iter().find(|s| {
        let words = u.words(s.words.clone());
        words
            .iter()
            .any(|w| w.starts_with("паспорт") || w.starts_with("pas"))
    });
    // "Står det sådan i passet?" asks, and «у паспорті його не пишуть» is no spelling.
    let open = sentence.is_some_and(|s| {
        let words = u.words(s.words.clone());
        u.is_staff() && s.question && u.written
            || words
                .windows(2)
                .any(|w| w[0] == "не" && w[1].starts_with("пиш"))
    });
    if open {
        return;
    }
    let somebody_else = refs.iter().any(|r| {
        matches!(r.who, Who::Person(id) if id != m.mover)
            && sentence.is_none_or(|s| s.bytes.contains(&r.bytes.start))
    });
    let letters = !u.is_staff()
        && sentence.is_some_and(|s| {
            u.words(s.words.clone()).iter().any(|w| {
                ["ігрек", "дефіс", "літер", "букв", "латинк", "пишеть"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            })
        });
    let spelled = !u.spellings().is_empty();
    let about = [Topic::Spelling, Topic::Name];
    let about_name = letters
        || m.context().asks(Topic::Spelling)
        || m.asked.mentions(Topic::Spelling)
        || u.is_staff() && spelled
        || !u.is_staff()
            && (m.asked.asks_any(&about) || m.asked_before.asks_any(&about) || spelled);
    let known = m.has(&Memory::key(m.mover, "given_names")) || m.asked.asks(Topic::Name);
    if about_name && known && !somebody_else {
        m.passport_name = Some(u.evidence(0..0));
        m.hear(
            "mover.name_source",
            Heard::new("passport", u.evidence(0..0), 0.6).unsure(true),
        );
    }
}

/// Documents laid on the counter.
fn shown(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    hands_over(m, u);
    let words = u.all_words();
    let denied = words.iter().any(|w| {
        matches!(*w, "нема" | "немає" | "вдома" | "удома")
            || w.starts_with("забу")
            || w.starts_with("загуби")
    });
    if !denied {
        shown_in(m, u, &words);
        return;
    }
    // «Усе тут: паспорти, картки. Шлюбного нема.»: each sentence tells of its own papers.
    for sentence in u.sentences.clone() {
        let words = u.words(sentence.words);
        shown_in(m, u, &words);
    }
}

/// "Må jeg se dit pas?" – «Прошу.», "Er det det gule kort, du viser mig?" – «Так, оце.»
fn hands_over(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let gives = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "ось"
                | "осьо"
                | "оце"
                | "прошу"
                | "тримайте"
                | "нате"
                | "от"
                | "візьміть"
                | "дивіться"
                | "дивись"
                | "держіть"
                | "пожалуста"
                | "пожалуйста"
                | "ласка"
        )
    });
    let denied = words
        .iter()
        .any(|w| matches!(*w, "нема" | "немає" | "забув" | "забула") || w.starts_with("загуб"));
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    // "Har du det gule kort?"
    let card = staff(&["har"]) && staff(&["kort", "kortet"]);
    let wants = card || staff(&["se", "viser", "kigge", "bede", "låne", "med"]);
    if !gives || denied || !wants {
        return;
    }
    let yellow = staff(&["gule", "sundhedskort", "sundhedskortet", "sygesikringskort"]);
    let (pass, permit) = (
        staff(&["pas", "passet"]),
        m.staff_words.iter().any(|w| w.starts_with("opholdsk")),
    );
    if yellow && !m.has("mover.id_document_type") {
        let heard = Heard::new("health_card", u.evidence(0..0), 0.7);
        m.hear("mover.id_document_type", heard);
    }
    if pass {
        paper(m, u, "passport");
    }
    if permit {
        paper(m, u, "residence_permit");
    }
}

/// What one sentence lays on the counter.
fn shown_in(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) {
    // «паспорт», «картку», not «у паспорті».
    let has = |stems: &[&str]| {
        words.iter().any(|w| {
            stems.iter().any(|s| w.starts_with(s)) && !w.ends_with("ті") && !w.ends_with("ці")
        })
    };
    let here = words.iter().any(|w| {
        matches!(
            *w,
            "ось"
                | "тут"
                | "маю"
                | "є"
                | "собою"
                | "тримайте"
                | "дали"
                | "будь"
                | "он"
                | "приніс"
                | "принесла"
                | "показати"
        )
    });
    let denied = words.iter().any(|w| {
        matches!(
            *w,
            "нема"
                | "немає"
                | "забув"
                | "забула"
                | "загубив"
                | "загубила"
                | "вдома"
                | "удома"
        )
    });
    if !here || denied {
        return;
    }
    let asked = m.context().clone();
    let mut papers: Vec<&'static str> = Vec::new();
    if has(&["паспорт"]) {
        papers.push("passport");
    }
    if has(&["посвідк"])
        || has(&["картк"]) && has(&["прожив", "перебув"])
        || asked.asks(Topic::Permit) && has(&["картк", "дозвіл"])
        || words.contains(&"дозвіл")
    {
        papers.push("residence_permit");
    }
    if has(&["договір", "контракт"]) {
        papers.push("lease");
    }
    if has(&["свідоцтв"]) {
        let birth = asked.asks(Topic::Documents) || has(&["народж"]);
        // «… вдова. Ось свідоцтво про народження сина» to "er du gift?"
        let wed = asked.asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace]);
        let marriage = wed && !has(&["народж"]) || has(&["шлюб"]);
        if marriage {
            papers.push("marriage_certificate");
        } else if birth {
            papers.push("birth_certificate");
        }
    }
    let yellow = m
        .staff_words
        .iter()
        .any(|w| w.starts_with("sundhedskort") || w == "gule");
    if yellow && has(&["картк", "карта", "карту"]) && !m.has("mover.id_document_type")
    {
        let heard = Heard::new("health_card", u.evidence(0..0), 0.7);
        m.hear("mover.id_document_type", heard);
    }
    for paper in papers {
        if paper == "passport" && !m.has("mover.id_document_type") {
            let heard = Heard::new("passport", u.evidence(0..0), 0.7);
            m.hear("mover.id_document_type", heard);
        }
        if !m.shown.iter().any(|(known, _)| *known == paper) {
            m.shown.push((paper, u.evidence(0..0)));
        }
    }
}

/// What is missing: a lease, and papers that somebody said are not there.
fn missing(m: &mut Memory) {
    let key = "documents.missing";
    let lease = m
        .belief("dwelling.lease_document")
        .and_then(|b| b.slot())
        .cloned();
    let state =
        |s: &crate::state::Slot, is: &str| s.value.as_ref().and_then(|v| v.as_str()) == Some(is);
    if let Some(slot) = &lease {
        if !state(slot, "missing") {
            m.missing.retain(|(paper, _)| *paper != "lease");
        } else if !m.missing.iter().any(|(paper, _)| *paper == "lease")
            && let Some(evidence) = slot.evidence.first().cloned()
        {
            m.missing.insert(0, ("lease", evidence));
        }
    }
    let list: Vec<&str> = m.missing.iter().map(|(paper, _)| *paper).collect();
    let Some((_, evidence)) = m.missing.first().cloned() else {
        m.forget(key);
        return;
    };
    if m.belief(key)
        .and_then(|b| b.slot())
        .and_then(|s| s.value.clone())
        != Some(serde_json::json!(list))
    {
        m.forget(key);
        m.hear(
            key,
            Heard::new(serde_json::json!(list), evidence, 0.7).act(Act::Imply),
        );
    }
}

/// "Jeg ser pas og opholdskort", "Må jeg kigge i dit pas": papers that lie before the employee; and
/// what the citizen lays there.
fn presented(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    if !u.is_staff() {
        // «він перед вами», «Карта нова, бачите»
        let before_you = words
            .windows(2)
            .any(|w| matches!(w, ["перед", "вами"] | ["ви", "бачите"]))
            || has(&["бачите", "дивіться"]);
        if before_you && starts(&["паспорт"]) {
            paper(m, u, "passport");
        }
        if before_you
            && has(&["карта", "картка", "картку", "карту", "посвідка", "посвідку"])
            && m.from_abroad.is_some()
        {
            paper(m, u, "residence_permit");
        }
        return;
    }
    for sentence in u.sentences.clone() {
        let words = u.words(sentence.words.clone());
        seen_in(m, u, &words, sentence.question);
    }
}

/// What the employee has before them by one sentence.
fn seen_in(m: &mut Memory, u: &Utterance<'_>, words: &[&str], question: bool) {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let asks_for = question && !words.windows(2).any(|w| matches!(w, ["må", "jeg" | "vi"]));
    let sees = has(&["ser", "set", "kopi", "kigge", "foran", "læser", "fået"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["passet", "her"] | ["pas", "tak"] | ["i", "passet"]));
    // "Dit fulde navn, som det står i passet": what the citizen is to say.
    let wording = words.windows(4).any(|w| {
        matches!(
            w,
            ["som", "det", "står", "i"] | ["som", "det", "fremgår", "af"]
        )
    }) || starts(&["stave"]) && has(&["hvordan", "hvorledes"]);
    if !sees || wording || asks_for && !has(&["set", "ser", "foran"]) && !has(&["kigge"]) {
        return;
    }
    if has(&["pas", "passet", "passene"]) {
        paper(m, u, "passport");
    }
    if starts(&["opholdskort", "opholdstilladelse"]) {
        paper(m, u, "residence_permit");
    }
    if starts(&["vielsesattest"]) {
        paper(m, u, "marriage_certificate");
    }
}

fn paper(m: &mut Memory, u: &Utterance<'_>, paper: &'static str) {
    if paper == "passport" && !m.has("mover.id_document_type") {
        let heard = Heard::new("passport", u.evidence(0..0), 0.7);
        m.hear("mover.id_document_type", heard);
    }
    if !m.shown.iter().any(|(known, _)| *known == paper) {
        m.shown.push((paper, u.evidence(0..0)));
    }
}
