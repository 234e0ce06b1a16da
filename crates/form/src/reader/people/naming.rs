//! Whose name a name is.

use super::*;

pub(super) fn decide(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
    before: &[&str],
    last: Option<Who>,
) -> Option<PersonId> {
    let given = name.given();
    let opens = introduced::opens_answer(u, word, before);
    let asked_name = m.asked.asks(Topic::Name)
        && m.asked.kin().is_none()
        && !m.asked.is_about(Target::Third)
        && !m.asked.is_about(Target::ParentOfThird);
    let follows = name
        .parts
        .iter()
        .map(|p| p.span.end)
        .max()
        .map_or(word, |end| u.word_at(end));
    let says_me = introduced::says_me(u, name, word, follows, before);
    if !u.is_staff() && near.is_none() {
        displaced(m, name, (asked_name && opens) || says_me);
    }
    // «Кума моя, Леся»: no pet name of the wife.
    let stranger = |m: &Memory, id: PersonId| {
        let known = m.person(id).and_then(|p| p.kin);
        near.is_some_and(|(kin, ..)| {
            kin.relation() == Some("other") && known.is_some_and(|k| !k.agrees(kin))
        })
    };
    if let Some(id) = alias(m, name, last).filter(|id| !stranger(m, *id)) {
        tells_of_mover(m, id);
        return Some(id);
    }
    // «Донька Міра, Голуб, як і я», «Мирослава, так само Сагайдак»: the surname of whoever was just
    // named, also when the citizen bears it.
    if let Some(Who::Person(id)) = last
        && given.is_none()
        && !u.is_staff()
        && m.has(&Memory::key(id, "given_names"))
        && !m.has(&Memory::key(id, "surname"))
        && before.iter().any(|word| {
            let have = m.text(&Memory::key(id, "given_names")).unwrap_or("");
            same(have, &names::romanise(word))
        })
    {
        return Some(id);
    }
    if !u.is_staff()
        && let Some(id) = renamed_now(m, name, before, last)
    {
        return Some(id);
    }
    if let Some(id) = of_the_one_before(m, u, name, before) {
        return Some(id);
    }
    if !u.is_staff()
        && let Some(id) = stayer(m, name)
    {
        return Some(id);
    }
    // «Старший Остап, він по-чоловічому Бережний»: whoever the pronoun before it means.
    if let Some(Who::Person(id)) = last
        && given.is_none()
        && !u.is_staff()
        && (word.saturating_sub(3)..word).any(|at| {
            matches!(u.token(at).text.as_str(), "він" | "вона") && same_sentence(u, at, word)
        })
        && m.has(&Memory::key(id, "given_names"))
        && !m.has(&Memory::key(id, "surname"))
    {
        return Some(id);
    }
    if !u.is_staff() && with_parted(u, word, before) {
        let known = m.people.iter().any(|p| {
            m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|have| given.as_ref().is_some_and(|g| same(have, g)))
        });
        if !known {
            return parted_from(m, name);
        }
    }
    if let Some(id) = reports_for::names_one(m, u, name, word, before) {
        return Some(id);
    }
    if near.is_none() && own_name_asked(m, u, word) {
        return Some(0);
    }
    let asked_kin = m.asked.kin();
    let known = known_by_name(m, name, near);
    if let Some(id) = known {
        tells_of_mover(m, id);
        let turn = m.turns;
        if let Some(person) = m.person_mut(id)
            && person.kin.is_none()
            && id != 0
            && !u.is_staff()
        {
            // «Ми з Микитою», and later "Og din samlever?" – «Микита Сорока».
            let near_kin = near.map(|(kin, _, _)| kin).or(asked_kin);
            person.kin = near_kin.filter(|k| *k != Kin::Children);
            person.last_turn = turn;
        }
        return Some(id);
    }
    // «Кума моя, Леся» is said of the godmother.
    let told_kin = near.is_some_and(|(kin, ..)| kin.relation() == Some("other"));
    let mine = before.last().is_some_and(|w| matches!(*w, "мій" | "моя"));
    let told_kin = told_kin || near.is_some() && told_before_mine(u, before);
    if mine && !u.is_staff() && !told_kin {
        let evidence = u.evidence_of_words(&(word..word + 1));
        return Some(called_mine(m, name, asked_kin, evidence));
    }
    // "Og lillesøster?" – «Менша Леся …»
    let sibling = asked_kin.filter(|k| k.relation() == Some("sibling"));
    // «Я підпишу, я старша. Ковальчук Ірина»: said of oneself, and in another sentence.
    let ranked = before.last().is_some_and(|w| ranks(w))
        && same_sentence(u, word - 1, word)
        && before.iter().rev().nth(1) != Some(&"я");
    if let Some(kin) = sibling.filter(|_| ranked)
        && !u.is_staff()
    {
        return Some(m.person_for_kin(kin));
    }
    if ranked && !u.is_staff() {
        let id = m.add_person(Some(child_of(name)));
        return Some(if m.asked.kin().is_some_and(Kin::is_child) {
            joins_children(m, id)
        } else {
            id
        });
    }
    // «це мій син я Діденко Ольга»: whoever says «я» right before a name means themselves.
    let myself = before.last() == Some(&"я") && !u.is_staff() && given.is_some();
    let myself = myself && !listed_behind_me(u, word, before);
    if myself && !m.has(&Memory::key(0, "given_names")) {
        return Some(0);
    }
    if near.is_none()
        && describes_me(u.lang(), before)
        && !listed_behind_me(u, word, before)
        && !u.is_staff()
        && !m.has(&Memory::key(0, "given_names"))
    {
        return Some(0);
    }
    // «Кімнату здає одна пані, Бенте Крог»: whoever is described as the host right before the name.
    let unnamed = |id: PersonId| !m.has(&Memory::key(id, "given_names"));
    if near.is_none()
        && !u.is_staff()
        && m.mover == 0
        && m.host.is_none_or(unnamed)
        && (described(u, word) || m.asked.asks(Topic::NewAddress) && at_home(u, word))
    {
        let id = m.host.unwrap_or_else(|| m.add_person(None));
        m.host = Some(id);
        return Some(id);
    }
    if let Some((kin, id, _)) = near {
        let id = of_relative(m, kin, id, name);
        if u.is_staff() && kin.is_child() && on_the_form(u, word) {
            return Some(joins_children(m, id));
        }
        return Some(asked_child(m, u, kin, id));
    }
    // «Вона там орендує, Жанна Погоріла»: the name of the person just spoken of.
    if let Some(Who::Person(id)) = last
        && !m
            .belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
        && !u.is_staff()
        && (before.contains(&"звати")
            || u.turn.text[..u.token(word).span.start]
                .trim_end()
                .ends_with([',', '—', '–', ':'])
            || matches!(before.last(), Some(&("він" | "вона")))
            || !u.written)
    {
        // "Er hun ejer eller lejer?" – «Вона орендує, звати її Ганна Береза»
        if m.host.is_none() && m.asked.asks(Topic::HostRole) && id != m.mover {
            m.host = Some(id);
        }
        return Some(id);
    }
    let named = |m: &Memory, id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
    };
    // "Vi er flyttet hjem til Karen", "han bor hos mig nu"
    if u.lang() == Lang::Da && !u.is_staff() && name.danish {
        let home = matches!(before, [.., "hos"] | [.., "hjem", "til"]);
        let speaks = matches!(
            before,
            [.., "jeg", "er"] | [.., "er", "bare"] | [.., "hedder"]
        ) && u.all_words().windows(2).any(|w| w == ["hos", "mig"]);
        if (home || speaks) && m.host.is_none() {
            let id = m.add_person(None);
            m.host = Some(id);
            if speaks {
                m.danish_speaker = Some(id);
            }
            return Some(id);
        }
    }
    if u.is_staff() {
        return staff_name(m, u, word, named(m, m.mover), name);
    }
    if !says_me && let Some(id) = minors::named(m, u, name, word, follows) {
        return Some(id);
    }
    if says_me && strangers::only_read_out(m, name) {
        for field in ["given_names", "given_names_native", patronymic::PATRONYMIC] {
            m.beliefs.remove(&Memory::key(0, field));
        }
        return Some(0);
    }
    if says_me && !named(m, 0) {
        return Some(0);
    }
    if !says_me && let Some(id) = strangers::host(m, u, word, before) {
        return (!named(m, id)).then_some(id);
    }
    // «Кличуть мене Леся, але в паспорті я Олександра Ковтун»
    let passport = before.iter().any(|w| w.starts_with("паспорт"));
    // «І Яринка, в паспорті Ярина» names a child.
    let passport =
        passport && (last == Some(Who::Me) || m.asked.asks_any(&[Topic::Name, Topic::Spelling]));
    if (says_me || passport)
        && given.is_some()
        && m.belief(&Memory::key(0, "given_names"))
            .is_some_and(|b| b.is_unsure())
    {
        return Some(0);
    }
    if m.asked.is_about(Target::ParentOfThird) {
        let couple = m.focus != 0
            && m.person(m.focus)
                .and_then(|p| p.kin)
                .is_some_and(Kin::is_couple);
        let id = if couple {
            m.person_for_kin(Kin::InLaw)
        } else {
            let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
            m.other_parent = Some(id);
            id
        };
        return (!named(m, id)).then_some(id);
    }
    // "Jeres datter, hvad hedder hun?": the daughter, whoever was spoken of last.
    let third_alone = m.asked.kin().is_none_or(|asked| {
        m.mover != 0
            || m.person(m.focus)
                .and_then(|p| p.kin)
                .is_some_and(|have| have.agrees(asked))
    });
    if third_alone && m.asked.is_about(Target::Third) && m.asked.asks(Topic::Name) {
        let id = if m.mover != 0 { m.mover } else { m.focus };
        if id != 0 && !named(m, id) {
            let data = m.asked.asks_any(&[Topic::Cpr, Topic::BirthDate]);
            let child = data && m.person(id).and_then(|p| p.kin).is_some_and(Kin::is_child);
            return Some(if child && m.asked.kin().is_some_and(Kin::is_child) {
                joins_children(m, id)
            } else {
                id
            });
        }
    }
    // "Og han?" after "dig og drengen"
    if let Some(sex) = sex_of(name)
        && m.mover == 0
        && given.is_some()
        && (opens || !u.written)
        && asked_by_pronoun(m, sex)
        && let Some(id) = nameless(m, sex)
    {
        return Some(id);
    }
    if !says_me && asked_of_nobody(m) {
        return named_by_pronoun(m, given.is_some());
    }
    // "Er hun ejer eller lejer?" – «Вона орендує, звати її …»
    if before.contains(&"звати")
        && m.host.is_none_or(|id| !named(m, id))
        && m.asked
            .asks_any(&[Topic::HostRole, Topic::HostStays, Topic::OthersRegistered])
    {
        let id = m.host.unwrap_or_else(|| m.add_person(None));
        m.host = Some(id);
        return Some(id);
    }
    // "Og pigen?" – «Її картку Ярослав десь посіяв»: a man's name is no answer.
    let fits = |kin: Kin| {
        let sex = sex_of(name);
        !kin.is_child() || opens || kin.sex().is_none() || sex.is_none() || kin.sex() == sex
    };
    if m.asked.kin().is_some()
        && let Some(id) = named_instead(m, u)
    {
        return Some(id);
    }
    if let Some(kin) = m.asked.kin().filter(|k| fits(*k)) {
        // A surname alone is nobody new.
        if kin == Kin::Children && given.is_none() {
            return None;
        }
        if kin == Kin::Children
            || kin.is_child() && m.person_by_kin(kin).is_none_or(|id| named(m, id))
        {
            let id = m.add_person(Some(child_of(name)));
            let data = [
                Topic::Name,
                Topic::Cpr,
                Topic::BirthDate,
                Topic::WhoMoves,
                Topic::Age,
            ];
            return Some(
                if (m.asked.asks_any(&data) || asked_by_word_alone(&m.staff_words))
                    && !children_elsewhere(m)
                    && !minors::grown_up(u, word)
                {
                    joins_children(m, id)
                } else {
                    id
                },
            );
        }
        let id = m.person_for_kin(kin);
        // "Bor din udlejer der også?" – «Так, пані Лоне Вестергор.»
        if kin == Kin::Landlord
            && m.host.is_none()
            && m.staff_words.iter().any(|w| w == "også" || w == "bor")
        {
            m.host = Some(id);
        }
        // "Hvad hedder ejeren?" of a room: whoever lets it lives there.
        if kin == Kin::Landlord && m.host.is_none() && m.text("dwelling.type") == Some("room") {
            m.host = Some(id);
        }
        if !named(m, id) {
            let data = [
                Topic::Name,
                Topic::Cpr,
                Topic::BirthDate,
                Topic::WhoMoves,
                Topic::Age,
            ];
            let joins =
                kin.is_child() && (m.asked.asks_any(&data) || asked_by_word_alone(&m.staff_words));
            return Some(if joins { joins_children(m, id) } else { id });
        }
    }
    let lodging =
        m.asked.asks(Topic::OthersRegistered) && m.asked.kin().is_none() && !lives_alone(u, word);
    if m.asked.asks(Topic::HostName) || hosts(u, word) || lodging && named(m, 0) {
        let id = match m.host.filter(|id| !named(m, *id)) {
            Some(id) => id,
            None if m.host.is_some() => return None,
            None => m.add_person(None),
        };
        m.host = Some(id);
        return Some(id);
    }
    if m.asked.asks(Topic::OtherParentName) {
        let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
        m.other_parent = Some(id);
        return (!named(m, id)).then_some(id);
    }
    let nominative = name
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Given)
        .all(|p| p.short_for.is_empty() && said_in_nominative(u, p));
    // «Я Олег Бондар, а це Даша, ну, Дарія Лисенко»
    let pet = name
        .parts
        .iter()
        .any(|p| p.kind == PartKind::Given && !p.short_for.is_empty());
    if opens
        && given.is_some()
        && !says_me
        && let Some(id) = of_another(m, name, asked_name, nominative)
    {
        return Some(id);
    }
    // «Флеммінг Раск», where nobody asked the citizen for a name: whoever bears a Danish one is somebody else.
    let danish = name.danish && !asked_name && !says_me && m.asked.is_about(Target::Third);
    if nominative && let Some(id) = introduced::spouse_who_stays(m, u, name, follows) {
        return Some(id);
    }
    if !says_me && opens && given.is_some() && nominative && introduced::told_of(m, u, follows) {
        return introduced::companion_told(m, u, name, follows);
    }
    if !says_me
        && nominative
        && let Some(id) = pair_of_children(m, u, name, follows, before, last)
    {
        return Some(id);
    }
    if !says_me
        && given.is_some()
        && nominative
        && m.mover == 0
        && m.host.is_none()
        && strangers::beside_me(u, m, word)
    {
        let (id, we_are) = (newcomer(m, name), m.we_are);
        if let Some(person) = m.person_mut(id) {
            person.kin = we_are.filter(|k| k.sex() == person.sex);
        }
        return Some(id);
    }
    // «…, вона хворіє. А Максиміліан в Оденсе»: somebody else again.
    let another = u.written && word > 1 && opens_with_joint(u, word)
        || !asked_name && !says_me && strangers::is_told_of(m, u, name, word, follows, before);
    if !named(m, 0)
        && !danish
        && !another
        && (nominative || m.asked.asks(Topic::Name))
        && (opens || !u.written)
    {
        m.name_guessed = !asked_name && !m.asked.asks(Topic::Cpr);
        return Some(0);
    }
    if given.is_some()
        && (opens || last == Some(Who::Me) && m.asked.is_about(Target::Third))
        && nominative
        && let Some(id) = only_nameless(m, name)
    {
        return Some(id);
    }
    let with = matches!(
        before,
        [.., "ми", "з" | "із" | "зі"] | [.., "я", "і" | "й" | "та"]
    );
    // «Я Гордій Саєнко, а це Мілена»: who came along.
    let to_both = m.plural
        || m.staff_words
            .windows(2)
            .any(|w| w[0] == "i" && w[1] == "to");
    let introduced = matches!(before, [.., "а" | "і", "це"]) && m.turns <= 8 && to_both;
    if nominative && let Some(id) = next_child(m, u, name, word) {
        return Some(id);
    }
    if shown_by_staff(m) && opens && given.is_some() && named(m, 0) && nominative {
        return Some(companion(m, name));
    }
    // «а це Ілля, онучок»: the word that follows says who it is.
    let explained = (word + 1..(word + 4).min(u.word_tokens.len()))
        .any(|at| kin(&u.token(at).text, u.lang()).is_some());
    if introduced && !explained && given.is_some() && named(m, 0) && (nominative || pet) {
        let id = m.add_person(None);
        return Some(joins_children(m, id));
    }
    // «Ярослава і Любомир» to "hvem er I?"
    let paired = asked_name
        && given.is_some()
        && last == Some(Who::Me)
        && matches!(before.last(), Some(&("і" | "й" | "та")))
        && named(m, 0);
    if paired && nominative {
        return Some(companion(m, name));
    }
    let listing = given.is_some() && m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
    if listing || with {
        // "Hvem flytter med?" – «Євген Гордієнко, …»: the answer begins with who comes along.
        let along = listing
            && opens
            && nominative
            && m.asked.asks(Topic::WhoMoves)
            && m.staff_words.iter().any(|w| w == "med")
            && !u.all_words().iter().any(|w| w.contains("лиша"))
            && !u.all_words().windows(2).any(|w| {
                w[0] == "не"
                    && (w[1].starts_with("їд")
                        || w[1].starts_with("поїд")
                        || w[1].starts_with("переї"))
            });
        let id = m.add_person(None);
        return Some(if with || along {
            joins_children(m, id)
        } else {
            id
        });
    }
    // The employee asked for the children a moment ago and more of them are named.
    let asked_children =
        m.children_asked_turn > 0 && m.children_asked_turn + 4 >= m.turns && !children_elsewhere(m);
    // «І Яринка, в паспорті Ярина»
    if asked_children && given.is_some() && opens && (nominative || pet) {
        let id = m.add_person(Some(child_of(name)));
        return Some(joins_children(m, id));
    }
    None
}
