//! Negation: "betaler ikke" must not become «платить», nor the other way round.
//!
//! Only a side that clearly denies is compared with one that has nothing of the kind. A turn that one language says with
//! a negation and the other without ([`TURNS_DA`], «не забудьте» is "husk") proves nothing, nor does a negation in a
//! question («чи не могли б Ви»), and many words may stand for one («немає» is "mangler"). The lists were fitted to the
//! pairs of `models/training/mt/data` and of `data/phrases.tsv`, of which fewer than one in 300 is objected to.

use tolkebot_protocol::Lang;

use super::kin::{is_any, words};
use crate::text::sentences_by;

/// Words that deny, in Danish.
const SURE_DA: &str = "\
    ikke ingen intet ingenting aldrig hverken";

/// Words that deny, in Ukrainian; «нічого» does so only beside another of them.
const SURE_UK: &str = "\
    не немає нема ніколи ніхто нікого нікому ніким ані жоден жодна жодне жодного жодної жодному \
    жодній жодну жодним жодною жодних жодні жодними ніде нікуди ніякий ніяка ніяке ніякі \
    ніякого ніякої ніяку ніяких";

/// Turns that deny nothing, or that the other language says without a negation as well, parted by `|`. `*` stands for any
/// letters, alone for any word.
const TURNS_DA: &str = "\
    ikke sandt|ikke også|ikke kun|ikke bare|ikke blot|ikke alene|ikke mindst|ikke før|ikke nok|\
    ikke ret|ikke langt|ikke så|ikke særlig|ikke samme|ikke sikkert|ikke usædvanlig*|\
    ikke umulig*|ikke ualmindelig*|ikke uden grund|ikke andet|ikke * andet end|ikke længere end|\
    ikke mere end|ikke kortere|ikke senere end|tør ikke|tør jeg ikke|turde ikke|nænner ikke|\
    gider ikke|siger ikke noget|det siger du ikke|nej ikke|nej slet ikke|slet ikke nej|\
    nej selvfølgelig ikke|nej desværre ikke|eller ej|eller ikke|eller nej|man ved aldrig|\
    aldrig i livet|ingen årsag|ingen tvivl|på ingen tid|for ingenting|som ingenting|\
    gør ikke noget|ikke noget i vejen|intet i vejen|lad være|lad * være|lader * være|lader være|\
    lade være|lade * være|la'r * være|længe siden|hold op|holde op|holdt op|holder op|siger fra|\
    lige meget|se bort|ser bort|bort fra|det mener du ikke|mangler ikke|ikke meget|holde vejret|\
    hold vejret|bliver hjemme|lader * * være|la'r * * være|lader * * stå|andre end|andet end|\
    lige ved|bliv ved|bliver ved|blive ved|lige så|så længe|imod|for * til|heller ikke selv|\
    heller ikke hvis|midt i ingenting|ude i ingenting|ikke nogen steder|nytter ikke|\
    nytter det ikke|rager ikke|intet var hændt|sagde jeg ikke|i stykker|ude af";

/// The same in Ukrainian.
const TURNS_UK: &str = "\
    не тільки|не лише|не просто|не лиш|не пізніше|не раніше|не більше|не менше|не менш|не гірш*|\
    не далі|не раз|не одн*|не один|до уваги не|не самі|не сам|не сама|мало не|ледь не|ледве не|\
    трохи не|хіба не|хіба немає|якщо ні|якщо не рахувати|або ні|не проти|не інакше|не забу*|\
    не хвилю*|не турбу*|не пережива*|не поспіша*|не соромтеся|не соромся|не бійтеся|не бійся|\
    не гніва*|не клад*|не засина*|не здава*|не мовч*|не відмов*|не відклада*|немає за що|\
    не за що|не нерву*|не паніку*|не ляка*|\
    нема за що|не дай|не так|не туди|не там|не тут|не варто|терпіти не|не має значення|\
    немає значення|не біда|не диво|не дивно|не звикати|не буває|не виповни*|не підкажете|\
    не могли б|не міг би|не могла б|не заперечу*|не завадить|ні пуху|щоб не|аби не|як не|\
    щоб ніхто|не всі вдома|не стало|не страшн*|не зважа*|не чіпа*|не спати|не помилк*|не вміст*|\
    не вліз*|без жодн*|без ніяк*|не вищ*|не дочек*|не крут*|не скажеш|не в гуморі|не зна* що|\
    не ворушися|ні якщо|що не день|ви не знаєте|а не";

/// Words that may stand for a negation of the other side («не працює» is "lukket").
const LOOSE_DA: &str = "\
    uden medmindre mangl* undtagen fritag* fritog undlad* undlod undgå* forkert* forbud* \
    forbyd* nægt* afvis* afslå* næppe knap sjældent stedet frem ellers gratis stop* ligegyldig* \
    ligeglad* væk udelukke* før inden næsten lukk* nede døv* blind* død* døde tom* *frit *fri \
    tvivl* slap slip* slippe* udelad* glem* tabt* savne* kun først senest alene fejl* galt \
    fravær* nødig opgive* udeblev* udebliv* misforst* udenfor behold* fuld* optaget forskel* \
    vågen hemmelig* skjul* tavs* tie ti hader hade forsvund* ude løgn vågne mislyk* mistro* \
    overse* fraråd* slukk* slett* skån* udenom tryg tør tørt lod nedlagt indendørs *tomt \
    umulig* vilje værre svær* *løs *løse *løst modsat* dumt vent* vågent bortset slut stille \
    mistet mister højst hindre* afbud forsømt snyd* turde underkendt overså";

/// The same in Ukrainian («тут замало» is "her er ikke nok").
const LOOSE_UK: &str = "\
    без* відмов* відсутн* брак* замало обмаль мало рідко ледве ледь навряд заборон* перестав* \
    перестан* припин* зник* хтозна мовч* поган* кепськ* анітрохи нізащо ніщо нічого нічому \
    нічим годі плута* бою* боїт* боя* інакше різн* аж крім окрім пізно далеко проти заважк* \
    шкода сором* ні-ні анічого марн* скінчи* порожн* сліп* уперше вперше алергі* дрібниц* гріх* \
    задурно задарма *хоч серед навіть ніби скоро забув* забул*";

/// Words in which "u" is no prefix of a negation ("uændret").
const NO_PREFIX_DA: &str = "\
    ud* uge* und* ukrain* ung* uni* uld* ulykke* urt* ure*";

/// Words in which «не» is none («незмінний»).
const NO_PREFIX_UK: &str = "\
    неділ* недавно нещодавно неб* нерв* несе* несу* нести необхідн* негайн* неймовірн* невже \
    нехай немов* недорог*";

/// Loose words of both sides that stand for each other: where both are, neither stands for a negation.
const PAIRS: [(&str, &str); 6] = [
    ("uden", "без*"),
    ("kun bare", "лише тільки лиш"),
    ("forbud* forbyd*", "заборон*"),
    ("mangl*", "брак*"),
    ("før inden først", "перед раніше перш* спочатку"),
    ("vent*", "чека* зачека* почека*"),
];

/// «не той», «не до тієї»: "forkert".
const POINTING: &str = "той та те ті того тієї тої тому тій ту тим тією тих такий така таке такі такого \
    такої такому такій таку таким такою таких";
const BEFORE_POINTING: &str = "до на з в у зі від про із за по";
/// «хто б не прийшов»: "hvem der end".
const WHOEVER: &str =
    "хто кого що чого чому як яка який яке які якою яким якого де куди коли скільки";
/// «Ви переїхали, так»: "ikke?"
const TAGS: [&str; 5] = ["так", "правда", "правильно", "вірно", "ж"];

/// What a text denies.
#[derive(Debug, Default)]
struct Denial {
    /// It clearly denies something.
    sure: bool,
    /// How often "nej" or «ні» stands by itself.
    answers: usize,
    /// Something in it may be said with a negation.
    turn: bool,
    /// Its words that may stand for a negation.
    loose: Vec<String>,
    /// It begins with yes or no.
    begins: Option<bool>,
    /// All its words.
    words: Vec<String>,
}

/// Whether one side clearly denies and the other does not, as a whole or sentence by sentence.
pub(super) fn differs(source: &str, target: &str, from: Lang) -> bool {
    let (da, uk) = match from {
        Lang::Da => (source, target),
        Lang::Uk => (target, source),
    };
    if differ(da, uk) {
        return true;
    }
    let (da, uk) = (sentences(da), sentences(uk));
    da.len() > 1 && da.len() == uk.len() && da.iter().zip(uk).any(|(da, uk)| differ(da, uk))
}

fn differ(da: &str, uk: &str) -> bool {
    let (mut da, mut uk) = (Denial::read(da, Lang::Da), Denial::read(uk, Lang::Uk));
    for (in_da, in_uk) in PAIRS {
        if da.words.iter().any(|w| is_in(w, in_da)) && uk.words.iter().any(|w| is_in(w, in_uk)) {
            da.loose.retain(|w| !is_in(w, in_da));
            uk.loose.retain(|w| !is_in(w, in_uk));
        }
    }
    da.is_lost_in(&uk) || uk.is_lost_in(&da)
}

impl Denial {
    fn read(text: &str, lang: Lang) -> Denial {
        let mut out = Denial {
            words: words(text),
            ..Denial::default()
        };
        let first = out.words.first().map(String::as_str);
        out.begins = match (lang, first) {
            (Lang::Da, Some("nej")) | (Lang::Uk, Some("ні")) => Some(false),
            (Lang::Da, Some("ja")) | (Lang::Uk, Some("так")) => Some(true),
            _ => None,
        };
        for sentence in sentences(text) {
            out.add(sentence, lang);
        }
        out
    }

    fn add(&mut self, sentence: &str, lang: Lang) {
        let (sure, loose, prefix, no_prefix) = match lang {
            Lang::Da => (SURE_DA, LOOSE_DA, "u", NO_PREFIX_DA),
            Lang::Uk => (SURE_UK, LOOSE_UK, "не", NO_PREFIX_UK),
        };
        let words = words(sentence);
        let question = sentence.contains('?') || lang == Lang::Da && asks(&words);
        let in_turn = in_turns(&words, lang);
        self.turn |= in_turn.contains(&true) || lang == Lang::Uk && has_tag(&words);
        for (at, word) in words.iter().enumerate() {
            let long = word.chars().count() >= 5;
            if in_turn[at] {
                continue;
            }
            if is_in(word, sure) {
                self.deny(question);
            } else if lang == Lang::Da && matches!(word.as_str(), "nej" | "næ") {
                self.answers += 1;
            } else if lang == Lang::Uk && word == "ні" {
                // «Мабуть, ні» is "det tror jeg ikke".
                match at == 0 || words[at - 1] == "ні" || question {
                    true => self.answers += 1,
                    false => self.sure = true,
                }
            } else if is_in(word, loose) {
                self.loose.push(word.clone());
            } else if long && word.starts_with(prefix) && !is_in(word, no_prefix) {
                self.turn = true;
            }
        }
    }

    fn deny(&mut self, question: bool) {
        match question {
            true => self.turn = true,
            false => self.sure = true,
        }
    }

    /// Nothing in it stands for a negation, in whatever words.
    fn is_free(&self) -> bool {
        !self.sure && !self.turn && self.loose.is_empty()
    }

    fn is_lost_in(&self, other: &Denial) -> bool {
        // «Мабуть, ні» for "det er det nok ikke".
        let denied = self.sure && other.answers <= self.answers;
        let turned = other.begins == Some(true) || self.words.len() == 1;
        let answered = self.begins == Some(false) && other.answers == 0 && turned;
        other.is_free() && (denied || answered)
    }
}

/// Which words belong to turns that prove nothing.
fn in_turns(words: &[String], lang: Lang) -> Vec<bool> {
    let mut out = vec![false; words.len()];
    let turns = match lang {
        Lang::Da => TURNS_DA,
        Lang::Uk => TURNS_UK,
    };
    for turn in turns.split('|') {
        let turn: Vec<&str> = turn.split(' ').collect();
        for (at, here) in words.windows(turn.len()).enumerate() {
            if here
                .iter()
                .zip(&turn)
                .all(|(word, one)| is_any(word, &[*one]))
            {
                out[at..at + turn.len()].fill(true);
            }
        }
    }
    if lang == Lang::Uk {
        for (at, idle) in out.iter_mut().enumerate() {
            *idle |= is_idle(words, at);
        }
    }
    out
}

/// Whether this «не» or «немає» is part of a turn of Ukrainian grammar.
fn is_idle(words: &[String], at: usize) -> bool {
    let word = words[at].as_str();
    if !matches!(word, "не" | "немає" | "нема") {
        return false;
    }
    let before = |n: usize| &words[at.saturating_sub(n)..at];
    let next = |n: usize| words.get(at + n).map_or("", String::as_str);
    let pointing =
        is_in(next(1), POINTING) || is_in(next(1), BEFORE_POINTING) && is_in(next(2), POINTING);
    // «йому немає вісімнадцяти»: "er under atten".
    let age = next(1).starts_with(|c: char| c.is_ascii_digit())
        || next(1) == "трьох"
        || next(1).ends_with("надцяти");
    // «поки не прийде»: "til han kommer".
    let until = |w: &String| matches!(w.as_str(), "поки" | "доки" | "допоки");
    let whether = |w: &String| matches!(w.as_str(), "чи" | "мало" | "ледь");
    let ever = (at.saturating_sub(3)..at).any(|would| {
        matches!(words[would].as_str(), "б" | "би")
            && would
                .checked_sub(1)
                .is_some_and(|who| is_in(&words[who], WHOEVER))
    });
    pointing
        || word != "не" && age
        || before(6).iter().any(until)
        || before(4).iter().any(whether)
        || ever
}

/// "Kan du ikke …", as a recogniser writes it without a mark.
fn asks(words: &[String]) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    matches!(word(0), "kan" | "vil" | "kunne") && word(2) == "ikke"
}

/// «…, так», as a recogniser writes it without a mark.
fn has_tag(words: &[String]) -> bool {
    words.first() != words.last()
        && words
            .last()
            .is_some_and(|last| TAGS.contains(&last.as_str()))
}

/// Whether a word is one of a list.
fn is_in(word: &str, list: &str) -> bool {
    list.split(' ').any(|one| is_any(word, &[one]))
}

/// Sentences with their marks. The full stop of "den 5. maj" parts one side only: then only the wholes are compared.
fn sentences(text: &str) -> Vec<&str> {
    sentences_by(text, &['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(da: &str, uk: &str) -> [bool; 2] {
        [differs(da, uk, Lang::Da), differs(uk, da, Lang::Uk)]
    }

    #[test]
    fn what_is_said_otherwise_is_the_same() {
        for (da, uk) in [
            ("Jeg har ikke noget pas.", "У мене немає паспорта."),
            ("Jeg bor her ikke endnu.", "Я тут ще не живу."),
            ("Jeg har ingen børn.", "У мене немає дітей."),
            ("Vi har aldrig boet der.", "Ми ніколи там не жили."),
            (
                "Du er flyttet ind, ikke også?",
                "Ви вже в’їхали, чи не так?",
            ),
            ("Det er rigtigt, ikke sandt?", "Це правильно, правда ж?"),
            (
                "Kunne du vise mig passet?",
                "Чи не могли б Ви показати мені паспорт?",
            ),
            ("Kunne du ikke komme i morgen?", "Можете прийти завтра?"),
            ("Husk at skrive under.", "Не забудьте підписати."),
            ("Det er i orden.", "Нічого страшного."),
            ("Ingen årsag.", "Прошу."),
            ("Selv tak.", "Немає за що."),
            ("Selv tak.", "Не за що."),
            ("Bare rolig.", "Не нервуйте."),
            ("Ikke kun mig, men også min søn.", "Не тільки я, а й син."),
            ("Jeg er ugift.", "Я не одружена."),
            ("Jeg er ikke gift.", "Я неодружена."),
            ("Adressen er uændret.", "Адреса не змінилася."),
            ("Vent, til han kommer.", "Зачекайте, поки він не прийде."),
            ("Hvis du ikke kan, så ring.", "Якщо не зможете, подзвоніть."),
            (
                "Jeg flytter ikke den 5., men den 6.",
                "Я переїжджаю не 5-го, а 6-го.",
            ),
            ("Kontoret er lukket i dag.", "Установа сьогодні не працює."),
            ("Nøglen mangler.", "Ключа немає."),
            ("Jeg bor uden min mand.", "Я живу без чоловіка."),
            (
                "Medmindre han kommer, bliver jeg her.",
                "Якщо він не прийде, я лишуся тут.",
            ),
            ("Jeg er næsten faldet.", "Я мало не впала."),
            ("Nej, jeg bor her.", "Ні, я живу тут."),
            ("Det ved ingen.", "Цього ніхто не знає."),
            ("Hverken far eller mor.", "Ані тато, ані мама."),
            ("Vi kommer på søndag.", "Ми прийдемо в неділю."),
            ("Pas er nødvendigt.", "Паспорт необхідний."),
            ("Vi flyttede for nylig.", "Ми недавно переїхали."),
            ("Det er det forkerte hus.", "Це не той будинок."),
            ("Hun er under atten.", "Їй ще немає вісімнадцяти."),
        ] {
            assert_eq!(both(da, uk), [false; 2], "{da} | {uk}");
        }
    }

    #[test]
    fn a_negation_that_is_lost_or_invented_is_seen() {
        for (da, uk) in [
            ("Jeg skal betale.", "Я не маю платити."),
            ("Du skal betale.", "Вам не треба платити."),
            ("Jeg skal ikke betale.", "Я маю платити."),
            ("Jeg bor der ikke mere.", "Я там живу."),
            ("Jeg har ingen børn.", "У мене є діти."),
            ("Han har pas.", "У нього немає паспорта."),
            ("Vi har aldrig boet der.", "Ми там жили."),
            ("Vi har boet der.", "Ми ніколи там не жили."),
            ("Nej.", "Так."),
            ("Ja.", "Ні."),
            ("Nej, det er min søn.", "Так, це мій син."),
            ("Ingen har nøglen.", "Ключ є в сусіда."),
            ("Det ved hverken hun eller jeg.", "Це знаємо вона і я."),
            ("Jeg er ikke gift.", "Я одружена."),
            (
                "Han kommer ikke. Hun kommer ikke.",
                "Він не прийде. Вона прийде.",
            ),
            (
                "Nej. Jeg har ikke et CPR-nummer.",
                "Ні. У мене є номер CPR.",
            ),
            ("Kontrakten er ikke underskrevet.", "Договір підписано."),
            ("De bor sammen.", "Вони не живуть разом."),
        ] {
            assert_eq!(both(da, uk), [true; 2], "{da} | {uk}");
        }
    }
}
