//! Names that an employee says: whom they call, and whom they ask about.

use super::*;

/// "Og Taras er din mand?": what the one who is known by name is taken for.
pub(super) fn taken_for(m: &mut Memory, u: &Utterance<'_>, id: PersonId, follows: usize) {
    let words = u.words(follows..(follows + 3).min(u.word_tokens.len()));
    let found = match words.as_slice() {
        ["er", "din" | "dit" | "jeres", w] => kin(w, Lang::Da),
        _ => None,
    };
    let Some(found) = found.filter(|k| !matches!(k, Kin::Children | Kin::Landlord)) else {
        return;
    };
    // «… я лілія і микита» – "liliia er din kone": the name was not the citizen's.
    let guessed = id == 0
        && u.is_staff()
        && m.mover == 0
        && m.belief(&Memory::key(0, "given_names"))
            .is_some_and(|b| b.is_unsure());
    if guessed {
        let other = m.person_for_kin(found);
        for field in NAME_FIELDS {
            if let Some(belief) = m.beliefs.remove(&Memory::key(0, field)) {
                m.beliefs.insert(Memory::key(other, field), belief);
            }
        }
        return;
    }
    if let Some(person) = m.person_mut(id)
        && u.is_staff()
        && id != 0
        && person.kin.is_none()
        && (person.sex.is_none() || found.sex().is_none() || person.sex == found.sex())
    {
        person.kin = Some(found);
    }
}

/// A name that an employee says: the citizen's, when none is known yet.
pub(super) fn staff_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    mover_named: bool,
    name: &PersonName,
) -> Option<PersonId> {
    let danish = name.danish;
    let before = u.words(word.saturating_sub(3)..word);
    // "Jeg hedder Bente": the employee's own name.
    if matches!(
        before.as_slice(),
        [.., "jeg", "hedder" | "er"] | [.., "er", "jeg"] | [.., "navn", "er"]
    ) && before.iter().any(|w| matches!(*w, "jeg" | "mit"))
    {
        return None;
    }
    // "Du er Tamara Haiova?", "dit navn står her som Olena Madsen?" to who reports for somebody else.
    if m.mover != 0 && addressed(u, word) && !m.has(&Memory::key(0, "given_names")) {
        return Some(0);
    }
    if let Some(id) = child_spoken_of(m, u, word, name) {
        return Some(id);
    }
    if m.mover == 0 && with_you(u, word) {
        let known = m.people.iter().map(|p| p.id).find(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|have| name.given().is_some_and(|g| same(have, &g)))
        });
        return name
            .given()
            .map(|_| known.unwrap_or_else(|| newcomer(m, name)));
    }
    // «…: біргіт, собачка … Біргіт Тостесен, вона власниця» – "Birgit med to t'er?": somebody of whom the citizen spoke.
    let nobody = strangers::is_nobody(m, name) || strangers::said_of_third(m, name);
    let thanks = matches!(
        before.last(),
        Some(&("tak" | "goddag" | "hej" | "du" | "velkommen" | "dit"))
    );
    // "…, Nelia?" calls somebody; "det er Yaryna?" speaks of somebody.
    let called = u.word_tokens[word]
        .checked_sub(1)
        .is_some_and(|before| u.tokens[before].is_sign(','));
    let vocative = u.written && word > 0 && called && ends_with_name(u, word);
    // Without capitals an everyday word early in the talk may look like a name.
    let opening = m.talked <= 3 && u.written;
    let register = u.written && u.token(word).text != "via" && reads_register(m, u, name);
    let opening = opening && !spoken_of(u, word, name) && !nobody;
    if !mover_named && (thanks || vocative || opening || register) {
        // "Mads har en lejekontrakt med sine forældre?" may be of anybody.
        let read_out = thanks || vocative || tells_whose(u);
        m.name_guessed |= u.written && !read_out && m.mover == 0;
        return Some(m.mover);
    }
    if let Some(id) = next_by_name(m, u, word, name) {
        return Some(id);
    }
    if mover_named && !danish {
        let brought_up = staff_read::taken_as(m, u, word, name)
            .or_else(|| staff_read::of_second_paper(m, u, word, name));
        if brought_up.is_some() {
            return brought_up;
        }
    }
    // "Og Marharyta, hedder hun også Sheverdina?": the one relative spoken of who has no name yet.
    if mover_named
        && m.mover == 0
        && let Some(sex) = sex_of(name)
        && meant_behind(u, word, sex)
        && let Some(id) = nameless(m, sex)
    {
        return Some(id);
    }
    if let Some(id) = told_to_be_host(m, u, word, name) {
        return Some(id);
    }
    // A Danish name for the person the citizen lives with.
    if danish
        && let Some(host) = m.host
        && m.belief(&Memory::key(host, "given_names"))
            .is_none_or(|known| known.is_unsure())
    {
        return Some(host);
    }
    // "Bliver Jeppe boende?", "Freja, bor hun der selv?"
    let known = mover_named || m.talked <= 6 && u.written;
    if known && m.mover == 0 && m.host.is_none() && danish && asks_of_host(u, word) {
        // "Bor Mads der i forvejen?" of the friend or husband who had no name yet.
        let sex = name.gender.map(|g| match g {
            Gender::Feminine => Sex::Female,
            Gender::Masculine => Sex::Male,
        });
        let couple = m
            .people
            .iter()
            .find(|p| {
                p.kin.is_some_and(Kin::is_couple)
                    && p.moves.is_none()
                    && (sex.is_none() || p.sex.is_none() || p.sex == sex)
                    && !m.has(&Memory::key(p.id, "given_names"))
            })
            .map(|p| p.id);
        let id = couple.unwrap_or_else(|| m.add_person(None));
        m.host = Some(id);
        return Some(id);
    }
    None
}

/// Whether a turn says whose name it holds: it reads from a paper, repeats what was answered, or speaks to its bearer.
fn tells_whose(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        matches!(
            *w,
            "du" | "dig"
                | "din"
                | "dit"
                | "jer"
                | "jeres"
                | "står"
                | "ser"
                | "læser"
                | "hedder"
                | "cpr"
                | "stemmer"
        ) || ["pas", "kort", "regist", "navn"]
            .iter()
            .any(|stem| w.starts_with(stem))
    }) || !u.sentences.iter().any(|s| s.question)
}

/// "Sammen med dig flytter Bohdana og Myron.", "Så du, Zlatoslava og Borys.": who comes along, summed up.
fn with_you(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let (before, words) = (
        u.words(sentence.words.start..word),
        u.words(sentence.words.clone()),
    );
    let along = before
        .windows(3)
        .any(|w| matches!(w, ["sammen", "med", "dig" | "jer"]))
        && words.iter().any(|w| w.starts_with("flytte"));
    // "Så dem, der flytter, er dig, din mand og Darynka?"
    let counted = before.windows(2).any(|w| w == ["er", "dig"])
        && before.iter().any(|w| matches!(*w, "flytter" | "med"))
        && before.contains(&"og");
    let summed = matches!(
        before.as_slice(),
        ["så", "du" | "dig", ..] | ["du" | "dig", ..]
    ) && words.contains(&"og")
        && words.len() <= 7
        && !words.iter().any(|w| {
            matches!(
                *w,
                "hedder" | "er" | "har" | "skal" | "bor" | "flytter" | "ikke"
            )
        });
    // "Så Danylo og Maryna flytter med dig?"
    let so = words.first() == Some(&"så")
        && words
            .windows(3)
            .any(|w| matches!(w, ["flytter" | "kommer", "med", "dig" | "jer"]))
        && !words.iter().any(|w| matches!(*w, "ikke" | "om" | "hvis"));
    (along || summed) && !sentence.question || counted || so
}

/// "Hvad siger Kristinas mor?", "forældremyndigheden over Timur", "sammen med dig flytter Bohdana": somebody is spoken
/// of, and nobody is greeted by that name.
fn spoken_of(u: &Utterance<'_>, word: usize, name: &PersonName) -> bool {
    let start = u.tokens[u.word_tokens[word]].span.start;
    let end = name.parts.iter().map(|p| p.span.end).max().unwrap_or(start);
    let follows = u.word_at(end);
    let behind = u.words(follows..(follows + 1).min(u.word_tokens.len()));
    let genitive = follows > 0 && u.token(follows - 1).text.ends_with('s');
    let owned = genitive
        && behind
            .first()
            .is_some_and(|w| kin(w, Lang::Da).is_some() || matches!(*w, "skole" | "børnehave"));
    let joined = u.word_tokens[word]
        .checked_sub(1)
        .is_some_and(|before| u.tokens[before].is_word());
    let last = word
        .checked_sub(1)
        .map_or("", |at| u.token(at).text.as_str());
    // "En aftale på Olena Bondar" is the citizen's own.
    let about = joined && matches!(last, "over" | "med" | "af" | "hos" | "uden" | "mellem");
    let sentence = u.sentences.iter().find(|s| s.words.contains(&word));
    let beside = sentence.is_some_and(|s| {
        let before = u.words(s.words.start..word);
        before
            .windows(3)
            .any(|w| matches!(w, ["sammen", "med", "dig" | "jer"]))
    });
    // "Er det Kasper, der lejer ud til dig?"
    let cleft = matches!(u.words(word.saturating_sub(1)..word).as_slice(), ["det"])
        && (matches!(behind.first(), Some(&("der" | "som")))
            // "Er det Larysa, du flytter ind hos?"
            || matches!(behind.first(), Some(&("du" | "i")))
                && sentence.is_some_and(|s| !u.words(s.words.clone()).contains(&"hedder")));
    // "Hvor skal Orest sove mest?", "bor du hos Natalka?", "og Oles hedder det samme som dig?", "din Ivan", "en Ivan på
    // samme adresse": of a third person, beside whoever is spoken to.
    let next = behind.first().copied().unwrap_or("");
    let you = sentence.is_some_and(|s| {
        u.words(s.words.clone()).iter().any(|w| {
            matches!(
                *w,
                "dig" | "du" | "din" | "dit" | "jer" | "jeres" | "sin" | "sit"
            )
        })
    });
    let acts = |w: &str| {
        matches!(
            w,
            "skal"
                | "flytter"
                | "bor"
                | "kommer"
                | "har"
                | "sover"
                | "hedder"
                | "rykker"
                | "bliver"
                | "boede"
                | "flyttede"
                | "kom"
                | "vil"
        )
    };
    let yours = matches!(next, "du" | "i") || last == "du" || addressed(u, word);
    let subject = joined && acts(last) || acts(next) && follows_directly(u, follows);
    // "Liliia er din kone", "er Oleh din bror?"
    let behind_it = u.words(follows..(follows + 3).min(u.word_tokens.len()));
    let related = match behind_it.as_slice() {
        ["er", "din" | "dit" | "jeres", w] => kin(w, Lang::Da).is_some(),
        ["din" | "dit" | "jeres", w, ..] => last == "er" && kin(w, Lang::Da).is_some(),
        _ => false,
    };
    // "vasyl punktum fadiichuk" spells an address.
    if matches!(next, "punktum" | "prik" | "bundstreg" | "snabel") {
        return true;
    }
    let owner = related || joined && matches!(last, "din" | "dit" | "jeres" | "vores");
    let some = joined && matches!(last, "en" | "et") && name.surname().is_none();
    owned
        || about
        || beside
        || cleft
        || owner
        || some
        || you && subject && !yours
        || asked_after(u, word)
}

/// "Ved Dmytro, at I flytter?", "har Olha selv MitID?", "hvor gammel er Danylo?", "så Danylo og Maryna flytter med dig?":
/// the name is whom a question tells or asks something of. Whoever is spoken to is called or told "du".
fn asked_after(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let at = word - sentence.words.start;
    let skip = usize::from(matches!(
        words.first(),
        Some(&("og" | "så" | "men" | "jamen"))
    ));
    let of_name = words
        .iter()
        .any(|w| w.contains("navn") || matches!(*w, "hedder" | "staves" | "passet" | "skriver"));
    let joined = word > 0 && follows_directly(u, word);
    // A verb, and nothing before it.
    let verb = |w: &str| {
        matches!(
            w,
            "ved"
                | "står"
                | "har"
                | "bor"
                | "skal"
                | "kommer"
                | "flytter"
                | "bliver"
                | "kan"
                | "vil"
                | "ejer"
                | "lejer"
                | "arbejder"
                | "går"
                | "sover"
                | "får"
                | "må"
                | "kender"
                | "betaler"
        )
    };
    let inverted = joined && at == skip + 1 && verb(words[skip]);
    let wondered = joined
        && at > 1
        && matches!(words[at - 1], "er" | "bliver" | "fylder")
        && words[..at - 1]
            .iter()
            .any(|w| matches!(*w, "hvor" | "hvornår" | "hvordan"));
    let along = at <= skip + 2
        && words[at..]
            .windows(3)
            .any(|w| matches!(w, ["flytter" | "kommer", "med", "dig" | "jer"]));
    !of_name && (inverted || wondered || along)
}

/// Nothing but a blank stands before the word.
fn follows_directly(u: &Utterance<'_>, word: usize) -> bool {
    u.word_tokens
        .get(word)
        .and_then(|at| at.checked_sub(1))
        .is_some_and(|at| u.tokens[at].is_word())
}

/// A pronoun of that sex stands behind the name, in the same question.
fn meant_behind(u: &Utterance<'_>, word: usize, sex: Sex) -> bool {
    let pronouns: &[&str] = match sex {
        Sex::Male => &["han", "hans", "ham"],
        Sex::Female => &["hun", "hendes", "hende"],
    };
    u.sentences
        .iter()
        .filter(|s| s.question && s.words.contains(&word))
        .any(|s| {
            u.words(word + 1..s.words.end)
                .iter()
                .any(|w| pronouns.contains(w))
        })
}

/// An employee asks whether the one named here owns the home or stays there.
fn asks_of_host(u: &Utterance<'_>, word: usize) -> bool {
    // "… som min nabo Bodil, der fik en logerende"
    let before = u.words(word.saturating_sub(3)..word);
    if before
        .iter()
        .any(|w| matches!(*w, "min" | "mit" | "som" | "nabo"))
    {
        return false;
    }
    u.sentences
        .iter()
        .filter(|s| s.words.contains(&word))
        .any(|s| {
            let words = u.words(s.words.clone());
            let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
            has(&["bliver", "bor"]) && has(&["boende", "der", "selv", "stadig", "også"])
                || has(&["ejer", "ejeren", "lejer"]) && !has(&["du", "i"])
                || has(&["har"]) && has(&["kontrakten", "lejligheden", "huset"])
        })
}

/// The name of whoever is spoken to: "du er …", "dit navn står her som …".
fn addressed(u: &Utterance<'_>, word: usize) -> bool {
    let before = u.words(word.saturating_sub(6)..word);
    matches!(
        before.as_slice(),
        [.., "du", "er" | "hedder"] | [.., "er", "du"] | [.., "hedder", "du"]
    ) || before.windows(2).any(|w| w == ["dit", "navn"]) && before.last() != Some(&"og")
}

/// "Hvad er dit CPR-nummer, Nelia?"
pub(super) fn ends_with_name(u: &Utterance<'_>, word: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.end == word + 1 || s.words.end == word + 2)
}

/// "Så er det Poul Holm, der er logivært": another one than whoever was taken for the host.
fn told_to_be_host(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    name: &PersonName,
) -> Option<PersonId> {
    let end = name.parts.iter().map(|p| p.span.end).max()?;
    let follows = u.word_at(end);
    let behind = u.words(follows..(follows + 4).min(u.word_tokens.len()));
    let told = match behind.as_slice() {
        ["der" | "som", "er" | "bliver", role, ..] | ["der" | "som", "står", "som", role] => {
            matches!(*role, "logivært" | "logiværten" | "vært")
        }
        _ => false,
    };
    // Without signs a question may follow in what looks like the same sentence.
    let question = u.written && u.sentence_at(u.token(word).span.start)?.question;
    let host = m
        .host
        .filter(|id| told && !question && m.mover == 0 && *id != 0)?;
    let given = name.given()?;
    let differs = m
        .text(&Memory::key(host, "given_names"))
        .is_some_and(|have| !same(have, &given));
    if !differs {
        return None;
    }
    let known = m.people.iter().map(|p| p.id).find(|id| {
        m.text(&Memory::key(*id, "given_names"))
            .is_some_and(|have| same(have, &given))
    });
    let id = known.unwrap_or_else(|| m.add_person(None));
    m.host = Some(id);
    Some(id)
}
