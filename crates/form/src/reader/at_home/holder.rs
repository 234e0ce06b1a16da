//! Who holds the home that somebody moves into: owner, tenant, or whoever only manages and lets it («управителька, підписує
//! за фірму», «вона орендарка», «хата її»); and the reporter's own home ("er huset dit?" – «Моє»).

use super::{begins, has, question, starts, suppose};
use crate::reader::belief::{Act, Heard};
use crate::reader::homes::keep_for_host;
use crate::reader::kin::Kin;
use crate::reader::memory::Memory;
use crate::reader::replies;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const ROLE: &str = "host.role";
const OTHERS: &str = "dwelling.others_registered";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    if m.mover != 0 {
        reporters(m, u);
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && u.written && words.len() > 3 {
            continue;
        }
        let first = sentence.words.start == 0;
        if let Some(role) = role(m, u, &words, first) {
            lives_with(m, u, sentence);
            take(m, u, sentence, role);
            return;
        }
    }
}

/// "Ejer han lejligheden?" – «Купив її ще до мене»: the home of the one whom somebody moves in with, and not rented or
/// owned by those who move.
fn lives_with(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence) {
    let all = u.all_words();
    let away = starts(
        &all,
        &["поїха", "виїха", "випис", "пуст", "порожн", "кордон"],
    ) || all.windows(2).any(|w| w == ["не", "живе"])
        || m.text("dwelling.type") == Some("sublet")
        || super::landlord::elsewhere(u, sentence)
        || alone_there(&all);
    if !of_third(&question(m)) || away || m.text_is(OTHERS, false) {
        return;
    }
    let now = m.heard_now.iter().any(|k| k == "dwelling.type");
    let whole = matches!(
        m.text("dwelling.type"),
        Some("owned" | "rented_private" | "rented_social" | "cooperative")
    );
    if whole && !now {
        return;
    }
    if whole {
        m.forget("dwelling.type");
    }
    suppose(m, u, OTHERS, true, sentence.words.clone());
}

/// «Там нас тільки двоє»: nobody else is there.
fn alone_there(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["нас", "тільки" | "лише" | "лиш"] | ["тільки" | "лише" | "лиш", "ми"]
        )
    })
}

/// "Ejer han lejligheden?", "er det hende, der har lejemålet?", "hvem bor der?"
fn of_third(staff: &[&str]) -> bool {
    let you = has(staff, &["du", "i", "dig", "jer", "af", "ud"]) || starts(staff, &["udlej"]);
    let holds = has(
        staff,
        &["ejer", "lejer", "lejemålet", "lejekontrakten", "kontrakten"],
    );
    let who = has(staff, &["han", "hun", "de", "ham", "hende", "dem"])
        || staff.windows(2).any(|w| {
            matches!(w[0], "ejer" | "lejer") && !matches!(w[1], "huset" | "lejligheden" | "den")
        });
    let lives = staff.windows(2).any(|w| w == ["hvem", "bor"]);
    !you && (holds && who && !has(staff, &["hvem"]) || lives)
}

fn take(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, role: &'static str) {
    let heard = Heard::new(role, u.evidence_of_words(&sentence.words), 0.7);
    let now = m.heard_now.iter().any(|k| k == ROLE);
    if m.has(ROLE) {
        // «Здає агентство, але керує Сандра, управителька»
        if role == "landlord" && now && m.text(ROLE) != Some(role) {
            m.hear(ROLE, heard.act(Act::Correct));
        }
    } else if m.host.is_some_and(|id| id != 0) || m.text_is(OTHERS, true) {
        m.hear(ROLE, heard);
    } else {
        keep_for_host(m, ROLE, heard);
    }
}

fn role(m: &Memory, u: &Utterance<'_>, words: &[&str], first: bool) -> Option<&'static str> {
    let staff = question(m);
    let asked = m
        .asked
        .asks_any(&[Topic::HostRole, Topic::HostName, Topic::HostStays])
        || starts(
            &staff,
            &["ejer", "ejes", "lejer", "udlej", "bestemmer", "råder"],
        )
        || has(&staff, &["hvem", "hans", "hendes", "deres"]);
    let known = m.host.is_some_and(|id| id != 0)
        || m.text_is(OTHERS, true)
        || m.text("dwelling.type") == Some("room");
    if !(asked || known) || of_ours(words) {
        return None;
    }
    if manages(words) || lets_by_question(m, u, &staff, first) {
        return Some("landlord");
    }
    if rents(words) {
        return Some("tenant");
    }
    owns(words, &staff, first).then_some("owner")
}

/// «Ми винаймаємо», «я тут орендар», «моя хата».
fn of_ours(words: &[&str]) -> bool {
    let third = has(
        words,
        &[
            "він",
            "вона",
            "вони",
            "його",
            "її",
            "нього",
            "неї",
            "сам",
            "сама",
        ],
    );
    let ours = has(
        words,
        &["ми", "я", "наш", "наша", "наше", "мій", "моя", "моє"],
    );
    ours && !third
}

/// «Управителька», «орендодавець», «менеджер по житлу, не власник», «підписує за клуб».
fn manages(words: &[&str]) -> bool {
    let at = words.iter().position(|w| {
        begins(
            w,
            &[
                "управител",
                "управляє",
                "управля",
                "орендодав",
                "адмініструє",
                "адміністратор",
                "розпоряджа",
                "менеджер",
                "завгосп",
            ],
        )
    });
    let denied = at.is_some_and(|at| at > 0 && words[at - 1] == "не");
    let signs = words
        .windows(2)
        .any(|w| begins(w[0], &["підпису"]) && w[1] == "за");
    at.is_some() && !denied || signs
}

/// "Sygehusets udlejer er hr. Toftegaard, ikke?" – «Так»
fn lets_by_question(m: &Memory, u: &Utterance<'_>, staff: &[&str], first: bool) -> bool {
    let named = staff
        .iter()
        .position(|w| matches!(*w, "udlejer" | "udlejeren"))
        .is_some_and(|at| {
            staff.get(at + 1) == Some(&"er")
                || at > 1 && staff[at - 2] == "er"
                || at > 0 && staff[at - 1] == "er"
        });
    let open = has(staff, &["hvem", "hvad", "eller", "lejer", "du"]);
    let known = m.host.is_some_and(|id| id != 0) || m.text_is(OTHERS, true);
    first && named && !open && known && replies::reply(u).agreed
}

/// «Вона орендарка», «він сам знімає», «договір на ній», «орендує в комуни».
fn rents(words: &[&str]) -> bool {
    let verb = words.iter().enumerate().any(|(at, w)| {
        (matches!(
            *w,
            "орендує"
                | "винаймає"
                | "знімає"
                | "наймає"
                | "винаймають"
                | "орендують"
                | "знімають"
        ) || matches!(*w, "орендувала" | "винаймала" | "орендував" | "винаймав"))
            && !words[at.saturating_sub(2)..at]
                .iter()
                .any(|w| matches!(*w, "не" | "фірма" | "кімнату" | "у" | "в"))
    });
    let room = words
        .windows(2)
        .any(|w| begins(w[0], &["знімає", "винаймає", "орендує"]) && begins(w[1], &["кімнат"]));
    let noun = words.iter().enumerate().any(|(at, w)| {
        begins(
            w,
            &["орендар", "наймач", "квартиронайма", "лейжер", "лейєр"],
        ) && (at == 0 || words[at - 1] != "не")
    });
    let paper = words.windows(3).any(|w| {
        matches!(w[0], "договір" | "контракт" | "оренда" | "угода")
            && w[1] == "на"
            && matches!(w[2], "ньому" | "ній" | "нього" | "неї" | "них")
    }) || words.windows(3).any(|w| {
        w[0] == "на"
            && matches!(w[1], "ньому" | "ній")
            && begins(w[2], &["оренд", "догов", "контракт"])
    });
    // "Ejer Bodil boligen?" – «Та де, платить щомісяця товариству»
    let pays = has(words, &["платить", "платять"])
        && starts(
            words,
            &["товариств", "комун", "оренд", "щомісяц", "боліг", "фонд"],
        );
    (verb && !room) || noun || paper || pays
}

/// «Хата її», «на нього записано», "er det hans eget?" – «Так, від бабусі», «пай у кооперативі», «купив її ще до мене».
fn owns(words: &[&str], staff: &[&str], first: bool) -> bool {
    let home = |w: &str| {
        begins(
            w,
            &[
                "хат",
                "дім",
                "будин",
                "квартир",
                "вілл",
                "хутір",
                "ферм",
                "барак",
            ],
        ) || matches!(w, "земля" | "поле" | "двір")
    };
    let theirs = |w: &str| matches!(w, "його" | "її" | "їхній" | "їхня" | "їхнє" | "їх");
    let asked = starts(staff, &["ejer", "ejes"])
        || has(staff, &["hans", "hendes", "deres", "egen", "eget", "egne"]);
    let denied = has(words, &["не", "ні", "нє"]);
    let possessed = words
        .windows(2)
        .any(|w| theirs(w[0]) && home(w[1]) || home(w[0]) && theirs(w[1]))
        && !starts(words, &["знім", "орендує", "винаймає"]);
    let answered = first && asked && words.first().is_some_and(|w| theirs(w));
    let bought = has(
        words,
        &[
            "купив",
            "купила",
            "купував",
            "купувала",
            "викупила",
            "викупив",
        ],
    ) && (asked || has(words, &["він", "вона", "собі"]))
        && !has(words, &["ми", "я", "для"]);
    let recorded = words
        .windows(2)
        .any(|w| begins(w[0], &["записан", "записал", "переписан", "оформлен"]) && w[1] == "на")
        && !has(words, &["мене", "нас"])
        || words.windows(3).any(|w| {
            w[0] == "на" && matches!(w[1], "нього" | "неї" | "них") && begins(w[2], &["запис"])
        });
    let noun = words.iter().enumerate().any(|(at, w)| {
        begins(
            w,
            &[
                "власник",
                "власниц",
                "господар",
                "господин",
                "хазяїн",
                "хазяйк",
            ],
        ) && (at == 0 || words[at - 1] != "не")
    }) && (asked || has(words, &["він", "вона", "живе"]) || first && words.len() <= 4);
    let own = asked && first && starts(words, &["власн"]) && !begins(words[0], &["власни"]);
    let pays = starts(words, &["виплач", "виплат"])
        && starts(words, &["кредит", "будин", "дім", "банк", "хат"])
        && !has(words, &["ми", "я"]);
    let share = has(words, &["пай", "паєм", "пайовик", "пайовиця", "андельс"])
        && has(words, &["він", "вона", "його", "її", "їй", "йому", "має"]);
    let inherited = asked
        && words.windows(2).any(|w| {
            w[0] == "від"
                && begins(
                    w[1],
                    &[
                        "бабус",
                        "бабц",
                        "баб",
                        "дід",
                        "батьк",
                        "мами",
                        "тата",
                        "тітк",
                    ],
                )
        });
    let stated = possessed || answered || bought || recorded || own || pays || share || inherited;
    stated && !denied || noun && !starts(words, &["здає", "приватн"])
}

/// The reporter's own home, into which somebody else moves.
fn reporters(m: &mut Memory, u: &Utterance<'_>) {
    if m.host.is_some_and(|id| id != 0) {
        return;
    }
    let staff = question(m);
    let yours = staff.windows(2).any(|w| {
        matches!(
            w,
            ["ejer" | "lejer", "du" | "i"] | ["du" | "i", "ejer" | "lejer"]
        ) || matches!(w[0], "dit" | "din" | "jeres")
            && (begins(w[1], &["hus", "lejlighed", "bolig", "lejemål", "hjem"]) || w[1] == "og")
    }) || match staff.last() {
        Some(&("dit" | "din" | "jeres")) => starts(
            &staff,
            &["hus", "lejlighed", "bolig", "rækkehus", "lejemål", "villa"],
        ),
        Some(&("lejer" | "ejer")) => has(
            &staff,
            &["huset", "lejligheden", "boligen", "rækkehuset", "du"],
        ),
        _ => false,
    };
    let known = m.host == Some(0);
    if !(yours || known) || m.asked.asks(Topic::OldAddress) {
        return;
    }
    let Some(first) = u.sentences.first() else {
        return;
    };
    let words = u.all_words();
    // «Так» and «моє» answer only a question for the home.
    let agreed = replies::reply(u).agreed;
    let couple = m
        .person(m.mover)
        .and_then(|p| p.kin)
        .is_some_and(|k| matches!(k, Kin::Husband | Kin::Wife | Kin::Partner))
        && (has(&staff, &["jeres"])
            || staff
                .windows(2)
                .any(|w| matches!(w, ["ejer" | "lejer", "i"] | ["i", "ejer" | "lejer"])));
    let Some(role) = own_role(&words, &staff, yours, agreed).filter(|_| !couple) else {
        return;
    };
    let here = first.words.clone();
    m.host = Some(0);
    if let Some(me) = m.person_mut(0) {
        me.moves = Some(false);
    }
    if m.heard_now.iter().any(|k| k == "dwelling.type")
        && matches!(
            m.text("dwelling.type"),
            Some("owned" | "rented_private" | "rented_social")
        )
    {
        m.forget("dwelling.type");
    }
    if !m.has(ROLE) {
        let heard = Heard::new(role, u.evidence_of_words(&here), 0.7);
        m.hear(ROLE, heard);
    }
    suppose(m, u, OTHERS, true, here);
}

/// «Договір на мене», «я орендар», «ми виплачуємо, обоє власники», «моє».
fn own_role(words: &[&str], staff: &[&str], yours: bool, agreed: bool) -> Option<&'static str> {
    let tenant = words.iter().any(|w| {
        begins(
            w,
            &[
                "орендую",
                "орендуєм",
                "винаймаю",
                "винаймаєм",
                "знімаю",
                "знімаєм",
                "орендар",
                "наймач",
            ],
        )
    }) || words.windows(3).any(|w| {
        matches!(w[0], "договір" | "контракт" | "оренда")
            && w[1] == "на"
            && matches!(w[2], "мене" | "мені" | "нас")
    });
    // «Моєї мами, вони власники», «вона частку купила»: of somebody else's home.
    let theirs = has(
        words,
        &["він", "вона", "вони", "його", "її", "їхній", "їхня"],
    ) && !has(
        words,
        &[
            "моє", "мій", "моя", "наше", "наш", "наша", "я", "ми", "мене",
        ],
    );
    if theirs {
        return None;
    }
    if tenant {
        return Some("tenant");
    }
    let owner = has(
        words,
        &[
            "купив",
            "купила",
            "купили",
            "куплене",
            "куплений",
            "куплена",
            "виплачуємо",
            "виплачую",
            "купуємо",
        ],
    ) || starts(words, &["власник", "власниц", "власн"])
        || words.windows(3).any(|w| {
            begins(w[0], &["записан"])
                && w[1] == "на"
                && matches!(w[2], "мене" | "чоловіка" | "дружину" | "нас")
        });
    let mine = yours
        && words
            .iter()
            .take(3)
            .any(|w| matches!(*w, "моє" | "мій" | "моя" | "наше" | "наш" | "наша"));
    let agreed = yours && agreed;
    let lease = starts(staff, &["lejemål"]) || has(staff, &["lejer"]);
    if owner
        || (mine || agreed)
            && !lease
            && (has(staff, &["ejer"]) || starts(staff, &["hus", "dit", "din", "jeres"]))
    {
        return Some("owner");
    }
    ((mine || agreed) && lease).then_some("tenant")
}
