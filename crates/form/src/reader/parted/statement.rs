//! What the children's other parent says to the move, by what they said, did or threaten with.

use std::sync::LazyLock;

use super::super::pattern::Lexicon;
use super::*;
use crate::reader::facts::{Fact, Hit};

const KEY: &str = "children[].other_parent_statement";

static SAYS: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| {
    Lexicon::closed(&[
        (
            "agrees",
            &[
                "не проти|заперечує|заперечують|заперечувала|заперечував|тримає",
                "тримати не буду|буде",
                "згоден|згодна|згідна|згідний|згідні|згодні",
                "погодився|погодилась|погодилася|погодились|погоджується",
                "дозволив|дозволила|дозволили|дозволяє|відпустив|відпустила",
                "дав|дала|дали * дозвіл|згоду|добро|папір",
                "дозвіл|згоду дав|дала|дали|підписав|підписала",
                "нічого не має проти",
                "хай|нехай|най живе|живуть|їде|їдуть|пробує|дівчата|хлопці|діти",
                "роби|робіть як|що",
                "мені|йому|їй однаково|байдуже",
                "сам|сама|сами запропонував|запропонувала|попросив|попросила|просив|просила|привіз|привезла|відвіз|відвезла|відвозила|відвозив",
                "сам|сама * квиток|квитки",
                "сам|сама мені|нам * знайшов|знайшла|узяв|взяв|взяла|купив|купила",
                "з ним|нею|колишнім|колишньою * домовил~|вирішили",
                "разом|удвох|вдвох * вирішили|домовил~",
                "палець|пальця угору|вгору",
                "каже|сказав|сказала|пише|написав|написала|писав|писала|відповів|відповіла добре|гаразд|окей|ок|їдь|їдьте|можна|бери|беріть",
                "звісно|звичайно він|вона за",
            ],
        ),
        (
            "knows",
            &[
                "в|у курсі",
                "він|вона|жінка|чоловік|тато|мама|дружина * знає",
            ],
        ),
        (
            "not_reachable",
            &[
                "телефон|номер мовчить|мертвий|вимкнений|недоступний",
                "не пише * не дзвонить|телефонує",
                "не дзвонить * не пише",
                "ні|ані дзвінка|слуху|листа",
                "не знайдете|знайдеш",
                "як у|в воду",
                "номер змінив|змінила",
                "не виходить на зв'язок",
                "зв'язку * нема|немає",
                "нема|немає зв'язку",
                "не знаю|знаємо де він|вона",
                "він|вона зник|зникла|пропав|пропала",
                "зник|зникла|пропав|пропала * рік|роки|років|місяць|місяці|місяців",
            ],
        ),
        (
            "disagrees",
            &[
                "проти",
                "не хоче|хотів|хотіла|дасть|дає|віддасть|пустить|пускає|відпускає|відпустить|згоден|згодна|погоджується|дозволяє|дозволив|дозволила",
                "упирається|впирається|уперся|вперся|уперлась|вперлась|уперлася|вперлася",
                "скандал|скандалить|судитиметься|судитися|погрожує|лякає",
                "палець|пальця униз|вниз",
            ],
        ),
    ])
});

/// Reads what the other parent says, where they are spoken of.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let asked = m.asked.asks(Topic::OtherParentAgrees) || asks_by_name(m);
    if m.heard_now.iter().any(|k| k == KEY) || m.has(KEY) || !in_view(m, u, refs) {
        return;
    }
    let declares = m.declaration_turn.is_some_and(|turn| turn + 1 >= m.turns);
    if declares && !asked && !names_parent(&u.all_words()) {
        return;
    }
    let mut found: Option<(&str, &Sentence)> = None;
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        // «Якби він був проти», «мабуть, буде не проти»: nobody has said it yet.
        if has(
            &words,
            &["якщо", "якби", "мабуть", "певно", "подруга", "сусідка"],
        ) {
            continue;
        }
        let turned = words.iter().position(|w| *w == "але");
        for (value, range) in SAYS.find_all(&words) {
            // «Мама дитини проти, але фактично дитина зі мною»: said before it turns.
            let stands = value == "disagrees" && turned.is_some_and(|at| range.end <= at);
            if turned.is_some() && !stands {
                continue;
            }
            let at = range.start;
            let before = at.checked_sub(1).map_or("", |b| words[b]);
            let told = words[range.clone()].contains(&"не");
            let own = words[at.saturating_sub(2)..at]
                .iter()
                .any(|w| matches!(*w, "я" | "ми"));
            let nothing = words[at.saturating_sub(3)..at].contains(&"нічого");
            let not_said =
                !told && matches!(before, "не" | "ні") || value == "disagrees" && nothing;
            if not_said || own && value != "disagrees" {
                continue;
            }
            let weaker = value == "knows" && (!asked || found.is_some() || !has_children(m));
            if !weaker {
                found = Some((value, sentence));
            }
        }
    }
    let Some((value, sentence)) = found else {
        return;
    };
    let knows = value == "knows";
    let value = if knows { "agrees" } else { value };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.7)
        .unsure(knows || value == "not_reachable" && !asked)
        .in_passing(!asked);
    m.hear(KEY, heard);
}

/// "Så skriver Oleksandra lige under her. Tak.": the other parent signs at the counter.
pub(super) fn signs_here(m: &mut Memory, u: &Utterance<'_>) {
    let known = m.other_parent.or_else(|| {
        let couple = |p: &&crate::reader::memory::Person| p.kin.is_some_and(Kin::is_couple);
        m.people.iter().find(couple).map(|p| p.id)
    });
    let name = known.and_then(|id| m.text(&Memory::key(id, "given_names")));
    let Some(name) = name.map(tolkebot_values::fold) else {
        return;
    };
    let given = name.split(' ').next().unwrap_or("");
    let signs = u.sentences.iter().filter(|s| !s.question).any(|s| {
        let words = u.words(s.words.clone());
        words.windows(2).any(|w| {
            matches!(w, ["skriver" | "skrev", who] if *who == given)
                || matches!(w, [who, "skriver" | "skrev"] if *who == given)
        }) && words.contains(&"under")
    });
    if u.is_staff() && signs && has_children(m) && !m.has(KEY) && m.has("children[].custody") {
        m.hear(KEY, Heard::new("co_signed", u.evidence(0..0), 0.7));
    }
}

/// "Så behøver jeg ikke høre ham": of a parent who has agreed already, which stands.
pub(in crate::reader) fn heard_already(m: &Memory, hit: &Hit) -> bool {
    hit.row.key == KEY
        && hit.row.fact == Fact::Text("not_required")
        && matches!(m.text(KEY), Some("agrees" | "co_signed"))
}

/// «Обидва англійською», «обоє»: signatures only where somebody asked for them.
pub(in crate::reader) fn only_both(m: &Memory, words: &[&str], hit: &Hit) -> bool {
    hit.row.fact == Fact::Text("co_signed")
        && matches!(&words[hit.words.clone()], ["обоє" | "обидва" | "обидві"])
        && !staff_says(
            m,
            &["under", "underskrift", "underskrevet", "underskrifter"],
        )
}

/// "Jeg sender et brev til ham": a host, as long as no other parent is spoken of or has answered already.
pub(in crate::reader) fn of_nobody(m: &Memory, words: &[&str], hit: &Hit) -> bool {
    let said = &words[hit.words.clone()];
    let writes = has(said, &["brev", "skriver", "kollega"]);
    let named = has(words, &["far", "mor", "faren", "moren"]) || starts(words, &["høring"]);
    let known =
        m.other_parent.is_some() || m.parent_spoken.is_some() || m.has("children[].custody");
    let open = known && m.host.is_none() && !m.has(KEY) && has_children(m);
    hit.row.key == KEY && writes && !named && !open
}
