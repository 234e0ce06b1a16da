//! Arrivals from abroad, and where who leaves goes: countries, towns, marital status.

use tolkebot_values::Found;
use tolkebot_values::places::{Place, PlaceKind};

use super::asked_of_newcomers;
use super::belief::{Act, Heard};
use super::cues;
use super::last_homes;
use super::long_here;
use super::marital;
use super::memory::Memory;
use super::mood;
use super::newcomers;
use super::people::{Ref, Who, owner};
use super::stays;
use super::topic::Topic;
use super::transit;
use super::utterance::Utterance;

/// Until which turn an employee's wish for passport and permit shows what the conversation is about.
const PAPERS_UNTIL: usize = 12;

/// Reads what a turn says about another country.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let found: Vec<Found<Place>> = u
        .places()
        .iter()
        .filter(|p| matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown))
        .filter(|p| p.value.country != "Danmark")
        .filter(|p| !transit::is_station(u, p))
        .cloned()
        .collect();
    if u.is_staff() {
        let words = u.all_words();
        // "Så fødselsregistreringen er i Izmail"
        let registered = words
            .iter()
            .any(|w| w.starts_with("fødselsreg") || w.starts_with("fødested"));
        if registered
            && !m.has("arrival.birth_registration_place")
            && let [place] = found.as_slice()
        {
            birth_place(m, u, place);
        }
        let welcome = words
            .windows(3)
            .any(|w| w == ["velkommen", "til", "danmark"]);
        let back = words.windows(2).any(|w| {
            matches!(
                w,
                ["vender" | "vendte" | "kommet", "tilbage"] | ["dansk", "jord"]
            )
        });
        // "Hvor længe bliver I?" may be asked of a home; three months, or Denmark, are asked of arrivals.
        let stay = m.asked.asks(Topic::ThreeMonths)
            && words
                .iter()
                .any(|w| w.starts_with("måned") || matches!(*w, "danmark" | "landet" | "land"));
        last_homes::read(m, u, &words);
        // Who is registered here, or has told where they lived here, comes from no other country.
        let here = m.has("from.street_name") || m.has(&Memory::key(m.mover, "cpr_number"));
        let from_there = !here && comes_from(u, &found);
        if let Some(place) = named_home(u, &found).cloned()
            && from_there
            && m.text("case.move_type") != Some("to_abroad")
        {
            // "Så du kommer fra Litauen nu. Hvornår?"
            arrives(m, u);
            if !m.has("abroad.country") {
                country(m, u, "abroad.country", &place);
            }
        }
        when_of_journey(m, u, &found);
        if entered(&words)
            || from_there
            || back && !u.sentences.iter().any(|s| s.question && s.words.len() < 4)
            || welcome
            || stay
            || m.asked.asks(Topic::Arrival)
            || m.talked <= PAPERS_UNTIL && wants_papers(&words)
        {
            arrives(m, u);
        }
        return;
    }
    if m.talked <= 10
        && !m.has(&Memory::key(m.mover, "cpr_number"))
        && transit::has_just_crossed(u, m.today)
    {
        arrives(m, u);
    }
    let departing = m.text("case.move_type") == Some("to_abroad")
        || m.from_abroad.is_none()
            && !asked_whence(m)
            && m.asked
                .asks_any(&[Topic::Departure, Topic::DepartureCountry]);
    for place in &found {
        let left = cues::left(u, 0, place.span.start);
        let out_of = matches!(left.last(), Some(&("з" | "із" | "зі")));
        // «Не в Австрії», «в Австралії ми ніколи не були»
        let never = cues::right(u, place.span.end)
            .iter()
            .take(3)
            .any(|w| *w == "ніколи");
        if never
            || matches!(
                left.as_slice(),
                [.., "не", "в" | "у" | "з" | "із" | "зі" | "до"]
            )
        {
            continue;
        }
        let into = matches!(left.last(), Some(&("до" | "в" | "у")));
        let asked = m
            .asked
            .asks_any(&[Topic::Country, Topic::OldAddress, Topic::Arrival]);
        // «У Херсоні. А жили останнім часом у Валенсії»: asked or not, that is where somebody comes from.
        let near = &left[left.len().saturating_sub(5)..];
        let lived =
            into && near.iter().any(|w| {
                matches!(
                    *w,
                    "жили" | "жила" | "жив" | "мешкали" | "мешкала" | "мешкав"
                )
            }) && !near
                .iter()
                .any(|w| matches!(*w, "він" | "вона" | "мама" | "тато"));
        // «… жили останнім часом у Валенсії»
        let lately = near
            .iter()
            .any(|w| matches!(*w, "останнім" | "останні" | "останній" | "досі" | "цього"));
        if lived && lately && !departing && m.talked <= 10 && !m.has("from.street_name") {
            arrives(m, u);
        }
        if lived && !departing && m.from_abroad.is_some() {
            country(m, u, "abroad.country", place);
        } else if departing {
            let first = !m.has("departure.country");
            if into && first || m.asked.asks(Topic::DepartureCountry) {
                country(m, u, "departure.country", place);
            }
        } else if !(out_of && newcomers::asked_whence(m).is_some())
            && (m.asked.asks(Topic::BirthPlace) || born_here(m, u, refs, place))
        {
            birth_place(m, u, place);
        } else if m
            .asked
            .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace])
        {
            let first = !m
                .heard_now
                .iter()
                .any(|k| k == "arrival.marital_status_authority");
            let translated = cues::right(u, place.span.end)
                .iter()
                .take(2)
                .any(|w| w.starts_with("переклад"))
                || left.iter().rev().take(3).any(|w| w.starts_with("дитяч"));
            if place.value.kind == PlaceKind::ForeignTown && first && !translated {
                // «суд в Умані» parts what a registry joins.
                let court = left.iter().any(|w| w.starts_with("суд"));
                let name = if court {
                    format!("Retten i {}", place.value.name)
                } else {
                    asked_of_newcomers::registry(u, &place.value.name)
                };
                let heard = Heard::new(name, u.evidence(place.span.clone()), 0.7);
                m.hear("arrival.marital_status_authority", heard);
            }
        } else if issued(m) && place.value.kind == PlaceKind::ForeignTown {
            let heard = Heard::new(
                place.value.name.clone(),
                u.evidence(place.span.clone()),
                0.7,
            );
            m.hear("arrival.marital_status_authority", heard);
        } else if out_of || asked {
            if out_of && m.talked <= 3 && arriving(u) || asked_whence(m) {
                arrives(m, u);
            }
            // «А самі ми з Полтави»: where somebody comes from once, not where they lived.
            let origin = cues::left(u, 0, place.span.start).iter().any(|w| {
                matches!(
                    *w,
                    "самі" | "сам" | "сама" | "родом" | "народився" | "народилася"
                )
            });
            let said = m.heard_now.iter().any(|k| k == "abroad.country");
            // «Їхав довго: у Польщі ніч», «літаком з Варшави»: only on the way.
            let on_the_way = m.asked.asks(Topic::Arrival) && (!out_of || m.has("abroad.country"));
            if !origin && !said && !on_the_way {
                country(m, u, "abroad.country", place);
            }
        }
    }
    // "I kommer fra udlandet alle tre?" – «З Польщі.»
    let out_of = found.iter().any(|p| {
        let mut left = cues::left(u, 0, p.span.start);
        // «Так, з Німеччини, але я українець»
        if left
            .first()
            .is_some_and(|w| matches!(*w, "так" | "ага" | "ні"))
        {
            left.remove(0);
        }
        left.len() <= 1 && matches!(left.last(), Some(&("з" | "із" | "зі")))
    });
    let land = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "andet" && w[1] == "land");
    let asked = |word: &str| m.staff_words.iter().any(|w| w == word);
    // "Kommer du hjemmefra?": from home is from abroad only while nothing else is known.
    let from_home = asked("hjemmefra") && m.talked <= 6;
    let abroad = asked("udlandet") && (mood::mood(u).agreed || out_of);
    if abroad || (land || from_home) && out_of {
        arrives(m, u);
    }
    if found.is_empty() && long_here::is_told(m, u) {
        m.from_abroad = None;
        m.long_here = true;
    }
    last_homes::written_off(m, u);
    marital::read(m, u);
    stays::stay(m, u);
}

/// "Hvilket land flytter du fra?": where somebody comes from, and not where they go.
fn asked_whence(m: &Memory) -> bool {
    let says = |word: &str| m.staff_words.iter().any(|w| w == word);
    m.staff_words
        .windows(2)
        .any(|w| w[0] == "hvilket" && w[1] == "land")
        && says("fra")
        && !says("til")
}

/// "Hvilken by har skrevet det ud?", asked of the paper about a death, a marriage or a divorce.
fn issued(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    m.has("arrival.marital_status_date")
        && !m.has("arrival.marital_status_authority")
        && (says(&["udstedt", "udsteder", "udstedte"])
            || says(&["skrevet"]) && says(&["ud"])
            || says(&["myndighed"]))
}

/// "Så er indrejsen den attende", "I er nye i landet", "du er kommet til Danmark for nylig".
pub(super) fn entered(words: &[&str]) -> bool {
    let country = |w: &str| matches!(w, "landet" | "danmark");
    words
        .iter()
        .any(|w| w.starts_with("indrejse") || *w == "indrejst")
        || words
            .windows(3)
            .any(|w| matches!(w[0], "ny" | "nye" | "landet") && w[1] == "i" && country(w[2]))
        || words.windows(2).any(|w| w == ["lige", "landet"])
        || words.windows(3).any(|w| {
            matches!(w[0], "kommet" | "ankommet" | "rejst")
                && matches!(w[1], "til" | "ind")
                && (country(w[2]) || w[2] == "i")
        })
}

/// "Så du kommer fra Litauen nu", "hvor boede I i Østrig?", "din sidste adresse, før du rejste til Danmark".
fn comes_from(u: &Utterance<'_>, countries: &[Found<Place>]) -> bool {
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    // "Før du flyttede hertil" may be from the next town.
    let before = has(&["adresse", "boede", "boet"])
        && words
            .windows(3)
            .any(|w| matches!(w, ["før", "du" | "i", "rejste" | "kom"]))
        && has(&["danmark", "landet"]);
    before || named_home(u, countries).is_some()
}

/// The country that the employee takes somebody to have lived in.
fn named_home<'p>(u: &Utterance<'_>, countries: &'p [Found<Place>]) -> Option<&'p Found<Place>> {
    countries.iter().find(|p| {
        let question = u.sentence_at(p.span.start).is_none_or(|s| s.question);
        let left = cues::left(u, 0, p.span.start);
        let comes = !question
            && (matches!(
                left.as_slice(),
                [.., "kommer", "fra"] | [.., "kommer", "altså" | "så" | "jo", "fra"]
            ) || matches!(
                cues::right(u, p.span.end).as_slice(),
                [
                    "du" | "i",
                    "flytter" | "kommer" | "flyttede" | "kom",
                    "fra",
                    ..
                ]
            ) && left.contains(&"det"));
        let lived = question
            && left.contains(&"hvor")
            && matches!(
                left.as_slice(),
                [.., "boede", "i"] | [.., "boede", "du" | "i", "i"]
            );
        p.value.kind == PlaceKind::Country && (comes || lived)
    })
}

/// "Ungarn, undskyld. Hvornår?" of who comes from abroad: the day of the journey.
fn when_of_journey(m: &mut Memory, u: &Utterance<'_>, countries: &[Found<Place>]) {
    let bare = u.sentences.iter().any(|s| {
        matches!(
            u.words(s.words.clone()).as_slice(),
            ["hvornår"] | ["og", "hvornår"]
        )
    });
    if !bare || countries.is_empty() || m.from_abroad.is_none() || m.has("arrival.date") {
        return;
    }
    for ask in &mut m.asked.asks {
        if ask.topic == Topic::MoveDate {
            ask.topic = Topic::Arrival;
        }
    }
}

/// "Pas og opholdskort, tak", "opholdsgrundlaget", "hvor er fødslen registreret?": asked at a counter of nobody but
/// arrivals.
fn wants_papers(words: &[&str]) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let pair = |a: &str, b: &str| {
        words
            .windows(2)
            .any(|w| w[0].starts_with(a) && w[1].starts_with(b))
    };
    let pass = words
        .iter()
        .any(|w| matches!(*w, "pas" | "passet" | "passene"));
    let card = starts(&["opholdskort", "opholdstilladelse"])
        || pair("opholds", "kort")
        || pair("opholds", "tilladelse");
    let ground = starts(&["opholdsgrundlag"]) || pair("opholds", "grundlag");
    let birth = starts(&["fødselsreg", "fødested"])
        || starts(&["fødsel", "fødslen"]) && starts(&["registrer", "noter", "skrevet"]);
    // "Har du pas eller opholdskort?" only asks who somebody is.
    let either = words.contains(&"eller");
    let registered = words.iter().any(|w| w.starts_with("cpr"));
    !registered && (pass && card && !either || ground || birth)
}

/// Somebody comes from abroad.
pub(super) fn arrives(m: &mut Memory, u: &Utterance<'_>) {
    // "Så kommer du herind og melder indrejse igen" is told to who leaves.
    let leaves = m.text("case.move_type") == Some("to_abroad");
    let taken_back = m.long_here && u.is_staff();
    if m.from_abroad.is_none() && !leaves && !taken_back {
        m.from_abroad = Some(u.evidence(0..0));
    }
}

/// «Ми щойно з Німеччини», «приїхала з України».
fn arriving(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        matches!(
            *w,
            "щойно"
                | "недавно"
                | "нещодавно"
                | "вас"
                | "тиждень"
                | "тижні"
                | "днів"
                | "дні"
        ) || w.starts_with("приїха")
            || w.starts_with("прилет")
    })
}

pub(super) fn country(m: &mut Memory, u: &Utterance<'_>, key: &str, place: &Found<Place>) {
    // «Літаком з Варшави», where the last home is known already: on the way.
    let on_the_way = m.has("abroad.street")
        && u.sentence_at(place.span.start).is_some_and(|s| {
            u.words(s.words.clone()).iter().any(|w| {
                [
                    "літак",
                    "автобус",
                    "поїзд",
                    "потяг",
                    "рейс",
                    "пересад",
                    "паром",
                ]
                .iter()
                .any(|stem| w.starts_with(stem))
            })
        });
    if on_the_way {
        return;
    }
    let heard = Heard::new(
        place.value.country.as_str(),
        u.evidence(place.span.clone()),
        0.8,
    );
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    m.hear(key, heard.act(act));
}

/// «Моя — двадцять восьме січня …, Львів.»: the town beside one's own birth date.
fn born_here(m: &Memory, u: &Utterance<'_>, refs: &[Ref], place: &Found<Place>) -> bool {
    let others = matches!(owner(u, refs, &place.span), Some(Who::Person(_)))
        || m.asked.kin().is_some()
        || m.asked_of_third().is_some();
    let mine = matches!(owner(u, refs, &place.span), Some(Who::Me));
    // «Записана в Павлограді», «Народилась у Рівному»
    let told = u.sentence_at(place.span.start).is_some_and(|s| {
        let born = s.words.clone().find(|at| {
            let word = &u.token(*at).text;
            word.starts_with("народи") || word.starts_with("записан")
        });
        // «Ми з Чехії, із Брна, а взагалі з Дрогобича, я там і народилася»: of several the nearest.
        born.is_some_and(|born| {
            let far = |p: &Found<Place>| u.word_at(p.span.start).abs_diff(born);
            !u.places().iter().any(|other| {
                s.bytes.contains(&other.span.start)
                    && other.value.kind == PlaceKind::ForeignTown
                    && far(other) < far(place)
            })
        })
    });
    let open = !m.has("arrival.birth_registration_place");
    m.asked.asks(Topic::BirthDate) && (mine || !others && open) || told && !others
}

fn birth_place(m: &mut Memory, u: &Utterance<'_>, place: &Found<Place>) {
    let key = "arrival.birth_registration_place";
    if place.value.kind != PlaceKind::ForeignTown || m.heard_now.iter().any(|k| k == key) {
        return;
    }
    // «У Дніпрі я від армії живу. А родом я з Нікополя»
    let says = |stems: &[&str]| {
        u.sentence_at(place.span.start).is_some_and(|s| {
            u.words(s.words.clone())
                .iter()
                .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
        })
    };
    if says(&["живу", "живем", "жили"]) && !says(&["народ", "родом", "родил", "записан"])
    {
        return;
    }
    let place = asked_of_newcomers::registered_in(u).unwrap_or(place);
    let text = format!("{}, {}", place.value.name, place.value.country);
    let heard = Heard::new(text, u.evidence(place.span.clone()), 0.75);
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    m.hear(key, heard.act(act));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn who_is_new_in_the_country_arrives() {
        assert!(entered(&words("du er kommet til landet for nylig")));
        assert!(entered(&words("jeg hører du lige er landet i danmark")));
        assert!(!entered(&words("er du kommet for at melde flytning")));
    }

    #[test]
    fn passport_and_permit_together_are_wanted_of_arrivals() {
        assert!(wants_papers(&words("må jeg se pas og opholds kort")));
        assert!(wants_papers(&words("og opholdsgrundlaget er studie")));
        assert!(wants_papers(&words("hvor blev fødslen registreret")));
        assert!(!wants_papers(&words("har du pas eller opholdskort med")));
        assert!(!wants_papers(&words("opholdskortet tak")));
        assert!(!wants_papers(&words("pas opholdskort og cpr nummer")));
    }
}
