//! A paper that lies on the counter and is read: "tak for passet", "det er et pas, jeg sidder med", «Паспорт прошу» –
//! "Hafiia Babynets, ja, det er stavet sådan", "født den …, og navnet er …"; and the card from which a number is told.

use super::asked::Target;
use super::belief::Heard;
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const PAPER: &str = "mover.id_document_type";
const SOURCE: &str = "mover.name_source";

/// For how many turns a paper that was handed over is the one that is read.
const AT_HAND: u32 = 4;

/// Reads which paper is read, and that the name is copied from it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        told_from_card(m, u);
        return;
    }
    let named = u.sentences.iter().find_map(|s| held(u, s));
    if let Some(paper) = named.filter(|_| !m.has(PAPER)) {
        shows(m, u, paper);
    }
    // Of whom only moves within the country the register has the name.
    if m.has(SOURCE) || m.from_abroad.is_none() && named.is_none() {
        return;
    }
    let paper = named.or_else(|| at_hand(m, u).filter(|_| !several(m) || !stands(&u.all_words())));
    if let Some(paper) = paper.filter(|_| copies(m, u)) {
        m.hear(
            SOURCE,
            Heard::new(paper, u.evidence(0..0), 0.6).unsure(true),
        );
    }
}

fn shows(m: &mut Memory, u: &Utterance<'_>, paper: &'static str) {
    m.hear(PAPER, Heard::new(paper, u.evidence(0..0), 0.65));
    let shown = match paper {
        "residence_card" => "residence_permit",
        other => other,
    };
    if matches!(shown, "passport" | "residence_permit") {
        super::permits::see(m, u, shown);
    }
}

/// "Tak for passet", "jeg har begge jeres pas", "på opholdskortet står …": the employee holds it.
fn held(u: &Utterance<'_>, sentence: &Sentence) -> Option<&'static str> {
    let words = u.words(sentence.words.clone());
    let paper = words.iter().find_map(|w| match *w {
        "pas" | "passet" | "passene" => Some("passport"),
        "opholdskort" | "opholdskortet" | "opholdskortene" => Some("residence_card"),
        _ => None,
    })?;
    let rules = words.iter().any(|w| {
        matches!(
            *w,
            "hvis"
                | "når"
                | "skal"
                | "ikke"
                | "får"
                | "mangler"
                | "nyt"
                | "sender"
                | "eller"
                | "senere"
                | "hvad"
                | "uden"
                | "husk"
        )
    });
    let holds = words.windows(2).any(|w| {
        matches!(
            w,
            ["for", "passet" | "passene" | "opholdskortet"]
                | ["slår", "passene" | "passet"]
                | ["passet", "frem"]
                | ["jeres" | "begge", "pas"]
                | ["passet" | "passene", "her"]
                | ["et", "pas"]
                | ["opholdskortet", "står"]
        )
    }) || words.windows(2).any(|w| w == ["på", "passet"]) && names_on(&words);
    let reads = words.iter().any(|w| {
        matches!(
            *w,
            "tak" | "læser" | "sidder" | "står" | "slår" | "frem" | "siger" | "har" | "navnet"
        )
    });
    // "På opholdskortet står Hryhori med ét i": only how it is spelled there.
    let spelled = words
        .windows(2)
        .any(|w| w[0] == "med" && matches!(w[1], "ét" | "et" | "to" | "dobbelt"));
    (holds && reads && !rules && !spelled && !sentence.question).then_some(paper)
}

/// "Navnet på passet er …"
fn names_on(words: &[&str]) -> bool {
    words.iter().any(|w| w.starts_with("navn") || *w == "står")
}

/// The paper that was handed over a moment ago.
fn at_hand(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let slot = m.belief(PAPER)?.slot()?;
    let turn = slot.evidence.first()?.turn;
    let paper = match m.text(PAPER)? {
        "passport" => "passport",
        "residence_card" => "residence_card",
        _ => return None,
    };
    (turn + AT_HAND >= u.turn.n).then_some(paper)
}

/// Passport and card lie side by side: from which of them the name is read stays open.
fn several(m: &Memory) -> bool {
    let shown = |paper: &str| m.shown.iter().any(|(p, _)| *p == paper);
    shown("passport") && shown("residence_permit")
}

/// The employee copies the name: says it beside the birth date that is read, or that it stands so.
fn copies(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let said = ["given_names", "surname"].iter().any(|part| {
        let key = Memory::key(m.mover, part);
        m.heard_now.contains(&key)
            || m.text(&key).is_some_and(|name| {
                let folded = tolkebot_values::fold(name);
                folded.chars().count() > 3 && words.contains(&folded.as_str())
            })
    });
    // "Hvornår er du født?" is asked of who has not read it.
    let born = words
        .iter()
        .any(|w| *w == "født" || w.starts_with("fødselsda"))
        && !words.contains(&"hvornår");
    let stands = stands(&words);
    let other = words
        .iter()
        .any(|w| matches!(*w, "cpr" | "registeret" | "registret" | "systemet"));
    !other && (said && (born || stands) || stands && born)
}

/// "Så står der …", "det læser jeg": said of what is written.
fn stands(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["står", "der"]
                | ["der", "står"]
                | ["læser", "jeg"]
                | ["jeg", "læser"]
                | ["stavet", "sådan"]
                | ["det", "samme"]
                | ["slår", "passene"]
                | ["sidder", "med"]
        )
    })
}

/// "Dit nummer?" – «Ось картка, перепишіть», «по картці прочитаю»: who lives here reads it from the yellow card.
fn told_from_card(m: &mut Memory, u: &Utterance<'_>) {
    // "Og pigen?": the child's.
    let third = m.asked.is_about(Target::Third) || m.asked.kin().is_some();
    if third && !m.asked.is_about(Target::You) {
        return;
    }
    if m.has(PAPER) || m.mover != 0 || m.from_abroad.is_some() || !m.asked.asks(Topic::Cpr) {
        return;
    }
    let words = u.all_words();
    let card = words.iter().position(|w| {
        matches!(
            *w,
            "картка" | "картку" | "картці" | "карточка" | "карточку" | "карточці"
        )
    });
    let Some(at) = card else { return };
    // A card out of which somebody only reads their number is shown to nobody, unless one was asked for.
    let wanted = m.staff_words.iter().any(|w| {
        ["kort", "gule", "sundhed", "legitim", "vise"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if !wanted {
        return;
    }
    let near = &words[at.saturating_sub(4)..(at + 4).min(words.len())];
    let gives = near.iter().any(|w| {
        matches!(
            *w,
            "ось"
                | "осьо"
                | "от"
                | "перепишіть"
                | "подивіться"
                | "дивіться"
                | "гляньте"
                | "прочитаю"
                | "читаю"
                | "прошу"
                | "тримайте"
        )
    });
    let other = near.iter().any(|w| {
        [
            "банк",
            "його",
            "її",
            "чолов",
            "прожив",
            "кредит",
            "сина",
            "доньк",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    if gives && !other {
        shows(m, u, "health_card");
    }
}
