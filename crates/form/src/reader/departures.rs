//! Who leaves the country: said in the first turns, often by both sides together.

use tolkebot_values::Found;
use tolkebot_values::places::{Place, PlaceKind};

use super::belief::Heard;
use super::cues;
use super::memory::Memory;
use super::utterance::Utterance;

/// Turns in which somebody says what they have come for.
const OPENING: usize = 8;

/// Until when the country may follow, once leaving was spoken of.
const LATER: usize = 16;

/// What somebody says of their own journey.
const GOES: [&str; 32] = [
    "вилітаємо",
    "вилітаю",
    "емігруємо",
    "їдемо",
    "їдем",
    "їду",
    "поїду",
    "поїдемо",
    "поїдем",
    "виїжджаємо",
    "виїжджаєм",
    "виїжджаю",
    "виїду",
    "виїдемо",
    "летимо",
    "летим",
    "лечу",
    "полетимо",
    "тікаємо",
    "тікаю",
    "рушаємо",
    "рушаю",
    "повертаємося",
    "повертаємось",
    "повертаємся",
    "повертаюся",
    "повертаюсь",
    "вертаюся",
    "вертаюсь",
    "вертаємося",
    "вертаємось",
    "вертаємся",
];

/// Who goes back somewhere, and names a place abroad beside it.
const RETURNS: [&str; 4] = ["повертаю", "повертає", "вертаю", "вертає"];

/// What may be any move, but for where it goes.
const MOVES: [&str; 6] = [
    "переїжджає",
    "переїжджаю",
    "перебирає",
    "перебираю",
    "уїжджає",
    "уїжджаю",
];

/// Noted when the employee says that whoever is away for a while stays registered here.
pub(super) const STAYS_REGISTERED: &str = "departure.stays_registered";

/// "Så skal du slet ikke melde udrejse", "du skal ikke melde dig ud", and no "medmindre" behind it.
fn nothing_to_report(u: &Utterance<'_>) -> bool {
    u.sentences.iter().any(|s| {
        let words = u.words(s.words.clone());
        let at = words.iter().position(|w| *w == "ikke");
        !s.question
            && words.contains(&"skal")
            && at.is_some_and(|at| {
                let behind = &words[at..(at + 5).min(words.len())];
                behind
                    .iter()
                    .any(|w| matches!(*w, "melde" | "anmelde" | "framelde"))
                    && words[at..].iter().any(|w| {
                        matches!(
                            *w,
                            "ud" | "udrejse" | "udrejsen" | "flytning" | "fraflytning"
                        )
                    })
            })
            && !words
                .iter()
                .any(|w| matches!(*w, "medmindre" | "før" | "endnu" | "inden"))
    })
}

/// "Til udrejse. Hvortil?" – «У Канаду.»: one side speaks of leaving, the other names the country.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    if m.text("case.move_type") == Some("to_abroad") {
        date_of_departure(m);
        if u.is_staff() && nothing_to_report(u) {
            m.note(STAYS_REGISTERED, "1", u.evidence(0..0));
        }
        return;
    }
    concluded(m);
    // "Hvilken dag kører de ham herover?" sounded like a journey.
    if m.talked > OPENING
        && !m.leaving_spoken
        && m.has("to.street_name")
        && m.has("departure.date")
        && !m.has("move_date")
        && let Some(belief) = m.beliefs.remove("departure.date")
    {
        m.beliefs.insert("move_date".to_owned(), belief);
    }
    if u.is_staff() {
        if m.talked > OPENING && !(m.leaving_spoken && m.talked <= LATER) {
            return;
        }
        let leaves = words.iter().any(|w| {
            [
                "udrejse",
                "udrejst",
                "afrejse",
                "rejsedato",
                "udvandr",
                "flyet",
                "afmelding",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        }) || words.windows(2).any(|w| {
            matches!(
                w,
                ["forlade" | "forlader" | "forlod", "danmark" | "landet"]
                    | [
                        "rejser" | "rejse" | "flytter" | "flytte",
                        "ud" | "udenlands"
                    ]
                    | ["til", "udlandet"]
                    | [
                        "rejser" | "letter" | "flyver",
                        "du" | "i" | "de" | "hjem" | "han" | "hun"
                    ]
                    | ["du" | "i" | "de", "rejser"]
                    | ["af", "sted"]
            )
        }) || words
            .windows(3)
            .any(|w| matches!(w, ["ude" | "ud", "af", "landet" | "danmark"]));
        // "Hvor skal I hen?", "Hvortil?", "hvilket land"
        m.asked_whither = words
            .windows(2)
            .any(|w| matches!(w, ["hvor", "hen"] | ["hvilket", "land"] | ["til", "hvor"]))
            || words.iter().any(|w| matches!(*w, "hvortil" | "hvorhen"))
            || words
                .iter()
                .position(|w| *w == "hvor")
                .is_some_and(|at| words[at..].iter().take(5).any(|w| *w == "hen"))
            || words.contains(&"hvor") && words.last() == Some(&"hen")
            || words.iter().any(|w| w.starts_with("destination"));
        let going = going_to(u);
        m.asked_whither |= going;
        let leaves = leaves || going || address_abroad(u, &words, m.leaving_spoken).is_some();
        m.leaving_spoken |= leaves && !arrives(&words);
        staff_takes_it(m, u, leaves && !arrives(&words));
        return;
    }
    m.leaving_spoken |= m.talked <= OPENING
        && words.iter().any(|w| {
            [
                "виїзд",
                "від'їзд",
                "вибут",
                "випису",
                "виписат",
                "виписк",
                "випишіт",
                "еміграц",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    if m.has("case.move_type") {
        return;
    }
    // "Så I rejser begge to til Spanien?" – «Тільки чоловік. Я лишаюся.»
    let stays = words.windows(2).any(|w| {
        w[0] == "я"
            && matches!(
                w[1],
                "лишаюся" | "лишаюсь" | "залишаюся" | "залишаюсь" | "зостаюся"
            )
    });
    if stays {
        m.leaving_for = None;
        m.leaving_spoken = false;
        return;
    }
    // "I ønsker at anmelde en udrejse til Tyskland": nobody says that it is not so.
    if let Some((country, evidence)) = m.leaving_for.take()
        && m.leaving_spoken
        // «Не знаю ще, фірма поселить» denies no country.
        && (!m.objected || words.starts_with(&["не", "знаю"]))
        && m.from_abroad.is_none()
    {
        let heard = Heard::new("to_abroad", evidence.clone(), 0.75);
        m.hear("case.move_type", heard);
        if !m.has("departure.country") {
            m.hear("departure.country", Heard::new(country, evidence, 0.75));
        }
        return;
    }
    // «Ми їдемо з Данії», «їдемо назовсім»; «Подруга їздила до Іспанії» is about somebody else.
    // «Чоловік в Україні, не переїжджає»: whoever does not, goes nowhere.
    let told = |at: usize| at == 0 || words[at - 1] != "не";
    let goes = (0..words.len()).any(|at| GOES.contains(&words[at]) && told(at))
        // «Вона їде до Польщі назовсім» of her for whom somebody reports
        || m.mover != 0
            && (0..words.len()).any(|at| {
                matches!(
                    words[at],
                    "їде" | "поїде" | "летить" | "виїжджає" | "повертається" | "вертається"
                ) && told(at)
            });
    let out_of = words.windows(2).any(|w| matches!(w, ["з", "данії"]));
    let for_good = words.iter().any(|w| matches!(*w, "назовсім" | "назавжди"));
    let towards = towards(m, u);
    // "Hvor går rejsen hen?" – «У Канаду, до сестри.»
    let journey = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "rejsen" | "turen" | "rejse"));
    m.leaving_spoken |= m.talked <= OPENING && m.asked_whither && journey && towards;
    // «хочу виписатися», but «її виписали» is somebody else.
    let signs_off = words
        .iter()
        .any(|w| w.starts_with("випис") && !w.starts_with("виписал"))
        // «Я за виїзд хотіла спитати. Ми з малим назад, у Полтаву.»
        || words.windows(2).any(|w| {
            matches!(w[0], "за" | "про" | "на") && matches!(w[1], "виїзд" | "від'їзд")
        });
    let comes = m.from_abroad.is_some();
    let moves =
        (0..words.len()).any(|at| MOVES.iter().any(|stem| words[at].starts_with(stem)) && told(at));
    let abroad = u
        .places()
        .iter()
        .any(|p| is_towards(m, u, p) && !cues::left(u, 0, p.span.start).is_empty());
    let alone = goes && (out_of || for_good)
        || m.talked <= 4 && !comes && towards && somebody_goes(m, &words, for_good)
        || m.talked <= 4 && !comes && goes && returns(u)
        || m.talked <= 4 && !comes && moves && abroad
        || m.talked <= 4 && !comes && (goes && towards || signs_off && (goes || towards));
    // "Så du vil forlade Danmark?" – «Так, переїжджаємо до Чехії»: alone it may be any move.
    let late = m.talked > OPENING && m.talked <= LATER && !m.has("to.street_name");
    let asked = (m.talked <= OPENING || late) && m.leaving_spoken && !comes;
    // "Så du rejser hjem?" – «Не додому, у Норвегію.»
    let others = words.iter().any(|w| {
        matches!(
            *w,
            "він"
                | "вона"
                | "вони"
                | "чоловік"
                | "дружина"
                | "жінка"
                | "син"
                | "донька"
                | "мама"
                | "тато"
        )
    });
    let told_to_go = !others
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "rejser" | "rejse" | "letter" | "flyver"));
    // "Det er udrejse, I vil?" – «Так, у Швецію.»
    let agrees = !others
        && words
            .first()
            .is_some_and(|w| matches!(*w, "так" | "да" | "ага"));
    let together = asked && (m.asked_whither || goes || moves || told_to_go || agrees) && towards;
    // «Я в Італію на десять місяців»: whoever names where they go.
    let i_go = u.places().iter().any(|p| {
        is_towards(m, u, p)
            && matches!(
                cues::left(u, 0, p.span.start).as_slice(),
                ["я" | "ми", _] | ["ні", "я" | "ми", _]
            )
            // «Так, але геть. У Польщу, до брата.»
            || u.sentence_at(p.span.start).is_some_and(|s| {
                u.words(s.words.start..u.word_at(p.span.start)).len() == 1
            })
    });
    if !alone && !together && (m.asked_whither || i_go) && towards && m.talked <= OPENING && !comes
    {
        // «У Норвегію» – "Så skal I melde udrejse."
        m.leaving_for = named(m, u);
    }
    if alone || together {
        let evidence = u.evidence(0..0);
        m.hear("case.move_type", Heard::new("to_abroad", evidence, 0.8));
    }
}

/// "Hvor rejser du hen?" – «Ліон, це Франція», "hvornår rejser I?" – «Тридцятого»: where somebody goes and when was asked
/// and answered, so they leave.
fn concluded(m: &mut Memory) {
    let open = !m.has("case.move_type") && m.from_abroad.is_none() && !m.has("to.street_name");
    let spoken = m.has("departure.date") || m.leaving_spoken;
    if !open || !spoken {
        return;
    }
    let named = m.belief("departure.country").and_then(|b| b.slot());
    let Some(evidence) = named.and_then(|s| s.evidence.first().cloned()) else {
        return;
    };
    let heard = Heard::new("to_abroad", evidence, 0.65).unsure(true);
    m.hear("case.move_type", heard);
}

/// «Моя дружина їде в Італію, треба повідомити», «вона їде до Польщі назовсім»: somebody for whom it is reported.
fn somebody_goes(m: &Memory, words: &[&str], for_good: bool) -> bool {
    let goes = (0..words.len()).any(|at| {
        let told = at == 0 || words[at - 1] != "не";
        told && matches!(
            words[at],
            "їде"
                | "поїде"
                | "виїжджає"
                | "виїде"
                | "вилітає"
                | "відлітає"
                | "летить"
                | "полетить"
                | "повертається"
                | "вертається"
        )
    });
    let reported = m.mover != 0
        || words.iter().any(|w| {
            ["повідом", "довірен", "доручен", "випис", "зголос", "заяв"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    goes && (reported || for_good)
}

/// The employee says that this is a departure: of a country that they name, or of the one that the citizen has just
/// named as where they go.
fn staff_takes_it(m: &mut Memory, u: &Utterance<'_>, leaves: bool) {
    if !leaves || m.from_abroad.is_some() {
        return;
    }
    if let Some((country, evidence)) = m.leaving_for.take() {
        m.hear(
            "case.move_type",
            Heard::new("to_abroad", evidence.clone(), 0.75),
        );
        if !m.has("departure.country") {
            m.hear("departure.country", Heard::new(country, evidence, 0.75));
        }
        return;
    }
    let named = u.places().iter().find(|p| {
        p.value.kind == PlaceKind::Country
            && p.value.country != "Danmark"
            && cues::left(u, 0, p.span.start).last() == Some(&"til")
    });
    let named = named.or_else(|| address_abroad(u, &u.all_words(), m.leaving_spoken));
    m.leaving_for = named.map(|p| {
        let evidence = u.evidence(p.span.clone());
        (p.value.country.clone(), evidence)
    });
}

/// "Hvad er adressen i Norge?" of no last address there: where somebody goes.
fn address_abroad<'u>(
    u: &'u Utterance<'_>,
    words: &[&str],
    leaving: bool,
) -> Option<&'u Found<Place>> {
    let past = words.iter().any(|w| {
        ["sidst", "boed", "boet", "tidliger", "gaml", "hjem"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || matches!(*w, "var" | "fra" | "kom" | "før" | "havde" | "stod")
    });
    // "Hvad er din adresse i Ukraine?" of who has not spoken of leaving is the home that they had.
    let past = past
        || !leaving
            && words
                .windows(2)
                .any(|w| matches!(w[0], "din" | "jeres") && w[1].starts_with("adresse"));
    u.places().iter().find(|p| {
        let left = cues::left(u, 0, p.span.start);
        !past
            && p.value.kind == PlaceKind::Country
            && p.value.country != "Danmark"
            && matches!(left.as_slice(), [.., noun, "i"] if noun.starts_with("adresse"))
    })
}

/// «Я повертаюся. У Львові чекає робота»: back to a place abroad, and not from there.
fn returns(u: &Utterance<'_>) -> bool {
    let back = u
        .all_words()
        .iter()
        .any(|w| RETURNS.iter().any(|stem| w.starts_with(stem)));
    back && u.places().iter().any(|p| {
        matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
            && p.value.country != "Danmark"
            && matches!(
                cues::left(u, 0, p.span.start).last(),
                Some(&("до" | "в" | "у" | "на"))
            )
    })
}

/// "Til Tyskland, altså?", "du vil til Sverige, siger du": the employee takes it that somebody goes to a country.
fn going_to(u: &Utterance<'_>) -> bool {
    u.places().iter().any(|p| {
        let left = cues::left(u, 0, p.span.start);
        let wants = match left.as_slice() {
            ["til"] | ["og", "til"] | ["så", "til"] => true,
            // "Du skal til Spanien, siger du?" may be for some weeks.
            [.., "til"] if !u.sentence_at(p.span.start).is_some_and(|s| s.question) => {
                left.windows(2).any(|w| {
                    matches!(
                        w,
                        [
                            "du" | "i" | "de",
                            "vil" | "skal" | "rejser" | "flytter" | "tager"
                        ] | [
                            "vil" | "skal" | "rejser" | "flytter" | "tager",
                            "du" | "i" | "de"
                        ]
                    )
                })
            }
            _ => false,
        };
        wants && p.value.kind == PlaceKind::Country && p.value.country != "Danmark"
    })
}

/// The country abroad that a turn names.
fn named(m: &Memory, u: &Utterance<'_>) -> Option<(String, crate::state::Evidence)> {
    u.places()
        .iter()
        .find(|p| is_towards(m, u, p))
        .map(|p| (p.value.country.clone(), u.evidence(p.span.clone())))
}

/// The day that was taken for the day of a move, before it was known that somebody leaves.
fn date_of_departure(m: &mut Memory) {
    if !m.has("departure.date")
        && let Some(belief) = m.beliefs.remove("move_date")
    {
        m.beliefs.insert("departure.date".to_owned(), belief);
    }
}

/// A country or town abroad as where somebody goes: «до Польщі», or alone when that was asked.
fn towards(m: &Memory, u: &Utterance<'_>) -> bool {
    u.places().iter().any(|p| is_towards(m, u, p))
}

fn is_towards(m: &Memory, u: &Utterance<'_>, place: &Found<Place>) -> bool {
    let left = cues::left(u, 0, place.span.start);
    matches!(
        place.value.kind,
        PlaceKind::Country | PlaceKind::ForeignTown
    ) && place.value.country != "Danmark"
        && match left.last() {
            Some(&"до") => true,
            // «На рік, працюватиму в Дніпрі», once somebody spoke of leaving.
            Some(&("в" | "у")) => m.asked_whither || m.leaving_spoken || !is_locative(u, place),
            // «Ліон, це Франція»
            Some(&("це" | "то" | "так")) => m.asked_whither,
            Some(_) => false,
            None => m.asked_whither,
        }
}

/// «В Україні», «у Львові», «в Черкасах»: where somebody is, and not where they go («в Україну»).
fn is_locative(u: &Utterance<'_>, place: &Found<Place>) -> bool {
    let words = u.words(u.words_in(&place.span));
    words.last().is_some_and(|w| {
        // «У Чернівці» is whither, «у Вінниці» where.
        !w.ends_with("вці")
            && ["і", "ї", "ах", "ях", "ому"]
                .iter()
                .any(|end| w.ends_with(end))
    })
}

/// "Er I kommet fra udlandet?", "indrejse": the other way round.
fn arrives(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("indrejse") || matches!(*w, "kommet" | "ankommet" | "fra"))
}
