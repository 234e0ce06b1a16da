//! What stands beside a name: «мій», «старша», «я», words for a relative or for whoever lets a room.

use super::*;

impl Mention<'_, '_> {
    /// Whoever is meant by the words beside the name.
    pub(super) fn by_words(&self, m: &mut Memory) -> Decision {
        self.apposed(m)
            .or_else(|| self.behind_mine(m))
            .or_else(|| self.by_rank(m))
            .or_else(|| self.behind_me(m))
            .or_else(|| self.of_described_host(m))
            .or_else(|| self.beside_kin(m))
            .or_else(|| self.of_last(m))
            .or_else(|| self.of_danish_host(m))
            .map(Some)
    }

    /// «мій Василь», where nothing else says who it is.
    fn behind_mine(&self, m: &mut Memory) -> Option<PersonId> {
        let (u, word, before) = (self.u, self.word, self.before);
        let mine = before.last().is_some_and(|w| matches!(*w, "мій" | "моя"));
        // «Кума моя, Леся» is said of the godmother.
        let told_kin = self
            .near
            .is_some_and(|(kin, ..)| kin.relation() == Some("other"))
            || self.near.is_some() && told_before_mine(u, before);
        if !mine || u.is_staff() || told_kin {
            return None;
        }
        let asked_kin = m.asked.kin();
        let evidence = u.evidence_of_words(&(word..word + 1));
        Some(called_mine(m, self.name, asked_kin, evidence))
    }

    /// One of several by their place: «Менша Леся».
    fn by_rank(&self, m: &mut Memory) -> Option<PersonId> {
        let (u, word, before) = (self.u, self.word, self.before);
        // «Я підпишу, я старша. Ковальчук Ірина»: said of oneself, and in another sentence.
        let ranked = before.last().is_some_and(|w| ranks(w))
            && same_sentence(u, word - 1, word)
            && before.iter().rev().nth(1) != Some(&"я");
        if !ranked || u.is_staff() {
            return None;
        }
        let asked_kin = m.asked.kin();
        // "Og lillesøster?" – «Менша Леся …»
        if let Some(kin) = asked_kin.filter(|k| k.relation() == Some("sibling")) {
            return Some(m.person_for_kin(kin));
        }
        let id = m.add_person(Some(child_of(self.name)));
        Some(if asked_kin.is_some_and(Kin::is_child) {
            joins_children(m, id)
        } else {
            id
        })
    }

    /// «це мій син я Діденко Ольга», «я його онука, Костів Ярина»: whoever says «я» right before a name means
    /// themselves.
    fn behind_me(&self, m: &Memory) -> Option<PersonId> {
        let (u, before) = (self.u, self.before);
        let myself = before.last() == Some(&"я") && self.given.is_some();
        let by_kin = self.near.is_none() && describes_me(u.lang(), before);
        let mine = (myself || by_kin)
            && !u.is_staff()
            && !listed_behind_me(u, self.word, before)
            && !mine::in_counted_row(u, self.word)
            && !m.has(&Memory::key(0, "given_names"));
        mine.then_some(0)
    }

    /// «Кімнату здає одна пані, Бенте Крог»: whoever is described as the host right before the name.
    fn of_described_host(&self, m: &mut Memory) -> Option<PersonId> {
        let (u, word) = (self.u, self.word);
        let unnamed = |id: PersonId| !m.has(&Memory::key(id, "given_names"));
        let told = self.near.is_none()
            && !u.is_staff()
            && m.mover == 0
            && m.host.is_none_or(unnamed)
            && (described(u, word) || m.asked.asks(Topic::NewAddress) && at_home(u, word));
        told.then(|| host_or_new(m))
    }

    /// «донька Еміла»: the relative whose word stands close before the name.
    fn beside_kin(&self, m: &mut Memory) -> Option<PersonId> {
        let (kin, id, _) = self.near?;
        if self.u.is_staff() && self.is_beside_children(m, kin) {
            return None;
        }
        let id = of_relative(m, kin, id, self.name);
        if !self.u.is_staff() && kin.is_child() && minors::lives_apart(self.u, self.word) {
            if let Some(person) = m.person_mut(id) {
                person.moves = Some(false);
            }
            return Some(id);
        }
        if self.u.is_staff() && kin.is_child() && on_the_form(self.u, self.word) {
            return Some(joins_children(m, id));
        }
        Some(asked_child(m, self.u, kin, id))
    }

    /// "Børnene har boet hos Snizhana?", "børn har du Halina, her i Danmark": with whom they live, or a child of somebody who
    /// arrives and who is here already.
    fn is_beside_children(&self, m: &Memory, kin: Kin) -> bool {
        let (u, word) = (self.u, self.word);
        let after = u.words(self.follows..(self.follows + 3).min(u.word_tokens.len()));
        let with = self.before.last() == Some(&"hos");
        let here = m.from_abroad.is_some()
            && kin == Kin::Children
            && after.windows(2).any(|w| matches!(w, ["i", "danmark"]));
        kin.is_child() && word > 0 && (with || here)
    }

    /// «Вона там орендує, Жанна Погоріла»: the name of the person just spoken of.
    fn of_last(&self, m: &mut Memory) -> Option<PersonId> {
        let Some(Who::Person(id)) = self.last else {
            return None;
        };
        let (u, before) = (self.u, self.before);
        let told = before.contains(&"звати")
            || u.said[..u.token(self.word).span.start]
                .trim_end()
                .ends_with([',', '—', '–', ':'])
            || matches!(before.last(), Some(&("він" | "вона")))
            || !u.written;
        if named(m, id) || u.is_staff() || !told {
            return None;
        }
        // "Er hun ejer eller lejer?" – «Вона орендує, звати її Ганна Береза»
        if m.host.is_none() && m.asked.asks(Topic::HostRole) && id != m.mover {
            m.host = Some(id);
        }
        Some(id)
    }

    /// "Vi er flyttet hjem til Karen", "han bor hos mig nu"
    fn of_danish_host(&self, m: &mut Memory) -> Option<PersonId> {
        let (u, before) = (self.u, self.before);
        if u.lang() != Lang::Da || u.is_staff() || !self.name.danish {
            return None;
        }
        let home = matches!(before, [.., "hos"] | [.., "hjem", "til"]);
        let speaks = matches!(
            before,
            [.., "jeg", "er"] | [.., "er", "bare"] | [.., "hedder"]
        ) && u.all_words().windows(2).any(|w| w == ["hos", "mig"]);
        if !home && !speaks || m.host.is_some() {
            return None;
        }
        let id = host_or_new(m);
        if speaks {
            m.danish_speaker = Some(id);
        }
        Some(id)
    }
}
