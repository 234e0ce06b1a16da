//! One turn, step by step.

use tolkebot_protocol::Speaker;
use tolkebot_values::dates::Tense;

use super::asked::{Ask, Asked};
use super::asked_about::{asks_about_somebody, phone_of_other};
use super::marital;
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;
use super::{
    abroad, address, addressee, answers, asides, asked_of_newcomers, asks_meant, at_home,
    before_and_now, birth_towns, box_names, church, citizens, consent, couples, dates, departures,
    doctor_answers, doctors, documents, either_or, emails, families, foreign, given_up, grounds,
    home_answers, home_names, homes, host_answers, host_concluded, host_heard, host_names,
    host_told, hosts, id_shown, insurance, landlords, lease, letters, mailbox, mitid_answers, mood,
    mover_answers, moves, municipality, name_copied, named_on_door, newcomers, not_ones_own,
    numbers, offers, own_home, own_question, owners, paper_read, parted, partly, people, permits,
    reasons, registered, registries, repairs, replies, requests, stays_abroad, stays_long,
    stepchildren, surgeries, taken_back, told, wanting, wedding, wedding_told, whence_confirmed,
    whereabouts, who_is_left, young_relatives,
};

/// Whether anything is known but who the citizen is.
fn begun(m: &Memory) -> bool {
    const CITIZEN: [&str; 7] = [
        "given_names",
        "surname",
        "cpr_number",
        "birth_date",
        "phone",
        "email",
        "has_mitid",
    ];
    m.beliefs.keys().any(|key| {
        CITIZEN.iter().all(|field| *key != Memory::key(0, field))
            && !key.starts_with("session.")
            && !key.starts_with("declaration.")
    })
}

/// Reads one turn into memory.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let turn = u.turn;
    if asides::is(m, u) {
        return;
    }
    m.turns += 1;
    m.talked = match turn.speaker {
        _ if begun(m) => m.talked + 1,
        Speaker::Staff => 1,
        Speaker::Citizen => 2,
    };
    m.heard_before = std::mem::take(&mut m.heard_now);
    m.dates_earlier = std::mem::take(&mut m.dates_before);
    m.dates_before = std::mem::take(&mut m.dates_now);
    m.dates_seen_before = std::mem::take(&mut m.dates_seen);
    if u.word_tokens.is_empty() {
        m.heard_now = std::mem::take(&mut m.heard_before);
        return;
    }
    m.staff_speaks = turn.speaker == Speaker::Staff;
    m.opened |= requests::opens(m.turns, u);
    match turn.speaker {
        Speaker::Staff => {
            let asked = Asked::of(u);
            // «А це безплатно?» – "Når du flytter, ja.", «А що то таке?» – "Så kan private ikke få din adresse at vide.":
            // the employee's own question still stands.
            let asks = asked.questions().next().is_some();
            // «Не розумію» – "Så kan andre ikke se din adresse. Vil du have det?": asked again by a word that stands for it.
            let again = m.left_open && replies::wants_it(u);
            if asks || !m.asked_back && !again {
                m.asked_before = std::mem::replace(&mut m.asked, asked);
            }
            own_question::asked(m, u);
            m.offers.clear();
            m.offered.clear();
            m.objected_before = m.objected;
            m.objected = false;
            m.staff_words = u.all_words().iter().map(|w| (*w).to_owned()).collect();
            m.staff_sentences = u.sentences.iter().map(|s| s.words.clone()).collect();
            asks_meant::put_right(m);
            m.own_number_asked |= asks_meant::asks_own_number(m);
            m.phone_of_other = phone_of_other(m, u);
            address::question_by_town(m, u);
            staff_asks(m, u);
            address::said_to_be_old(m, u);
        }
        Speaker::Citizen => {
            let mood = mood::mood(u);
            m.objected = mood.objected;
            m.asked_back = u.sentences.iter().all(|s| s.question);
            m.left_open = replies::knows_not(u);
            offers::accept(m, u, mood);
            own_question::answered(m, u, mood);
            // "Olena Bondar?" – «Так.»
            let alone = m.staff_words.len() <= 3 || m.staff_words.iter().any(|w| w == "dig");
            let named = ["given_names", "surname"].map(|field| Memory::key(0, field));
            let named = alone && named.iter().any(|key| m.heard_before.contains(key));
            m.opened |= mood.agreed && m.name_guessed && named;
            // A "yes" to nothing but a read-back accepts it.
            let plain = m
                .asked
                .questions()
                .all(|t| matches!(t, Topic::Cpr | Topic::Phone | Topic::Name));
            // «Яке дванадцяте, я ж казав»
            let said_before = u
                .all_words()
                .windows(3)
                .any(|w| w[0] == "я" && matches!(w[1], "ж" | "же") && w[2].contains("каза"));
            let objects = mood.objected || said_before && !mood.agreed;
            m.settle(objects, mood.agreed && !mood.hedged && plain);
            // "Randersvej femoghalvfems." – «Ні.»: what was read back is wrong somewhere.
            if mood.objected && m.asked.questions().next().is_none() {
                for key in &m.heard_before {
                    if let Some(belief) = m.beliefs.get_mut(key) {
                        belief.contest();
                    }
                }
            }
        }
    }
    families::spoken_of(m, u);
    let refs = people::read(m, u);
    if m.staff_speaks {
        asks_about_somebody(m, u, &refs);
        m.asked_other = refs.iter().any(|r| match r.who {
            people::Who::Person(id) => {
                id != m.mover
                    && u.sentence_at(r.bytes.start)
                        .is_some_and(|s| s.question && s.words.len() <= 3)
            }
            _ => false,
        });
        m.host_named_by_staff = refs.iter().any(|r| match r.who {
            people::Who::Person(id) => m.host == Some(id),
            _ => false,
        });
    }
    moves::read(m, u, &refs);
    hosts::reporter_is_host(m, u);
    registered::reporter_is_registered(m, u);
    own_home::read(m, u);
    hosts::lives_there(m, u, &refs);
    hosts::answers_whose(m, u, &refs);
    hosts::moves_in_with(m, u, &refs);
    hosts::answers_who(m, u, &refs);
    hosts::declared(m, u);
    addressee::read(m, u);
    landlords::read(m, u, &refs);
    host_names::read(m, u);
    host_heard::read(m, u);
    host_told::read(m, u);
    host_answers::read(m, u);
    host_answers::spoken_of(m, u);
    host_concluded::read(m, u, &refs);
    couples::unmarried(m, u);
    couples::read(m, u);
    stepchildren::read(m, u);
    young_relatives::read(m, u);
    families::custody_with(m, u);
    families::common_children(m, u);
    people::differing::read(m, u, &refs);
    people::surname_asked::read(m, u);
    people::surnames(m, u, &refs);
    mover_answers::read(m, u);
    people::same_surname::borne_by_all::read(m, u, &refs);
    people::renamed::read(m, u);
    people::patronymic::read(m, u);
    people::agreed::read(m, u, &refs);
    people::same_surname::confirmed(m, u);
    repairs::spelled(m, u, &refs);
    let mut blocked = emails::read(m, u);
    blocked.extend(numbers::read(m, u, &refs));
    not_ones_own::told_by_staff(m, u);
    not_ones_own::of_reporter(m, u);
    address::read(m, u, &blocked);
    address::written_without(m, u);
    letters::read(m, u);
    repairs::numbers(m, u);
    partly::refused(m, u);
    blocked.extend(address::number_spans(u));
    // Whether somebody arrives decides what a date is the date of.
    departures::read(m, u);
    asked_of_newcomers::read(m, u);
    abroad::read(m, u, &refs);
    whence_confirmed::read(m, u);
    newcomers::read(m, u);
    stays_long::read(m, u);
    municipality::read(m, u);
    dates::read(m, u, &refs, &blocked);
    dates::journeys::read(m, u);
    numbers::joined_with_birth(m, u);
    if let Some(date) = m
        .text("move_date")
        .and_then(|d| d.parse::<jiff::civil::Date>().ok())
    {
        m.tense = Some(if date <= m.today {
            Tense::Past
        } else {
            Tense::Future
        });
    }
    foreign::read(m, u);
    citizens::read(m, u);
    whereabouts::read(m, u, &refs);
    stays_abroad::read(m, u, &refs);
    reasons::read(m, u);
    home_names::read(m, u);
    told::facts_of(m, u);
    before_and_now::read(m, u);
    parted::read(m, u, &refs);
    consent::read(m, u);
    taken_back::left_blank(m, u);
    taken_back::only_rents(m, u);
    taken_back::lives_apart(m, u);
    box_names::read(m, u);
    mailbox::read(m, u);
    named_on_door::read(m, u);
    owners::read(m, u, &refs);
    owners::lives_with_them(m, u);
    landlords::lives_elsewhere(m, u);
    doctors::concluded(m, u);
    wedding::read(m, u);
    wedding_told::read(m, u);
    registries::read(m, u);
    birth_towns::read(m, u);
    insurance::read(m, u);
    marital::married_on(m, u);
    church::read(m, u);
    address::nowhere_to_go(m, u);
    homes::host_known(m);
    own_home::read(m, u);
    wanting::read(m, u);
    permits::read(m, u);
    grounds::read(m, u);
    documents::read(m, u, &refs);
    id_shown::read(m, u);
    name_copied::read(m, u);
    paper_read::read(m, u);
    lease::papers(m, u);
    if turn.speaker == Speaker::Citizen {
        answers::yes_no(m, u);
        families::lived_before(m, u);
        answers::dwelling(m, u);
        home_answers::alone_so_far(m, u);
        if !registered::others_known(m) {
            home_answers::the_only_ones(m, u);
        }
        home_answers::short(m, u);
        answers::doctor(m, u);
        doctor_answers::read(m, u);
        mitid_answers::read(m, u);
        surgeries::read(m, u);
        answers::stairs(m, u);
        answers::keeps_home(m, u);
        given_up::read(m, u);
        mailbox::read_out(m, u);
        address::keep_names(m, u);
        either_or::read(m, u);
        who_is_left::read(m, u);
        m.offers.clear();
    } else {
        given_up::noted(m, u);
        surgeries::read(m, u);
        offers::of_the_last_question(m, u);
    }
    at_home::read(m, u);
    m.last_speaker = Some(turn.speaker);
}

/// «Вдова я, він загинув.» – "Må jeg spørge, hvornår?", "hvornår døde din mand?": the day of the status, and none of a
/// move.
fn day_of_status(m: &mut Memory, u: &Utterance<'_>) {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let open = m
        .text("arrival.marital_status")
        .is_some_and(|status| status != "U")
        && !m.has("arrival.marital_status_date");
    // A bare "hvornår?", or what happened is named.
    let bare = u.sentences.iter().any(|s| {
        let words = u.words(s.words.clone());
        words.last() == Some(&"hvornår") || words.len() <= 4 && words.contains(&"hvornår")
    });
    let spoken = bare
        && m.asked_before
            .asks_any(&[Topic::Married, Topic::MaritalDate])
        || says(&["døde", "skilt"]);
    let moves = m.staff_words.iter().any(|w| {
        ["flytt", "sov", "overnat", "rykk", "kom", "bo"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let only = m
        .asked
        .asks
        .iter()
        .all(|a| !a.question || a.topic == Topic::MoveDate);
    if open && spoken && !moves && only {
        for ask in &mut m.asked.asks {
            if ask.topic == Topic::MoveDate {
                ask.topic = Topic::MaritalDate;
            }
        }
    }
}

/// What a question tells by itself.
fn staff_asks(m: &mut Memory, u: &Utterance<'_>) {
    day_of_status(m, u);
    // "Og du kom hertil?" of who comes from abroad
    if m.from_abroad.is_some() && m.staff_words.iter().any(|w| w == "hertil") {
        for ask in &mut m.asked.asks {
            if ask.topic == Topic::MoveDate {
                ask.topic = Topic::Arrival;
            }
        }
    }
    newcomers::asks_when_they_came(m);
    // "Er du lige kommet til Danmark?" – «Так.» – "Og hvornår?"
    let bare = matches!(
        u.all_words().as_slice(),
        ["hvornår"] | ["og" | "okay", "hvornår"] | ["og", "hvornår", "var", "det"]
    );
    // Spoken of in the employee's turn before, or answered since.
    let just = m
        .from_abroad
        .as_ref()
        .is_some_and(|e| e.turn + 2 >= u.turn.n);
    if bare && just && !m.has("arrival.date") {
        for ask in &mut m.asked.asks {
            if ask.topic == Topic::MoveDate {
                ask.topic = Topic::Arrival;
            }
        }
    }
    asks_meant::whose_number(m);
    if asks_meant::asks_appointment(&m.staff_words) {
        m.asked.asks.retain(|ask| ask.topic != Topic::MoveDate);
    }
    // "Og nummeret på døren?" asks for no house number.
    // "Nygade. Nummer?"
    let street = u
        .addresses()
        .iter()
        .any(|a| a.value.street.is_some() && a.value.number.is_none());
    let number = u.sentences.iter().find(|s| {
        s.question
            && u.words(s.words.clone())
                .iter()
                .all(|w| matches!(*w, "og" | "nummer" | "nummeret" | "hvad" | "nr"))
    });
    if street && let Some(sentence) = number {
        m.asked.asks.push(Ask {
            topic: Topic::HouseNumber,
            question: true,
            words: sentence.words.clone(),
        });
    }
    // "Når I det inden jul?": of the move, and no day on which something is due.
    let holiday = m.staff_words.windows(2).any(|w| {
        w[0] == "inden"
            && [
                "jul", "påske", "pinse", "nytår", "ferie", "weekend", "sommer",
            ]
            .iter()
            .any(|stem| w[1].starts_with(stem))
    });
    if holiday {
        m.asked.asks.retain(|ask| ask.topic != Topic::Deadline);
    }
    let of_door = m.staff_words.windows(3).any(|w| {
        w[0].starts_with("nummer")
            && w[1] == "på"
            && matches!(w[2].as_str(), "døren" | "lejligheden" | "værelset")
    });
    if of_door {
        m.asked.asks.retain(|ask| ask.topic != Topic::HouseNumber);
    }
    // Asked for the new address although one was only guessed to be new: that was the old one.
    let street = |m: &Memory, place: Place| m.has(&format!("{}.street_name", place.prefix()));
    // A read-back of that address asks for no other by "adressen".
    let read_back = m.guessed.is_some_and(|place| {
        let number = m.text(&format!("{}.house_number", place.prefix()));
        let named = u.addresses().iter().any(|a| {
            let said = a.value.number.as_ref().map(|n| n.value.as_str());
            a.value.street.is_some() && said.is_some() && said == number
        });
        let other = u.all_words().iter().any(|w| {
            matches!(
                *w,
                "nye" | "ny" | "gamle" | "gammel" | "hen" | "fra" | "før"
            ) || w.starts_with("hvor")
        });
        named && !other
    });
    // "Boede I alle fire sammen?", "er det samme kommune som jeres gamle hus?": who lived together, and not where.
    let together = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "sammen" | "alene" | "samme"))
        && !m.staff_words.iter().any(|w| w.starts_with("hvor"));
    // "Læge her i byen?" asks for no address.
    let doctor = m.asked.asks(Topic::Doctor);
    if read_back || together || doctor {
        // Nothing else is asked for.
    } else if address::and_the_new_one(m, u) || address::read_back_as_old(m, u) {
        address::swap(m);
    } else if m.from_abroad.is_none()
        // Who comes from abroad leaves no address here.
        && m.asked.asks(Topic::NewAddress)
        && !m.asked.asks(Topic::OldAddress)
        && m.guessed == Some(Place::New)
        && street(m, Place::New)
        && !street(m, Place::Old)
        || m.asked.asks(Topic::OldAddress)
            && !m.asked.asks(Topic::NewAddress)
            && m.guessed == Some(Place::Old)
            // Who leaves the country has no new address here.
            && m.text("case.move_type") != Some("to_abroad")
            && street(m, Place::Old)
            && !street(m, Place::New)
    {
        address::swap_guess(m);
    }
    // "Og din mand?": the same question about somebody else.
    let data = |a: &&Ask| matches!(a.topic, Topic::Name | Topic::Cpr | Topic::BirthDate);
    let recent = m.data_asked_turn + 6 >= m.turns;
    if m.asked.questions().next().is_none() && !m.asked.targets.is_empty() && recent {
        let again: Vec<Ask> = m.data_asked.clone();
        m.asked.asks.extend(again);
    } else if m.asked.asks.iter().filter(|a| a.question).any(|a| data(&a)) {
        m.data_asked = m
            .asked
            .asks
            .iter()
            .filter(|a| a.question)
            .filter(data)
            .cloned()
            .collect();
        m.data_asked_turn = m.turns;
    }
    if m.asked.kin().is_some_and(super::kin::Kin::is_child) {
        m.children_asked_turn = m.turns;
    }
    if let Some(kin) = m.asked.kin()
        && let Some(id) = m.person_by_kin(kin)
    {
        m.focus = id;
    }
}
