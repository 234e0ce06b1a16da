//! «Я Павло, а це Олена, дружина», «Олена, дружина, і Марко, син»: the word for a relative stands behind the name, between
//! signs.

use super::*;

impl Mention<'_, '_> {
    /// Whoever the word right behind the name says it is.
    pub(super) fn apposed(&self, m: &mut Memory) -> Option<PersonId> {
        let u = self.u;
        self.given.as_ref()?;
        // "Hvad hedder du?" – «Ірина Коваль, мама.»
        let own = self.says_me || self.asked_name && self.opens && !named(m, 0);
        // «З Августом, чоловік мій, …» of a name in whatever case.
        let governed = matches!(
            self.before.last(),
            Some(&("з" | "із" | "зі" | "до" | "від" | "у" | "в" | "для" | "без" | "про"))
        );
        if u.is_staff() || !u.written || m.mover != 0 || own || governed || !self.nominative {
            return None;
        }
        let relative = self.relative_behind()?;
        let fits = match (relative.sex(), sex_of(self.name)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        // "Barnet på skødet, flytter det også?" – «Це Мирон, наш онук»: of whom it was asked, others find out.
        let asked = m.asked.kin();
        let other = asked.is_some_and(|kin| kin.is_child() != relative.is_child());
        if !fits || other || !self.names_come_first() {
            return None;
        }
        let id = m.person_for_kin(relative);
        Some(of_relative(m, relative, id, self.name))
    }

    /// The relative of «…, дружина.», «…, моя донька,», «… — син і».
    fn relative_behind(&self) -> Option<Kin> {
        let u = self.u;
        let sentence = u.sentence_at(u.token(self.word).span.start)?.words.clone();
        let behind = |word: usize| {
            sentence
                .contains(&word)
                .then(|| u.token(word).text.as_str())
        };
        let parted = |word: usize| {
            let sign = &u.tokens[u.word_tokens[word] - 1];
            [',', '—', '–', '-', ';'].iter().any(|c| sign.is_sign(*c))
        };
        behind(self.follows).filter(|_| parted(self.follows))?;
        let mine = |word: usize| matches!(behind(word), Some("мій" | "моя" | "наш" | "наша"));
        let at = self.follows + usize::from(mine(self.follows));
        let word = behind(at)?;
        let next = at + 1 + usize::from(mine(at + 1));
        // «Олена, сестра чоловіка» is another one's.
        let closed = match behind(next) {
            None | Some("і" | "й" | "та" | "а") => true,
            Some(_) => parted(next),
        };
        (closed && is_nominative(word)).then(|| kin(word, u.lang()))?
    }

    /// In a row names stand before the words for relatives or behind them: the first of the sentence tells.
    fn names_come_first(&self) -> bool {
        let u = self.u;
        let Some(sentence) = u.sentence_at(u.token(self.word).span.start) else {
            return false;
        };
        let mut before = sentence.words.start..self.word;
        !before.any(|word| is_nominative(u.token(word).text.as_str()))
            || u.names().iter().any(|name| {
                let at = u.word_at(name.span.start);
                sentence.words.contains(&at)
                    && !(sentence.words.start..at)
                        .any(|word| is_nominative(u.token(word).text.as_str()))
            })
    }
}

/// Words for relatives as they stand beside a name.
fn is_nominative(word: &str) -> bool {
    matches!(
        word,
        "дружина"
            | "жінка"
            | "жона"
            | "чоловік"
            | "син"
            | "синок"
            | "синочок"
            | "донька"
            | "дочка"
            | "доня"
            | "донечка"
            | "мама"
            | "мати"
            | "тато"
            | "батько"
            | "брат"
            | "сестра"
            | "бабуся"
            | "дідусь"
            | "онук"
            | "внук"
            | "онука"
            | "внучка"
            | "теща"
            | "тесть"
            | "свекруха"
            | "свекор"
            | "тітка"
            | "дядько"
            | "племінник"
            | "племінниця"
            | "партнер"
            | "партнерка"
    )
}
