//! Names that no question and no word beside them places: what their form, their place in the answer and the
//! sentence around them let suppose.

use super::*;

impl Mention<'_, '_> {
    /// Whoever it most likely is.
    pub(super) fn unasked(&self, m: &mut Memory) -> Decision {
        self.of_spouse_or_mover(m)
            .or_else(|| self.of_parted_who_stays(m))
            .map(Some)
            .or_else(|| self.of_companion_told(m))
            .or_else(|| self.supposed(m).map(Some))
    }

    /// The steps that suppose somebody or leave it open.
    fn supposed(&self, m: &mut Memory) -> Option<PersonId> {
        self.of_pair(m)
            .or_else(|| self.beside_citizen(m))
            .or_else(|| self.of_citizen(m))
            .or_else(|| self.of_only_nameless(m))
            .or_else(|| self.of_next_child(m))
            .or_else(|| self.of_shown(m))
            .or_else(|| self.of_introduced(m))
            .or_else(|| self.joined_to_citizen(m))
            .or_else(|| self.in_list(m))
            .or_else(|| self.of_listed_child(m))
    }

    /// A name that opens an answer and is another's: the spouse's, or of the one for whom the citizen came.
    fn of_spouse_or_mover(&self, m: &mut Memory) -> Option<PersonId> {
        if !self.opens || self.given.is_none() || self.says_me {
            return None;
        }
        of_another(m, self.name, self.asked_name, self.nominative)
    }

    /// «Гнат там і зостається»: the spouse from whom the citizen parted.
    fn of_parted_who_stays(&self, m: &Memory) -> Option<PersonId> {
        if !self.nominative {
            return None;
        }
        introduced::spouse_who_stays(m, self.u, self.name, self.follows)
    }

    /// «Арсен з нами»: something is told of whoever bears the name.
    fn of_companion_told(&self, m: &mut Memory) -> Decision {
        let told = !self.says_me
            && self.opens
            && self.given.is_some()
            && self.nominative
            && introduced::told_of(m, self.u, self.follows);
        told.then(|| introduced::companion_told(m, self.u, self.name, self.follows))
    }

    /// «Кирило й Мефодій», where the employee just spoke of children.
    fn of_pair(&self, m: &mut Memory) -> Option<PersonId> {
        if self.says_me || !self.nominative {
            return None;
        }
        pair_of_children(m, self.u, self.name, self.follows, self.before, self.last)
    }

    /// «Я Клавдія, вона Лідія»: the one who stands beside the citizen.
    fn beside_citizen(&self, m: &mut Memory) -> Option<PersonId> {
        let beside = !self.says_me
            && self.given.is_some()
            && self.nominative
            && m.mover == 0
            && m.host.is_none()
            && strangers::beside_me(self.u, m, self.word);
        if !beside {
            return None;
        }
        let id = newcomer(m, self.name);
        introduced::as_we_are(m, id);
        Some(id)
    }

    /// The citizen, whose name nobody said so far.
    fn of_citizen(&self, m: &mut Memory) -> Option<PersonId> {
        let mine = !named(m, 0)
            && !self.is_danish_third(m)
            && !self.is_another(m)
            && (self.nominative || m.asked.asks(Topic::Name))
            && (self.opens || !self.u.written);
        if !mine {
            return None;
        }
        m.name_guessed = !self.asked_name && !m.asked.asks(Topic::Cpr);
        Some(0)
    }

    /// «Флеммінг Раск», where nobody asked the citizen for a name: whoever bears a Danish one is somebody else.
    fn is_danish_third(&self, m: &Memory) -> bool {
        self.name.danish && !self.asked_name && !self.says_me && m.asked.is_about(Target::Third)
    }

    /// «…, вона хворіє. А Максиміліан в Оденсе»: somebody else again.
    fn is_another(&self, m: &Memory) -> bool {
        let (u, word) = (self.u, self.word);
        u.written && word > 1 && opens_with_joint(u, word)
            || !self.asked_name
                && !self.says_me
                && strangers::is_told_of(m, u, self.name, word, self.follows, self.before)
    }

    /// The one relative spoken of just now who has no name yet.
    fn of_only_nameless(&self, m: &Memory) -> Option<PersonId> {
        let told = self.given.is_some()
            && (self.opens || self.last == Some(Who::Me) && m.asked.is_about(Target::Third))
            && self.nominative;
        told.then(|| only_nameless(m, self.name)).flatten()
    }

    /// «Двоє дітей. Денис. І Єва.»: the next of them.
    fn of_next_child(&self, m: &mut Memory) -> Option<PersonId> {
        if !self.nominative {
            return None;
        }
        next_child(m, self.u, self.name, self.word)
    }

    /// "Og hende her?": whoever came along to the counter.
    fn of_shown(&self, m: &mut Memory) -> Option<PersonId> {
        let shown = shown_by_staff(m)
            && self.opens
            && self.given.is_some()
            && named(m, 0)
            && self.nominative;
        shown.then(|| companion(m, self.name))
    }

    /// «Я Гордій Саєнко, а це Мілена»: who came along.
    fn of_introduced(&self, m: &mut Memory) -> Option<PersonId> {
        let (u, word) = (self.u, self.word);
        let to_both = m.plural
            || m.staff_words
                .windows(2)
                .any(|w| w[0] == "i" && w[1] == "to");
        let to_both = to_both || crate::reader::roster::is_asked(m);
        let introduced = matches!(
            self.before,
            [.., "а" | "і" | "й" | "та", "це" | "то" | "оце" | "ото"]
        ) && m.talked <= 8
            && to_both;
        // «а це Ілля, онучок»: the word that follows says who it is.
        let explained = (word + 1..(word + 4).min(u.word_tokens.len()))
            .any(|at| kin(&u.token(at).text, u.lang()).is_some());
        // «Я Олег Бондар, а це Даша, ну, Дарія Лисенко»
        let form = self.nominative || self.pet;
        if !introduced || explained || self.given.is_none() || !named(m, 0) || !form {
            return None;
        }
        let id = newcomer(m, self.name);
        introduced::as_we_are(m, id);
        Some(id)
    }

    /// «Ярослава і Любомир» to "hvem er I?", «ми двоє, Ярослава і Любомир»
    fn joined_to_citizen(&self, m: &mut Memory) -> Option<PersonId> {
        let we = || {
            let words = self.u.all_words();
            words
                .iter()
                .any(|w| matches!(*w, "ми" | "нас" | "двоє" | "обоє"))
        };
        let paired = (self.asked_name || we())
            && self.given.is_some()
            && self.last == Some(Who::Me)
            && matches!(self.before.last(), Some(&("і" | "й" | "та")))
            && named(m, 0);
        (paired && self.nominative).then(|| companion(m, self.name))
    }

    /// Whoever is told as one of those who move, or behind «ми з»: who they are comes later.
    fn in_list(&self, m: &mut Memory) -> Option<PersonId> {
        let with = matches!(
            self.before,
            [.., "ми", "з" | "із" | "зі"] | [.., "я", "і" | "й" | "та"]
        ) || self.is_next_in_round(m);
        let listing = self.given.is_some() && m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
        if !listing && !with {
            return None;
        }
        let along = listing && self.opens_list_of_companions(m);
        // «І я, і Ярик»: the son whose number is known, and not his name.
        if matches!(self.before, [.., "я", "і" | "й" | "та"]) {
            let id = mine::of_row(m, self.name);
            return Some(joins_children(m, id));
        }
        let id = m.add_person(None);
        Some(if with || along {
            joins_children(m, id)
        } else {
            id
        })
    }

    /// "Hvem er I alle tre?" – «я сидоренко ігор … потім юля власюк»
    fn is_next_in_round(&self, m: &Memory) -> bool {
        !self.u.written
            && self.given.is_some()
            && named(m, 0)
            && self.before.last() == Some(&"потім")
            && crate::reader::roster::is_asked(m)
    }

    /// "Hvem flytter med?" – «Євген Гордієнко, …»: the answer begins with who comes along.
    fn opens_list_of_companions(&self, m: &Memory) -> bool {
        let words = self.u.all_words();
        self.opens
            && self.nominative
            && m.asked.asks(Topic::WhoMoves)
            && m.staff_words.iter().any(|w| w == "med")
            && !words.iter().any(|w| w.contains("лиша"))
            && !words.windows(2).any(|w| {
                w[0] == "не"
                    && (w[1].starts_with("їд")
                        || w[1].starts_with("поїд")
                        || w[1].starts_with("переї"))
            })
    }

    /// «І Яринка, в паспорті Ярина»: the employee asked for the children a moment ago and more of them are named.
    fn of_listed_child(&self, m: &mut Memory) -> Option<PersonId> {
        let asked_children = m.children_asked_turn > 0
            && m.children_asked_turn + 4 >= m.turns
            && !children_elsewhere(m);
        let form = self.nominative || self.pet;
        if !asked_children || self.given.is_none() || !self.opens || !form {
            return None;
        }
        let id = m.add_person(Some(child_of(self.name)));
        Some(joins_children(m, id))
    }
}
