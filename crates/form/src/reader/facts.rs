//! Plain facts that words show directly: doctor, dwelling, lease, custody, consent.
//!
//! Each row says: these words, said by this side, while this is asked (or at any time), mean this
//! value of this slot. Rows that need a question are short answers; rows without are statements.

use std::ops::Range;
use std::sync::LazyLock;

use serde_json::Value;
use tolkebot_protocol::Lang;

use super::asked::Asked;
use super::pattern::Lexicon;
use super::topic::Topic;

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    Text(&'static str),
    Yes,
    No,
}

impl Fact {
    pub(crate) fn value(self) -> Value {
        match self {
            Fact::Text(text) => Value::from(text),
            Fact::Yes => Value::Bool(true),
            Fact::No => Value::Bool(false),
        }
    }
}

pub(crate) struct Row {
    pub key: &'static str,
    pub fact: Fact,
    /// One of these must be asked; empty: at any time.
    pub asked: &'static [Topic],
    patterns: &'static [&'static str],
}

const fn row(
    key: &'static str,
    fact: Fact,
    asked: &'static [Topic],
    patterns: &'static [&'static str],
) -> Row {
    Row {
        key,
        fact,
        asked,
        patterns,
    }
}

use Fact::{No, Text, Yes};
use Topic as T;

/// What citizens say in Ukrainian.
const CITIZEN_UK: &[Row] = &[
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &[
            "лікар~ * залиш~|лиша~|лишу|лишіть|лишайте",
            "лікар~ * не * міня~|змін~|чіпа~",
            "залиш~|лиша~|лишу * лікар~",
            "не хоч~ * нов~ лікар~",
            "не треба нов~ лікар~",
            "лікар~ * той самий|той же",
            "лікар~ * тримається свого",
            "лікар~ * нехай|хай * залиш~|лиш~|буде",
            "лікар~ * старий|старого|стару",
            "свого|свою|мого|мою лікар~ * залиш~|лиш~",
            "не міня~ лікар~",
        ],
    ),
    row(
        "gp.choice",
        Text("keep"),
        &[T::Doctor],
        &[
            "залиш~",
            "лиша~",
            "лишу",
            "лишіть",
            "той самий",
            "та сама",
            "ту саму",
            "того самого",
            "тим самим",
            "не чіпа~",
            "нехай|хай старий|той|та",
            "старого",
            "стару",
            "свого",
            "мого",
            "не міня~",
            "не хоч~ нов~",
            "нового не треба",
            "не треба",
            "зі старим",
            "звикл~",
            "міняти|змінювати не",
            "боже збав міняти",
            "один і той",
        ],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &[
            "хоч~ нов~ лікар~",
            "нов~ лікар~ * хоч~",
            "міня~ лікар~",
            "змін~ лікар~",
            "іншого лікаря",
            "іншу лікарку",
            "лікар~ * ближче",
        ],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[T::Doctor],
        &[
            "нового",
            "нову",
            "нам нового",
            "міняє~",
            "міняю",
            "міняємо",
            "треба нового|нову|іншого|іншу",
            "краще тут",
            "хочу тут",
            "десь тут|поруч|поблизу|ближче",
            "поміня~",
            "змін~",
            "перепишіть",
            "ближче",
            "їхній",
            "такого ж",
            "переход~",
            "іншого",
            "іншу",
            "давайте",
            "тоді туди",
            "у вашому районі",
            "тут поруч",
        ],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[T::Doctor],
        &[
            "потім",
            "пізніше",
            "згодом",
            "ще не зна~",
            "подивлюся",
            "подумаю",
            "виберу|виберемо потім|пізніше",
            "оберу|оберемо * потім|пізніше|згодом",
            "іншим разом",
            "не зараз",
            "ще подумаю|подумаємо|подивимося",
            "ще не виріши~|вибра~",
            "подумаємо",
            "потім побачимо",
            "виберу * сам~",
            "оберу * сам~",
            "вирішу",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_social"),
        &[],
        &[
            "житлов~ товариств~|компані~|кооператив~|асоціаці~|спілк~",
            "боліґфоренінґ~",
            "болігфоренінг~",
            "соціальн~ житл~|квартир~",
            "товариств~ орхус~",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_social"),
        &[T::DwellingType],
        &["через них", "від товариств~"],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[],
        &[
            "приватн~ господар~|людин~|особ~|орендодав~|хазя~|власник~",
            "у приватн~",
            "від приватн~",
            "агенці~ приватно",
            "орендує~ * приватн~",
            "орендую|орендуємо|орендував~ * приватн~",
            "винайма~|знімаю|знімаємо|зняв|зняла|зняли * у|в|від пана|пані|людини|подружжя|пари",
            "орендую|орендуємо * у|в|від пана|пані|людини|подружжя|пари|данця|данки",
            "знімаю|знімаємо * приватн~",
            "винаймаю|винаймаємо * приватн~",
        ],
    ),
    row(
        "dwelling.type",
        Text("rented_private"),
        &[T::DwellingType, T::Lease, T::HostName],
        &[
            "приватн~",
            "агентств~",
            "агенці~",
            "орендую",
            "орендуємо",
            "винаймаю",
            "винаймаємо",
            "знімаю",
            "знімаємо",
            "в оренду",
            "у пари",
            "хазя~",
            "господар~",
        ],
    ),
    row(
        "dwelling.type",
        Text("owned"),
        &[],
        &[
            "купи~ * хату|будинок|квартиру|дім|житло",
            "хату|будинок|квартиру|дім * купи~",
            "мій купили",
            "будинок на нього|неї|мене записан~",
            "власна|власну|власний|власне квартир~|будин~|дім|житло",
            "квартира|будинок * мій|моя|наша|наш|власн~",
        ],
    ),
    row(
        "dwelling.type",
        Text("owned"),
        &[T::DwellingType],
        &[
            "купи~",
            "власна",
            "власний",
            "власне",
            "моя власна",
            "наш власний",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "кооперативн~ квартир~|житл~",
            "андельс~",
            "кооператив купи~",
        ],
    ),
    row(
        "dwelling.type",
        Text("sublet"),
        &[],
        &[
            "суборенд~",
            "підоренд~",
            "перевинайма~",
            "поки хазяїн|господар|власник|він|вона за кордоном",
        ],
    ),
    row(
        "dwelling.type",
        Text("room"),
        &[],
        &[
            "здає|здав|здала|здають * кімнат~",
            "кімнат~ * у|в квартирі|будинку|домі|хаті",
            "зняв|зняла|найняв|найняла|винайняв|винайняла|отримав|отримала|маю|взяв|взяла * кімнат~",
            "одну кімнату",
            "кімнат~ * здає|здав|здала|здають",
            "кімнат~ у|в * здає",
            "винаймаю|знімаю|орендую|зняв|зняла|найняв|найняла кімнат~",
            "кімнатк~ в",
        ],
    ),
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &["гуртожит~", "колегіум~", "общаг~", "общаз~"],
    ),
    row(
        "dwelling.type",
        Text("municipal_temporary"),
        &[],
        &[
            "тимчасов~ житл~|квартир~|помешкан~",
            "комуна дала|надала|виділила",
            "від комуни житло|квартир~",
        ],
    ),
    row(
        "dwelling.type",
        Text("institution"),
        &[],
        &[
            "будин~ для літніх",
            "будин~ із наглядом",
            "будин~ догляду",
            "пансіонат~",
        ],
    ),
    row(
        "dwelling.type",
        Text("crisis_centre"),
        &[],
        &["центр~ для жінок", "кризов~ центр~", "притул~"],
    ),
    row(
        "dwelling.type",
        Text("holiday_home"),
        &[],
        &["на дачі", "дачн~ буди~", "літн~ будин~"],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &[
            "ось * договір",
            "ось * контракт",
            "договір ось",
            "контракт ось",
            "договір * ось він",
            "договір із собою|зі мною",
            "договір * із|з собою",
            "контракт із собою|зі мною",
            "контракт у мене з собою",
            "принесла|приніс * договір|контракт",
            "на рік ось дивіться",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[T::Lease],
        &["ось", "із собою", "з собою", "тримайте", "прошу подивіться"],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[T::Lease],
        &[
            "вдома забу~",
            "забули вдома",
            "забув|забула",
            "не взяв|взяла|взяли",
            "ще не підписа~",
            "принесу",
            "донесу",
            "надішлю",
            "поки нема~",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("copy"),
        &[],
        &[
            "ось * копія",
            "ось фото",
            "копія договору|контракту",
            "копію договору|контракту",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[],
        &[
            "договору|контракту * нема~",
            "паперів нема~",
            "без договору",
            "нема~ договору|контракту",
            "договір|контракт * вдома забу~",
            "договір|контракт * забу~",
            "договір|контракт * лишився|залишився вдома",
            "усно домовил~|домовлялися",
            "договір|контракт * принесу|донесу|надішлю",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[T::OthersRegistered],
        &[
            "ніхто",
            "нікого",
            "ніхто більше",
            "більше ніхто",
            "сам|сама живу",
            "живу сам|сама",
            "орендую сам|сама",
            "порожня",
            "порожній",
            "крім нас",
            "крім мене",
            "тільки ми",
            "лише ми",
            "тільки я",
            "лише я",
            "ні з ким",
        ],
    ),
    row(
        "dwelling.others_registered",
        No,
        &[],
        &[
            "живу сам|сама ні з ким",
            "зі мною ніхто не живе",
            "там ніхто * не живе",
            "там більше ніхто не живе|прописан~|зареєстрован~",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[T::OthersRegistered],
        &[
            "нас * двоє|троє|четверо|п'ятеро в|у|там",
            "ще один|одна|двоє|троє|дві|два",
            "сусід~ по квартирі",
        ],
    ),
    row(
        "dwelling.others_stay",
        Yes,
        &[T::HostStays],
        &["залиша~", "лиша~", "живе там", "звичайно", "живуть"],
    ),
    row(
        "dwelling.others_stay",
        Yes,
        &[],
        &[
            "теж|також там|тут живе|живуть|мешкає",
            "сам|сама там|тут живе|мешкає",
            "там|тут живе|мешкає сам|сама|з",
            "вони|вона|він * там живуть|живе",
            "вони|вона|він * там лишаються|лишається|залишаються|залишається",
            "сам|сама лишається|залишається",
            "живе там|тут сам|сама|теж|також|з",
            "живемо разом з нею|ним|ними",
            "ми там вдвох|утрьох|удвох",
            "живуть там з",
        ],
    ),
    row(
        "dwelling.others_stay",
        No,
        &[T::HostStays],
        &["виїжджа~", "виїхал~", "з'їхал~", "переїжджа~"],
    ),
    row(
        "mover.has_mitid",
        Yes,
        &[],
        &[
            "мітід * є",
            "є * мітід",
            "mitid * є",
            "є * mitid",
            "маю * мітід|mitid",
            "мітайді * є",
        ],
    ),
    row(
        "mover.has_mitid",
        No,
        &[],
        &[
            "мітід|mitid * нема~",
            "не маю мітід|mitid",
            "нема~ * мітід|mitid",
        ],
    ),
    row("mover.has_mitid", Yes, &[T::MitId], &["є", "маю", "так"]),
    row(
        "mover.has_mitid",
        No,
        &[T::MitId],
        &["нема~", "не маю", "ні", "ще ні"],
    ),
    row(
        "protection.requested",
        Yes,
        &[T::Protection],
        &[
            "мені це потрібно",
            "так хочу",
            "хочу",
            "обов'язково",
            "потрібно",
            "бажаю",
        ],
    ),
    row(
        "protection.requested",
        No,
        &[T::Protection],
        &[
            "не треба",
            "не потрібно",
            "ні навіщо",
            "навіщо",
            "не хочу",
            "ні дякую",
        ],
    ),
    row(
        "children[].custody",
        Text("joint"),
        &[T::Custody],
        &[
            "спільн~",
            "обоє маємо",
            "разом",
            "порівну",
            "обох",
            "у нас обох",
        ],
    ),
    row(
        "children[].custody",
        Text("joint"),
        &[],
        &[
            "спільн~ опік~|прав~",
            "прав~ * спільн~",
            "батьківські права * обох|спільні",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[T::Custody],
        &[
            "тільки я",
            "лише я",
            "сама",
            "тільки в|у мене",
            "лише в|у мене",
            "одна",
            "я один",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[],
        &[
            "я сама маю * прав~",
            "права * тільки|лише * мене",
            "прав~ тільки|лише мої",
        ],
    ),
    row(
        "children[].lived_with_before",
        Text("both"),
        &[T::LivedBefore],
        &[
            "нами обома",
            "обох",
            "з обома",
            "в нас",
            "разом з нами",
            "з нами",
        ],
    ),
    row(
        "children[].lived_with_before",
        Text("reporter"),
        &[T::LivedBefore],
        &["зі мною", "у мене", "в мене", "весь час зі мною"],
    ),
    row(
        "children[].lived_with_before",
        Text("other_parent"),
        &[T::LivedBefore],
        &[
            "з мамою",
            "у мами",
            "в мами",
            "з батьком",
            "у батька",
            "у нього",
            "у неї",
        ],
    ),
    row(
        "children[].residence_pattern",
        Text("mostly_reporter"),
        &[T::Residence],
        &["зі мною", "у мене", "в мене", "зі мною здебільшого"],
    ),
    row(
        "children[].residence_pattern",
        Text("mostly_other"),
        &[T::Residence],
        &["у батька", "у мами", "з батьком", "з мамою"],
    ),
    row(
        "children[].residence_pattern",
        Text("equal"),
        &[],
        &["тиждень у|в * тиждень у|в", "через тиждень у|в", "порівну"],
    ),
    row(
        "arrival.marital_status",
        Text("U"),
        &[T::Married],
        &[
            "не була ніколи",
            "не був ніколи",
            "неодружен~",
            "незаміжня",
            "ні не була",
            "не одружен~",
        ],
    ),
    row(
        "arrival.marital_status",
        Text("F"),
        &[T::Married],
        &["розлучен~"],
    ),
    row(
        "arrival.marital_status",
        Text("E"),
        &[T::Married],
        &["вдова", "вдівець", "удова"],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[T::HostRole, T::HostName, T::NewAddress, T::CurrentAddress],
        &["орендар~", "орендує", "винаймає", "знімає"],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[T::OtherParentAgrees],
        &[
            "згоден",
            "згодна",
            "не заперечу~",
            "не проти",
            "ми * домовил~",
            "підтриму~",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[],
        &[
            "знає і не заперечує",
            "він|вона згоден|згодна",
            "він|вона не проти",
            "батько|мати|мама|тато не проти|заперечу~",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("co_signed"),
        &[],
        &[
            "лист * з підписом",
            "підпише тут",
            "підпише * зараз",
            "він|вона підписав|підписала",
            "з його|її підписом",
        ],
    ),
    row(
        "children[].other_parent_statement",
        Text("disagrees"),
        &[T::OtherParentAgrees],
        &["він|вона проти", "не згоден|згодна", "заперечує"],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[T::Remaining],
        &[
            "всі",
            "усі",
            "ніхто",
            "нікого",
            "порожня",
            "обоє",
            "сама",
            "сам",
        ],
    ),
    row(
        "host.role",
        Text("tenant"),
        &[],
        &[
            "вона|він там орендує|винаймає|знімає",
            "вона|він орендує|винаймає|знімає",
            "вона|він сам|сама орендує|винаймає|знімає",
            "вона|він * орендар|орендарка",
            "договір на неї|нього|ньому|ній",
        ],
    ),
    row(
        "host.role",
        Text("owner"),
        &[],
        &[
            "вона|він * власник|власниця|господиня",
            "вона|він там власник|власниця|господар|господиня",
            "власник|власниця квартири|будинку|дому|хати|житла",
            "це її|його * дім|будинок|квартира|хата",
            "її|його власн~ дім|будинок|квартира|хата",
            "дім|будинок|квартира|хата її|його",
            "вона|він купила|купив",
            "дім|будинок|квартира|хата належить їй|йому|їм",
            "записан~ на неї|нього|них",
        ],
    ),
    row(
        "host.role",
        Text("owner"),
        &[T::HostRole, T::HostName, T::DwellingType],
        &[
            "її власн~",
            "його власн~",
            "власниця",
            "власник",
            "купила",
            "купив",
            "її будинок|хата|квартира",
            "його будинок|хата|квартира",
            "хата на них",
            "разом із чоловіком|дружиною",
            "свій будинок",
        ],
    ),
    row(
        "to.mailbox_own",
        No,
        &[T::Mailbox],
        &["ні", "скринька її|його", "нема~", "немає"],
    ),
    row("to.mailbox_own", Yes, &[T::Mailbox], &["так", "є"]),
    row(
        "departure.keeps_dwelling",
        No,
        &[T::KeepsDwelling],
        &["ні", "забирає", "здаємо", "здаю ключі"],
    ),
    row(
        "departure.keeps_dwelling",
        Yes,
        &[T::KeepsDwelling],
        &["стоятиме", "плачу далі", "залиша~", "так"],
    ),
    row(
        "from.whole_household_moves",
        Yes,
        &[],
        &[
            "звідти всі",
            "усі до одного",
            "всі до одного",
            "всі разом виїжджа~",
            "там ніхто не лиша~",
            "ніхто * не залиша~",
        ],
    ),
];

/// What employees state in Danish.
const STAFF_DA: &[Row] = &[
    row(
        "gp.choice",
        Text("keep"),
        &[],
        &[
            "lægen beholder du|i",
            "lægen bliver",
            "beholder du|i * læge",
            "så beholder * læge~",
            "din læge er den samme",
        ],
    ),
    row(
        "gp.choice",
        Text("later"),
        &[],
        &[
            "læge~ tager vi når|senere",
            "lægen kan du vælge senere",
            "vælge læge senere",
        ],
    ),
    row(
        "gp.choice",
        Text("first"),
        &[],
        &["får * begge en læge", "får * en læge når", "får du en læge"],
    ),
    row(
        "gp.choice",
        Text("change"),
        &[],
        &[
            "i får læge her",
            "læge~ skifter",
            "skriver * nye læge",
            "ny læge noteret",
        ],
    ),
    row(
        "dwelling.type",
        Text("cooperative"),
        &[],
        &[
            "andelsbevis~",
            "andelslejlighed~",
            "andelsbolig~",
            "på andelen",
        ],
    ),
    row(
        "dwelling.type",
        Text("municipal_temporary"),
        &[],
        &["midlertidig bolig", "midlertidig kommunal", "boligkontoret"],
    ),
    row(
        "dwelling.type",
        Text("institution"),
        &[],
        &["plejehjem~", "botilbud~", "bostedet"],
    ),
    row("dwelling.type", Text("crisis_centre"), &[], &["krisecent~"]),
    row(
        "dwelling.type",
        Text("student_hall"),
        &[],
        &["kollegi~", "kollegie~"],
    ),
    row("dwelling.type", Text("holiday_home"), &[], &["sommerhus~"]),
    row("dwelling.type", Text("sublet"), &[], &["fremleje~"]),
    row(
        "dwelling.lease_document",
        Text("shown"),
        &[],
        &[
            "kontrakten har jeg set",
            "andelsbeviset har jeg set",
            "du har lejekontrakten",
            "lejekontrakten ser fin ud",
            "kontrakten er god nok",
            "den har jeg set",
            "lejekontrakten har jeg set",
            "lejekontrakten ser",
            "kontrakten ser * ud",
            "kontrakten er i orden",
            "jeg kan se kontrakten",
            "jeg ser kontrakten",
            "skødet har jeg set",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("copy"),
        &[],
        &[
            "tager * kopi af * kontrakt~",
            "nok som kopi",
            "kopi af fremlejekontrakten",
            "kopi af lejekontrakten tager",
        ],
    ),
    row(
        "dwelling.lease_document",
        Text("missing"),
        &[],
        &[
            "mangler * lejekontrakt~",
            "jeg skriver * mangler",
            "lejekontrakt~ * mangler",
            "kontrakten * mangler",
            "mangler * kontrakt~",
            "mangler * skriftlig aftale",
            "kopi af lejekontrakten send",
        ],
    ),
    row(
        "host.consent_status",
        Text("requested"),
        &[],
        &[
            "sende|sender * erklæring~",
            "sende|sender * logiværtserklæring",
            "erklæring * sende|sender",
            "spørge hende|ham * erklæring",
        ],
    ),
    row(
        "dwelling.others_registered",
        Yes,
        &[],
        &[
            "sende|sender * logiværtserklæring~",
            "sende|sender * erklæring~",
        ],
    ),
    row(
        "children[].custody",
        Text("sole_reporter"),
        &[],
        &[
            "har du forældremyndigheden alene",
            "du har forældremyndigheden alene",
            "forældremyndigheden alene",
        ],
    ),
    row(
        "children[].custody",
        Text("unknown"),
        &[],
        &["det er uafklaret", "er uafklaret"],
    ),
    row(
        "children[].residence_pattern",
        Text("equal"),
        &[],
        &["lige meget ophold", "lige meget hos"],
    ),
    row(
        "children[].other_parent_statement",
        Text("agrees"),
        &[],
        &["at han|hun er enig", "at i er enige"],
    ),
    row(
        "children[].other_parent_statement",
        Text("hearing_pending"),
        &[],
        &[
            "sender vi ham|hende et brev",
            "høre|hører vi ham|hende",
            "sender vi * høring~",
        ],
    ),
    row("protection.existing", No, &[], &["ikke beskyttet"]),
    row(
        "protection.requested",
        Yes,
        &[],
        &["beskyttelse * sat på", "så får du beskyttelse"],
    ),
    row(
        "declaration.human_interpreter_offered",
        Yes,
        &[],
        &[
            "ringer * efter en tolk",
            "få et menneske i telefonen",
            "menneskelig tolk",
        ],
    ),
    row(
        "mover.residence_permit_basis",
        Text("Særloven (fordrevne fra Ukraine)"),
        &[],
        &["særloven"],
    ),
    row(
        "case.move_type",
        Text("no_fixed_address"),
        &[],
        &["uden fast bopæl", "uden fast adresse", "ingen fast adresse"],
    ),
    row("case.move_type", Text("to_abroad"), &[], &["udrejsedato~"]),
];

/// How an affirmed or denied question is a value.
pub(crate) struct YesNo {
    pub topic: Topic,
    pub key: &'static str,
    pub yes: Option<Fact>,
    pub no: Option<Fact>,
}

/// Questions whose plain "yes" or "no" is a value.
pub(crate) const YES_NO: &[YesNo] = &[
    YesNo {
        topic: T::MitId,
        key: "mover.has_mitid",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::Protection,
        key: "protection.requested",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::HostStays,
        key: "dwelling.others_stay",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::OthersRegistered,
        key: "dwelling.others_registered",
        yes: None,
        no: Some(No),
    },
    YesNo {
        topic: T::ThreeMonths,
        key: "arrival.stay_over_3_months",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::Custody,
        key: "children[].custody",
        yes: Some(Text("joint")),
        no: None,
    },
    YesNo {
        topic: T::Remaining,
        key: "from.whole_household_moves",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::LivedBefore,
        key: "children[].lived_with_before",
        yes: Some(Text("both")),
        no: None,
    },
    YesNo {
        topic: T::KeepsDwelling,
        key: "departure.keeps_dwelling",
        yes: Some(Yes),
        no: Some(No),
    },
    YesNo {
        topic: T::OtherParentMoves,
        key: "children[].other_parent_moves",
        yes: Some(Yes),
        no: Some(No),
    },
];

static UK: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(CITIZEN_UK));
static DA: LazyLock<Lexicon<usize>> = LazyLock::new(|| lexicon(STAFF_DA));

fn lexicon(rows: &'static [Row]) -> Lexicon<usize> {
    let table: Vec<(usize, &[&str])> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (at, row.patterns))
        .collect();
    Lexicon::new(&table)
}

/// A fact with the words that show it.
pub(crate) struct Hit {
    pub row: &'static Row,
    pub words: Range<usize>,
}

/// The facts in a row of words; of several for one slot the longest, then the last.
pub(crate) fn facts(words: &[&str], lang: Lang, staff: bool, asked: &Asked) -> Vec<Hit> {
    let (lexicon, rows) = match (lang, staff) {
        (Lang::Uk, false) => (&*UK, CITIZEN_UK),
        (Lang::Da, true) => (&*DA, STAFF_DA),
        _ => return Vec::new(),
    };
    let mut hits: Vec<Hit> = Vec::new();
    for (at, range) in lexicon.find_all(words) {
        let row = &rows[at];
        if !row.asked.is_empty() && !asked.asks_any(row.asked) {
            continue;
        }
        if negated(words, &range, row) {
            continue;
        }
        match hits.iter_mut().find(|h| h.row.key == row.key) {
            Some(old) if range.len() >= old.words.len() => {
                *old = Hit { row, words: range };
            }
            Some(_) => {}
            None => hits.push(Hit { row, words: range }),
        }
    }
    hits
}

/// «не» or "ikke" right before words that do not contain it themselves.
fn negated(words: &[&str], range: &Range<usize>, _row: &Row) -> bool {
    let before = range.start.checked_sub(1).map_or("", |at| words[at]);
    matches!(before, "не" | "ні" | "без" | "ikke" | "ingen")
        && words.get(range.start).is_some_and(|w| *w != "не")
        && !matches!(before, "ні" if words[range.clone()].contains(&"ніхто"))
}
