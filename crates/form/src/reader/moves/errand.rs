//! Somebody comes on another's errand: whom the move is about, by what paper, for which house.

use super::*;
use crate::reader::kin::Sex;

/// For how many turns at the start it may still turn out that somebody else moves.
const EARLY: usize = 6;

/// For how many turns the paper that lets somebody act may be handed over.
const PAPER: usize = 10;

const ROLE: &str = "case.reporter_role";

/// What a citizen's turn tells of an errand.
pub(super) fn told(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let open = m.mover == 0 && m.talked <= EARLY && !m.has(&Memory::key(0, "cpr_number"));
    if open {
        from_house(m, u);
    }
    if open && m.mover == 0 {
        for_whom(m, u, refs);
    }
    if open && m.mover == 0 {
        child_comes(m, u);
    }
    by_paper(m, u);
}

/// "Giver dig lov til at melde min flytning", "jeg bemyndiger …", "den er på papir": the employee reads what lets
/// somebody act.
pub(super) fn read_out(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) {
    let lets = words.windows(4).any(|w| {
        matches!(w[0], "giver" | "gav" | "givet")
            && w[1..].iter().any(|w| matches!(*w, "lov" | "ret"))
    }) && words
        .iter()
        .any(|w| w.starts_with("anmeld") || w.starts_with("melde") || w.starts_with("flytning"));
    let empowers = words.iter().any(|w| w.starts_with("bemyndige"));
    let on_paper = words.windows(2).any(|w| w == ["på", "papir"])
        && m.mover != 0
        && m.asked_before.asks(Topic::PowerOfAttorney);
    if (lets || empowers || on_paper) && m.talked <= PAPER && !supposed(words) {
        attorney(m, u);
    }
}

/// "Er det til dig selv?", "hvem gælder det?", "du kommer på vegne af en anden?"
fn asks_for_whom(staff: &[String]) -> bool {
    let words: Vec<&str> = staff.iter().map(String::as_str).collect();
    let whom = words.windows(2).any(|w| {
        matches!(
            w,
            ["dig", "selv"]
                | [
                    "hvem",
                    "gælder" | "drejer" | "handler" | "angår" | "vedrører" | "ringer" | "kommer"
                ]
                | ["en", "anden"]
                | ["andres", "vegne"]
        )
    });
    let behalf =
        words.contains(&"vegne") && words.iter().any(|w| matches!(*w, "din" | "dine" | "dit"));
    // "Hvad hedder du selv?", "hvem er dig selv?" are of the one who stands there.
    let name = words
        .iter()
        .any(|w| matches!(*w, "hedder" | "navn" | "nummer" | "cpr" | "begge"));
    (whom || behalf) && !name
}

/// «Не себе, а свого друга», «мова не про мене, а про свекра», «це не моє»
fn not_me(words: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| matches!(w, ["не", "себе" | "мене" | "собі" | "мені" | "моє"]))
        || words
            .windows(3)
            .any(|w| matches!(w, ["не", "про" | "за" | "для", "себе" | "мене"]))
}

/// The relative that the citizen reports for.
fn for_whom(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let words = u.all_words();
    let denied = not_me(&words);
    if !denied && !asks_for_whom(&m.staff_words) {
        return;
    }
    let along = words.iter().enumerate().any(|(at, w)| {
        let not = at > 0 && words[at - 1] == "не"
            || at > 1 && words[at - 2] == "не" && matches!(words[at - 1], "про" | "за" | "для");
        matches!(
            *w,
            "ми" | "нас" | "себе" | "мене" | "обоє" | "обидві" | "вдвох" | "удвох"
        ) && !not
            && !matches!(at.checked_sub(1).map(|b| words[b]), Some("у" | "в" | "до"))
            && !words
                .get(at + 1)
                .is_some_and(|w| w.starts_with("присла") || w.starts_with("попрос"))
    }) || words
        .windows(2)
        .any(|w| matches!(w, ["і" | "й" | "та", "я"]));
    let first_named = refs
        .iter()
        .find(|r| !r.pronoun && matches!(r.who, Who::Person(_)));
    let known = first_named.and_then(|r| {
        let Who::Person(id) = r.who else { return None };
        let at = u.word_at(r.bytes.start);
        let before = &words[..at];
        let near = before.len().saturating_sub(2);
        let about = before[near..]
            .iter()
            .any(|w| matches!(*w, "за" | "про" | "для" | "від" | "замість" | "по"));
        let turned = denied
            && before[near..]
                .iter()
                .any(|w| matches!(*w, "а" | "це" | "то"));
        let first = at <= 1 && !matches!(before.first(), Some(&("я" | "моя" | "мій")));
        let with = before
            .last()
            .is_some_and(|w| matches!(*w, "з" | "із" | "зі" | "і" | "й" | "та"));
        let kin = m.person(id).and_then(|p| p.kin);
        let somebody = kin.is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Children));
        (somebody && !with && at <= 12 && (about || turned || first)).then_some(id)
    });
    let Some(id) = known.filter(|_| !along) else {
        return;
    };
    become_mover(m, id);
    if m.person(id).and_then(|p| p.kin).is_some_and(Kin::is_child) && is_parent(&words) {
        m.hear(ROLE, Heard::new("custody_holder", u.evidence(0..0), 0.8));
    }
}

/// «Я мама», «неповнолітня», «їй шістнадцять»
fn is_parent(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["я", "мама" | "мати" | "батько" | "тато" | "її" | "його"]
        )
    }) || words
        .iter()
        .any(|w| w.starts_with("неповнол") || w.starts_with("батьківськ"))
}

/// "Du vil have din søn over til dig?" – «Так, він два роки жив у тата, а тепер до мене», "hvis barn er det?" – «Моє, вона
/// йде до тата. Я лишаюся»: the child moves, and the one who tells it does not.
fn child_comes(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let fetched = staff.windows(3).any(|w| {
        w[0] == "have"
            && matches!(w[1], "din" | "dit")
            && crate::reader::kin::kin(w[2], Lang::Da).is_some_and(Kin::is_child)
    }) && staff
        .windows(2)
        .any(|w| matches!(w, ["til" | "hos", "dig"]));
    let to_me = words.windows(2).any(|w| w == ["до", "мене"])
        && words.windows(2).any(|w| {
            matches!(
                w,
                ["у" | "в" | "від", "тата" | "батька" | "мами" | "матері"]
            )
        });
    let i_stay = words.iter().enumerate().any(|(at, w)| {
        *w == "я"
            && words[at + 1..]
                .iter()
                .take(3)
                .any(|w| w.starts_with("лишаю") || w.starts_with("залишаю") || *w == "нікуди")
    });
    let to_other = words
        .windows(2)
        .any(|w| matches!(w, ["до", "тата" | "батька" | "мами" | "матері" | "бабусі"]))
        && words.iter().any(|w| {
            matches!(
                *w,
                "йде" | "іде" | "їде" | "переїжджає" | "переїздить" | "перебирається"
            )
        });
    let minor = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.kin.is_some_and(|k| k.is_child() && k != Kin::Children))
        .max_by_key(|p| p.last_turn)
        .map(|p| p.id);
    let child = staff.iter().any(|w| w.starts_with("barn")) || minor.is_some();
    if !child || !(to_me && (fetched || i_stay) || i_stay && to_other) {
        return;
    }
    let sex = words.iter().find_map(|w| match *w {
        "він" | "його" => Some(Sex::Male),
        "вона" | "її" => Some(Sex::Female),
        _ => None,
    });
    let id = minor.unwrap_or_else(|| {
        m.add_person(Some(match sex {
            Some(Sex::Male) => Kin::Son,
            Some(Sex::Female) => Kin::Daughter,
            None => Kin::Child,
        }))
    });
    become_mover(m, id);
    m.hear(ROLE, Heard::new("custody_holder", u.evidence(0..0), 0.75));
}

/// Beginnings of Danish words for a house where people live and others work.
const HOUSES: &[&str] = &[
    "institution",
    "døgninstitution",
    "opholdssted",
    "bosted",
    "botilbud",
    "plejehjem",
    "plejecent",
    "krisecent",
    "herberg",
    "børnehjem",
    "asylcent",
];

/// "Det er dig fra opholdsstedet?" – «Так», «я тут працюю контактною особою»: the one who reports works where the
/// other lives.
fn from_house(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let house = |w: &str| HOUSES.iter().any(|stem| w.starts_with(stem));
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let named = (0..staff.len()).any(|at| {
        house(staff[at])
            && staff[..at]
                .iter()
                .rev()
                .take(3)
                .any(|w| matches!(*w, "fra" | "på"))
    });
    let sent = named
        && (staff
            .windows(3)
            .any(|w| matches!(w, ["det", "er", "dig"] | ["er", "det", "dig"]))
            || staff
                .iter()
                .any(|w| w.starts_with("medarbejder") || *w == "ansat"));
    let works = words.windows(2).any(|w| {
        w[0].starts_with("контактн") && w[1].starts_with("особ")
            || matches!(w, ["як", "заклад" | "установа"])
            || w[0] == "нашого" && w[1].starts_with("мешкан")
            || matches!(w[0], "нового" | "нову") && w[1].starts_with("мешкан")
    }) || named
        && words
            .iter()
            .any(|w| matches!(*w, "працюю" | "чергую") || w.starts_with("працівни"));
    let agrees = crate::reader::mood::mood(u).agreed;
    // «Моя контактна особа сказала»: somebody else's.
    let of_mine = words
        .windows(2)
        .any(|w| matches!(w[0], "моя" | "моєї" | "моєю" | "моїй") && w[1].starts_with("контактн"));
    if of_mine || !(works || sent && agrees) || m.host.is_some() {
        return;
    }
    m.hear(ROLE, Heard::new("institution", u.evidence(0..0), 0.8));
}

/// How somebody was let act for another.
fn authority(words: &[&str]) -> Option<&'static str> {
    let starts = |stems: &[&str]| {
        words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let gave = starts(&[
        "дав",
        "дала",
        "дозв",
        "право",
        "уповноваж",
        "доруч",
        "підпис",
        "напис",
        "зробили",
        "підтверд",
    ]);
    let online = starts(&[
        "цифров",
        "електрон",
        "портал",
        "borger",
        "боргер",
        "інтернет",
        "сайт",
        "мітід",
        "мітайд",
        "mitid",
        "онлайн",
    ]);
    if gave && online {
        return Some("digital");
    }
    let paper = words.iter().position(|w| {
        [
            "папір",
            "папер",
            "записк",
            "листоч",
            "листок",
            "аркуш",
            "бумаг",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let owned = paper.is_some_and(|at| {
        // «Ось її папери» are those that she is known by.
        at > 0 && matches!(words[at - 1], "його" | "її") && words[at] != "папери"
            || matches!(words.get(at + 1..), Some(["від", _, ..]))
    });
    let by_hand = words
        .windows(2)
        .any(|w| w[0].starts_with("напис") && w[1].starts_with("своєю"))
        || words.windows(2).any(|w| w == ["своєю", "рукою"]);
    // «Дала мені підписаний лист»
    let letter = starts(&["дав", "дала"])
        && words.iter().any(|w| matches!(*w, "лист" | "листа"))
        && words.contains(&"мені");
    let by_hand = by_hand || letter;
    let empowered = starts(&["уповноваж"]);
    (owned || paper.is_some() && gave || by_hand || empowered).then_some("paper")
}

/// «У мене папір від неї», «він мені на порталі дав право»: by which paper somebody who does not move reports.
fn by_paper(m: &mut Memory, u: &Utterance<'_>) {
    if m.talked > PAPER || m.has("poa.used") || m.has(ROLE) {
        return;
    }
    let kind = u.sentences.iter().filter(|s| !s.question).find_map(|s| {
        let words = u.words(s.words.clone());
        let denied = words
            .windows(2)
            .any(|w| w[0] == "не" && (w[1].starts_with("дав") || w[1].starts_with("підпис")));
        authority(&words).filter(|_| !denied)
    });
    let Some(kind) = kind else { return };
    let grown = |m: &Memory, id: u32| {
        m.person(id)
            .is_some_and(|p| p.kin.is_none_or(|k| !k.is_child() && k != Kin::Landlord))
    };
    if m.mover == 0 {
        // Nobody was said to move yet: the paper of the one who was spoken of.
        let early = m.talked <= EARLY && m.host.is_none() && !m.has("to.street_name");
        let mut spoken = m
            .people
            .iter()
            .filter(|p| p.id != 0 && p.kin.is_some_and(|k| !k.is_child() && k != Kin::Landlord));
        let (Some(one), None) = (spoken.next(), spoken.next()) else {
            return;
        };
        let id = one.id;
        let own = u
            .all_words()
            .windows(2)
            .any(|w| matches!(w, ["її" | "його", _] | ["від", "неї" | "нього"]));
        let name = Memory::key(0, "given_names");
        let named_before = m.has(&name) && !m.heard_now.contains(&name);
        if !early || !own || named_before {
            return;
        }
        become_mover(m, id);
    } else if !grown(m, m.mover) {
        return;
    }
    let evidence = u.evidence(0..0);
    m.hear("poa.used", Heard::new(true, evidence.clone(), 0.75));
    m.hear(ROLE, Heard::new("power_of_attorney", evidence.clone(), 0.8));
    m.hear("poa.kind", Heard::new(kind, evidence, 0.7));
}

/// «Суд призначив мене його опікункою», "du er også værge?" – «Так, за рішенням суду»
pub(super) fn appointed(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let made = words.iter().any(|w| w.starts_with("призначи"))
        && words
            .iter()
            .any(|w| matches!(*w, "опікуном" | "опікункою" | "опікунка" | "опікун"))
        && words.iter().any(|w| matches!(*w, "мене" | "я" | "мені"));
    let asked = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "værge" | "værgen"))
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "du" | "dig"));
    let by_court = words
        .windows(2)
        .any(|w| matches!(w[0], "рішенням" | "рішення" | "постановою") && w[1].starts_with("суд"));
    made || asked && by_court && crate::reader::mood::mood(u).agreed
}

/// «Я їхній опікун», «опікун хлопців»: whoever has been given children brings them along, and acts for nobody else.
pub(in crate::reader) fn of_children(m: &Memory, words: &[&str]) -> bool {
    let guardian = words
        .iter()
        .any(|w| w.starts_with("опік") || w.starts_with("værge"));
    let several = words.iter().any(|w| {
        matches!(
            *w,
            "їхній"
                | "їхня"
                | "їм"
                | "їх"
                | "ними"
                | "дітей"
                | "дітям"
                | "дітьми"
                | "онуків"
                | "онукам"
                | "онуками"
                | "хлопців"
                | "хлопцям"
                | "дівчат"
                | "дівчатам"
                | "братів"
                | "племінників"
                | "племінникам"
                | "малих"
                | "малим"
                | "deres"
                | "børnenes"
                | "børnene"
                | "drengene"
                | "pigerne"
                | "drengenes"
                | "pigernes"
        )
    });
    let asked = m.asked.mentions(Topic::Custody) && m.mover == 0;
    guardian && (several || asked)
}
