//! Facts of a turn: what is told in words rather than in numbers, names and addresses.

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::moves::errand;
use super::topic::Topic;
use super::utterance::Utterance;
use super::{
    cues, doctors, elsewhere, facts, homes, lease, parted, plain, protected, registered,
    taken_back::not_as_it_sounds,
};

/// Takes what a turn tells of the matters that are told in words.
pub(super) fn facts_of(m: &mut Memory, u: &Utterance<'_>) {
    let staff = u.is_staff();
    let asked = m.asked.clone();
    for sentence in &u.sentences {
        if staff && sentence.question {
            homes::taken_for_granted(m, u, sentence);
            continue;
        }
        let words = u.words(sentence.words.clone());
        // «Лікаря нового, якщо можна»: a wish and no condition; what stands behind the word is one.
        let condition = words
            .iter()
            .position(|w| matches!(*w, "якщо" | "якби" | "hvis" | "ville"));
        let elsewhere = cues::of_others(&words, staff);
        for hit in facts::facts(&words, u.lang(), staff, &asked) {
            let supposed = condition
                .is_some_and(|at| at < hit.words.end || hit.row.key == "dwelling.others_stay");
            let of_wards = matches!(hit.row.key, "case.reporter_role" | "poa.used" | "poa.kind")
                && errand::of_children(m, &words);
            if supposed
                || of_wards
                || parted::only_both(m, &words, &hit)
                || staff && (parted::of_nobody(m, &words, &hit) || parted::heard_already(m, &hit))
                || !about_the_mover(m, &hit)
            {
                continue;
            }
            if !staff
                && (protected::of_the_stay(m, u, &words, &hit)
                    || plain::overruled(m, u, &words, &hit))
            {
                continue;
            }
            if staff && protected::explained(m, &words, &hit) {
                continue;
            }
            // "Når forældre har fælles forældremyndighed …", «У моєї подруги спільна опіка»
            // "Når man flytter til en anden kommune, får man en ny læge": nobody's choice.
            let rule = staff
                && hit.row.key == "gp.choice"
                && hit.row.fact != facts::Fact::Text("first")
                && !words[hit.words.clone()].contains(&"når");
            // «Від кого мені ховатися?» asks nothing.
            let rhetorical = hit.row.key == "protection.requested"
                && hit.row.fact == facts::Fact::No
                && words
                    .windows(2)
                    .any(|w| matches!(w, ["від", "кого"]) || matches!(w[0], "нащо" | "навіщо"));
            let question = !staff && sentence.question && !rhetorical;
            if (hit.row.is_personal() || rule) && (elsewhere || question) {
                continue;
            }
            // «Далеко їздити. Потім виберу»: put off, whatever was thought of before.
            let put_off = hit.row.key == "gp.choice" && hit.row.fact == facts::Fact::Text("later");
            // «Нового беремо, назви не знаю, виберемо потім»: which one, and not whether.
            let which = put_off
                && m.text_is_now("gp.choice", "change")
                && u.all_words().iter().any(|w| {
                    ["назв", "кого", "котр", "якого"]
                        .iter()
                        .any(|s| w.starts_with(s))
                });
            if which {
                continue;
            }
            // «Оренда теж із п'ятнадцятого» of a home whose kind is known: to rent is no kind.
            let bare = words[hit.words.clone()] == ["оренда"] && m.has(hit.row.key);
            if bare
                || homes::of_elsewhere(m, u, &words, &hit)
                || elsewhere::is_meant(m, u, sentence, &hit)
            {
                continue;
            }
            // «Тепер вони зі мною» tells nothing of before.
            let now = words
                .first()
                .is_some_and(|w| matches!(*w, "тепер" | "зараз" | "відтепер"));
            let now = now || !staff && super::before_and_now::are_asked(m);
            // «До шести років у мене, потім він забрав»: what was before that.
            let earlier = words.get(hit.words.end..).is_some_and(|rest| {
                rest.contains(&"потім") || rest.iter().any(|w| matches!(*w, "забрав" | "забрала"))
            });
            if (now || earlier) && hit.row.key == "children[].lived_with_before" {
                continue;
            }
            // A second short answer in the same breath explains the first.
            // «Чоловік каже міняти, а я кажу ні. Лишаємо.»
            let decided = hit.row.key == "gp.choice"
                && sentence.words.start > 0
                && (sentence.words.len() <= 2
                    // «Того лишаю, до нього п'ять хвилин… ой, то було тут. Ні, беріть нового»
                    || words.first().is_some_and(|w| cues::is_restart(w))
                    || m.text_is_now("gp.choice", "later")
                        && words.first().is_some_and(|w| {
                            matches!(*w, "хай" | "нехай" | "най")
                                || w.starts_with("лиш")
                                || w.starts_with("залиш")
                        }));
            // «Спершу казав «роби як хочеш», а тепер підписувати не буде. Тож ні, не згоден.»
            let decided = decided
                || hit.row.key == "children[].other_parent_statement"
                    && sentence.words.start > 0
                    && matches!(
                        words.first(),
                        Some(&("тож" | "отже" | "тобто" | "словом" | "коротше"))
                    );
            if !put_off
                && !decided
                && !hit.row.asked.is_empty()
                && m.heard_now.iter().any(|k| k == hit.row.key)
            {
                continue;
            }
            let range =
                hit.words.start + sentence.words.start..hit.words.end + sentence.words.start;
            let confidence = if hit.row.asked.is_empty() { 0.8 } else { 0.75 };
            // «Сама» to "flytter nogen med?" says who moves, not who lives there.
            let alone = |w: &str| matches!(w, "сам" | "сама" | "один" | "одна" | "самі");
            if hit.row.key == "dwelling.others_registered"
                && asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
                && !homes::alone_in_it(m)
                && words[hit.words.clone()].iter().any(|w| alone(w))
            {
                continue;
            }
            // «Нема, так і не завела» is a no, «не знаю, чи ще працює» neither.
            let lacks = words
                .first()
                .is_some_and(|w| matches!(*w, "нема" | "немає" | "нету"));
            let unknown = words
                .windows(2)
                .position(|w| w == ["не", "знаю"])
                .is_some_and(|at| at < hit.words.end + 2);
            // «Від пошти — так. А мітід… не знаю»
            let unknown = unknown
                || u.all_words().iter().any(|w| w.starts_with("мітід"))
                    && u.all_words().windows(2).any(|w| w == ["не", "знаю"])
                    && !words.iter().any(|w| w.starts_with("мітід"));
            let claims = hit.row.key == "mover.has_mitid" && hit.row.fact == facts::Fact::Yes;
            if claims && !staff && (lacks || unknown) {
                if lacks && asked.asks(Topic::MitId) {
                    let evidence =
                        u.evidence_of_words(&(sentence.words.start..sentence.words.start + 1));
                    m.hear(hit.row.key, Heard::new(false, evidence, 0.75));
                }
                continue;
            }
            // «Одна кімната й туалет» of a home for the old: what the room is like.
            let room = hit.row.key == "dwelling.type" && hit.row.fact == facts::Fact::Text("room");
            let within = matches!(
                m.text("dwelling.type"),
                Some("institution" | "crisis_centre" | "student_hall")
            );
            if room && within || registered::besides(m, &hit) {
                continue;
            }
            // «Ось тут його підпис» to "har du en fuldmagt?"
            if hit.row.key == "dwelling.lease_document"
                && !asked.asks(Topic::Lease)
                && (asked.asks(Topic::PowerOfAttorney) || lease::another_paper_asked(m, &words))
            {
                continue;
            }
            // A consent is somebody's who lets the citizen in; what was signed or refused stays.
            if hit.row.key == "host.consent_status"
                && (m.host.is_none()
                    && !m.declaration
                    && !m.text_is("dwelling.others_registered", true)
                    || hit.row.fact == facts::Fact::Text("requested") && m.has(hit.row.key)
                    || staff && of_other_parent(m, &words))
            {
                continue;
            }
            // «Ні-ні, навпаки, хочу, щоб усі знали»
            if hit.row.key == "protection.requested"
                && hit.row.fact == facts::Fact::Yes
                && m.objected
            {
                continue;
            }
            // «Стару кімнату ми здаємо»: only who leaves the country keeps a home here or not.
            if hit.row.key == "departure.keeps_dwelling"
                && m.text("case.move_type") != Some("to_abroad")
            {
                continue;
            }
            if hit.row.key == "gp.choice" && !staff && doctors::no_answer(m, &words, &hit) {
                continue;
            }
            if not_as_it_sounds(m, u, &words, &hit) {
                continue;
            }
            // «Мені міняємо, дружина лишає свою лікарку»: somebody else's doctor.
            // «Пан доктор мене двадцять років знає» is one's own.
            let mine = words[hit.words.clone()]
                .iter()
                .any(|w| matches!(*w, "мене" | "нас" | "мою" | "мої" | "мого"));
            if hit.row.key == "gp.choice"
                && !staff
                && !mine
                && homes::of_another(u, &hit.words, sentence)
            {
                continue;
            }
            // The house of the host is nobody else's; «власниця» of a room's landlady.
            let lodges = !staff
                && !hit.row.asked.is_empty()
                && matches!(
                    m.text("dwelling.type"),
                    Some("room" | "sublet" | "rented_private" | "student_hall")
                );
            if hit.row.key == "dwelling.type"
                && hit.row.fact == facts::Fact::Text("owned")
                && (m.host.is_some() || lodges)
                && !(staff && words[hit.words.clone()] == ["ejerbolig"])
            {
                let evidence = u.evidence_of_words(&range);
                m.hear("host.role", Heard::new("owner", evidence, 0.7));
                continue;
            }
            // Whoever rents a room rents it privately, too.
            if hit.row.key == "dwelling.type"
                && hit.row.fact == facts::Fact::Text("rented_private")
                && !staff
                && matches!(m.text("dwelling.type"), Some("room" | "sublet"))
            {
                continue;
            }
            // «З гуртожитку» is where somebody comes from.
            if hit.row.key == "dwelling.type"
                && hit.row.fact == facts::Fact::Text("student_hall")
                && !staff
                && hit.words.start > 0
                && matches!(words[hit.words.start - 1], "з" | "із" | "зі")
            {
                continue;
            }
            // A room in a hall of residence is no room in somebody's home.
            if hit.row.key == "dwelling.type"
                && hit.row.fact == facts::Fact::Text("room")
                && u.all_words().iter().any(|w| {
                    ["гуртож", "колегі", "общаг"]
                        .iter()
                        .any(|s| w.starts_with(s))
                })
            {
                let hall = words.windows(2).any(|w| {
                    matches!(w[0], "в" | "у" | "на")
                        && ["гуртож", "колегі", "общаг"]
                            .iter()
                            .any(|s| w[1].starts_with(s))
                });
                if hall && !m.has(hit.row.key) {
                    let evidence = u.evidence_of_words(&range);
                    m.hear(hit.row.key, Heard::new("student_hall", evidence, 0.75));
                }
                continue;
            }
            // «Це його власний будинок»: the host's, not the citizen's.
            let theirs = words
                .iter()
                .any(|w| matches!(*w, "його" | "її" | "їхній" | "їх" | "їхня"))
                // «Вони з чоловіком ту хату купили», "bliver han boende?" – «Купив ту хату торік»
                // «Ну так, він власник»
                || hit.words.start > 0
                    && matches!(words[hit.words.start - 1], "він" | "вона" | "вони")
                || m.mover == 0 && matches!(
                    words.as_slice(),
                    ["вони" | "він" | "вона", ..] | ["це" | "то", "вони" | "він" | "вона", ..]
                )
                || unasked_owner(m, &asked);
            if hit.row.key == "dwelling.type"
                && hit.row.fact == facts::Fact::Text("owned")
                && theirs
                && !staff
            {
                let evidence = u.evidence_of_words(&range);
                m.hear("host.role", Heard::new("owner", evidence, 0.7));
                continue;
            }
            // «Браян здає, а квартира порожня», «у хаті нікого, крім нас»: whoever was taken for the host lives
            // elsewhere.
            let empty = words[hit.words.clone()]
                .iter()
                .any(|w| w.starts_with("порожн") || w.starts_with("пуст"))
                || staff && words[hit.words.clone()].contains(&"ikke")
                || homes::nobody_but_us(&words);
            if hit.row.key == "dwelling.others_registered"
                && hit.row.fact == facts::Fact::No
                && empty
                && m.mover == 0
                && m.host.is_some()
                && !m.text_is("dwelling.others_stay", true)
                && !m.declaration
            {
                m.host = None;
            }
            // «Інга живе на Сковсбовей і нікуди не їде» answers who the mother is.
            if hit.row.key == "dwelling.others_stay" && homes::of_parent(m, staff) {
                continue;
            }
            if hit.row.key == "dwelling.others_stay"
                && !staff
                && (homes::of_old_home(m) || elsewhere::old_home_told(m))
            {
                if hit.row.fact == facts::Fact::Yes {
                    let heard = Heard::new(false, u.evidence_of_words(&range), confidence);
                    homes::somebody_stays(m, heard);
                }
                continue;
            }
            // Whose home it is and who lives there says nothing before somebody's home is spoken of.
            let shared =
                m.host.is_some() || m.declaration || m.text_is("dwelling.others_registered", true);
            let unasked = hit.row.asked.is_empty();
            if unasked && !shared && matches!(hit.row.key, "host.role" | "dwelling.others_stay") {
                let heard = Heard::new(
                    hit.row.fact.value(),
                    u.evidence_of_words(&range),
                    confidence,
                );
                homes::keep_for_host(m, hit.row.key, heard);
                continue;
            }
            if m.host.is_some()
                && hit.row.key == "dwelling.others_registered"
                && hit.row.fact == facts::Fact::No
            {
                continue;
            }
            // «Винаймаю кімнату в одного данця»: rented privately, but a room.
            let value = if hit.row.fact == facts::Fact::Text("rented_private")
                && words.iter().any(|w| homes::is_a_room(w))
                && !words
                    .windows(2)
                    .any(|w| w[0] == "по" && homes::is_a_room(w[1]))
                // «На кімнату більше»
                && !words.windows(2).any(|w| {
                    homes::is_a_room(w[0]) && (w[1].starts_with("більш") || w[1].starts_with("менш"))
                }) {
                "room".into()
            } else {
                hit.row.fact.value()
            };
            // «Підписав у нотаріуса згоду», «… заяву в консульстві»: agreed to, and no signature under this notification.
            let elsewhere = hit.row.fact == facts::Fact::Text("co_signed")
                && words.iter().any(|w| {
                    ["нотаріус", "консул", "посольств"]
                        .iter()
                        .any(|stem| w.starts_with(stem))
                });
            let value = if elsewhere { "agrees".into() } else { value };
            let heard = Heard::new(value, u.evidence_of_words(&range), confidence);
            let act = if m.has(hit.row.key) {
                Act::Correct
            } else {
                Act::Say
            };
            let in_passing = !staff && !facts::is_asked_for(hit.row, &asked);
            m.hear(hit.row.key, heard.act(act).in_passing(in_passing));
        }
    }
}

/// The question is about whoever lives there.
fn unasked_owner(m: &Memory, asked: &super::asked::Asked) -> bool {
    asked.asks_any(&[Topic::HostStays, Topic::HostRole])
        && !asked.asks(Topic::DwellingType)
        && (m.host.is_some() || m.mover != 0)
}

/// "Så hører du fra os, når Roman har svaret": the other parent, who is heard about a child.
fn of_other_parent(m: &Memory, words: &[&str]) -> bool {
    if m.host.is_some() && m.host == m.other_parent {
        return false;
    }
    let named = |name: &str| {
        let given = name.split(' ').next().unwrap_or("");
        words.contains(&tolkebot_values::fold(given).as_str())
    };
    let known = m
        .other_parent
        .and_then(|id| m.text(&Memory::key(id, "given_names")));
    known.is_some_and(named) || m.text("children[].other_parent_name").is_some_and(named)
}

/// Whose name is spelled and whose signature was given is known only where it is spoken of.
fn about_the_mover(m: &Memory, hit: &facts::Hit) -> bool {
    match hit.row.key {
        "mover.name_source" => m.focus == m.mover && m.asked.kin().is_none(),
        // «Підписав»: the host or the giver of a power of attorney.
        "children[].other_parent_statement" => {
            !(hit.row.fact == facts::Fact::Text("co_signed")
                && m.asked
                    .asks_any(&[Topic::PowerOfAttorney, Topic::Lease, Topic::HostName]))
        }
        _ => true,
    }
}
