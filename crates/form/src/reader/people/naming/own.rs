//! Whether a citizen says that a name is their own, and whose it is where they don't: a child's by its age, or of
//! whoever's home it is.

use super::*;

impl Mention<'_, '_> {
    /// The citizen by their own words, or whoever is told of without them.
    pub(super) fn by_own_words(&self, m: &mut Memory) -> Decision {
        self.of_row_with_me(m)
            .or_else(|| self.of_minor(m))
            .or_else(|| self.instead_of_read_out(m))
            .or_else(|| self.first_of_citizen(m))
            .map(Some)
            .or_else(|| self.of_whose_home(m))
            .or_else(|| self.of_passport(m).map(Some))
    }

    /// «Нас троє: я, Лілія і Зоряна», where it is told or asked who comes along.
    fn of_row_with_me(&self, m: &mut Memory) -> Option<PersonId> {
        let u = self.u;
        let words = u.all_words();
        let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
        let told = has(&["нас", "обоє"])
            || has(&["двоє", "троє", "четверо"]) && u.said.contains(':')
            || m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
            || crate::reader::roster::is_asked(m);
        let of_home = [Topic::OthersRegistered, Topic::HostName, Topic::Remaining];
        let counted = mine::in_counted_row(u, self.word);
        let open = (u.written || counted)
            && !u.is_staff()
            && !m.asked.asks_any(&of_home)
            && m.mover == 0
            && self.near.is_none()
            && self.given.is_some()
            && (self.nominative || self.pet || self.name.danish);
        let stays = u
            .all_words()
            .iter()
            .any(|w| w.contains("лиша") || *w == "там");
        let in_row = counted || mine::in_row_with_me(u, self.word, self.follows);
        if !told && !counted || !open || stays || !in_row {
            return None;
        }
        Some(mine::of_row(m, self.name))
    }

    /// A child with its birth date or number right behind the name.
    fn of_minor(&self, m: &mut Memory) -> Option<PersonId> {
        if self.says_me {
            return None;
        }
        minors::named(m, self.u, self.name, self.word, self.follows)
    }

    /// The citizen says another name than the one that an employee read out, which is forgotten.
    fn instead_of_read_out(&self, m: &mut Memory) -> Option<PersonId> {
        if !self.says_me || !strangers::only_read_out(m, self.name) {
            return None;
        }
        for field in ["given_names", "given_names_native", patronymic::PATRONYMIC] {
            m.beliefs.remove(&Memory::key(0, field));
        }
        Some(0)
    }

    /// The citizen's own name, told for the first time.
    fn first_of_citizen(&self, m: &Memory) -> Option<PersonId> {
        (self.says_me && !named(m, 0)).then_some(0)
    }

    /// Whose name is on the door or on the contract.
    fn of_whose_home(&self, m: &mut Memory) -> Decision {
        if self.says_me {
            return None;
        }
        let id = strangers::host(m, self.u, self.word, self.before)?;
        Some((!named(m, id)).then_some(id))
    }

    /// «Кличуть мене Леся, але в паспорті я Олександра Ковтун»
    fn of_passport(&self, m: &Memory) -> Option<PersonId> {
        // «І Яринка, в паспорті Ярина» names a child.
        let passport = self.before.iter().any(|w| w.starts_with("паспорт"))
            && (self.last == Some(Who::Me) || m.asked.asks_any(&[Topic::Name, Topic::Spelling]));
        let mine = (self.says_me || passport)
            && self.given.is_some()
            && m.belief(&Memory::key(0, "given_names"))
                .is_some_and(|b| b.is_unsure());
        mine.then_some(0)
    }
}
