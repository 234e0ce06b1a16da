//! Words for people: relatives, friends, landlords.

use std::sync::LazyLock;

use tolkebot_protocol::Lang;
use tolkebot_values::Table;

/// Who somebody is to the citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kin {
    Husband,
    Wife,
    Partner,
    Son,
    Daughter,
    Child,
    Children,
    StepSon,
    StepDaughter,
    Mother,
    Father,
    Brother,
    Sister,
    Grandmother,
    Grandfather,
    InLaw,
    Relative,
    Friend,
    Landlord,
}

/// Grammatical sex, as far as a word shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sex {
    Female,
    Male,
}

impl Kin {
    /// The value of `household[].relation`; `None` for groups and for people who are no relatives.
    pub(crate) fn relation(self) -> Option<&'static str> {
        Some(match self {
            Kin::Husband | Kin::Wife => "spouse",
            Kin::Partner => "cohabitant",
            Kin::Son | Kin::Daughter | Kin::Child => "child",
            Kin::StepSon | Kin::StepDaughter => "stepchild",
            Kin::Mother | Kin::Father => "parent",
            Kin::Brother | Kin::Sister => "sibling",
            Kin::Grandmother | Kin::Grandfather => "grandparent",
            Kin::InLaw | Kin::Relative | Kin::Friend => "other",
            Kin::Children | Kin::Landlord => return None,
        })
    }

    pub(crate) fn sex(self) -> Option<Sex> {
        Some(match self {
            Kin::Husband
            | Kin::Son
            | Kin::StepSon
            | Kin::Father
            | Kin::Brother
            | Kin::Grandfather => Sex::Male,
            Kin::Wife
            | Kin::Daughter
            | Kin::StepDaughter
            | Kin::Mother
            | Kin::Sister
            | Kin::Grandmother => Sex::Female,
            _ => return None,
        })
    }

    pub(crate) fn is_child(self) -> bool {
        matches!(
            self,
            Kin::Son
                | Kin::Daughter
                | Kin::Child
                | Kin::Children
                | Kin::StepSon
                | Kin::StepDaughter
        )
    }

    pub(crate) fn is_couple(self) -> bool {
        matches!(self, Kin::Husband | Kin::Wife | Kin::Partner)
    }

    /// Whether two words can mean the same person («донька» and «дитина»).
    pub(crate) fn agrees(self, other: Kin) -> bool {
        let class = |kin: Kin| match kin {
            Kin::Husband | Kin::Wife | Kin::Partner => 1,
            Kin::Son | Kin::Daughter | Kin::Child | Kin::StepSon | Kin::StepDaughter => 2,
            Kin::Mother | Kin::Father => 3,
            Kin::Brother | Kin::Sister => 4,
            Kin::Grandmother | Kin::Grandfather => 5,
            Kin::InLaw => 6,
            Kin::Relative => 7,
            Kin::Friend => 8,
            Kin::Landlord => 9,
            Kin::Children => 10,
        };
        let sexes = match (self.sex(), other.sex()) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        class(self) == class(other) && sexes
    }
}

const UKRAINIAN: &[(Kin, &str)] = &[
    (
        Kin::Husband,
        "чоловікове чоловікова чоловік чоловіка чоловіком чоловікові чоловіку чоловіче чоловіків \
         муж мужа мужем мужом мужу мужові супруг",
    ),
    (
        Kin::Wife,
        "жінка жінкою жінку жінці дружинин дружинина дружинине дружина дружини дружиною дружині дружину \
         жена жену женою жона жони жону жоною жоні супруга супругу супругою жіночка жіночку жіночкою благовірна",
    ),
    (
        Kin::Partner,
        "партнер партнера партнером партнерка партнерки партнеркою кохана коханої коханою коханий коханого коханим співмешканець співмешканця \
         співмешканцем співмешканка співмешканки співмешканкою наречений нареченого нареченим \
         наречена нареченої нареченою хлопець хлопця хлопцем хлопцеві дівчина дівчини дівчиною \
         дівчину дівчині бойфренд бойфренда бойфрендом жених женихом кереста кересту кересте",
    ),
    (
        Kin::Son,
        "пацан пацана пацаном пацану пацанові хлопчик хлопчика хлопчиком хлопчику малий малого малим малому син сина сином синові сину синок синочок синком",
    ),
    (
        Kin::Daughter,
        "доньчин доньчина доньчине доччин доччине мала малу малою малій донька доньки доньку донькою доньці дочка дочки дочку дочкою дочці доня донечка донечки донечку донечкою донечці доню \
         доця доцю доцею доці доча дочу дочею дочура дівчинка дівчинку дівчинкою",
    ),
    (
        Kin::Child,
        "дитина дитини дитину дитиною дитині немовля немовлятко малюк малюка малюком малятко дитинка дитинку ребьонок",
    ),
    (
        Kin::Children,
        "діти дітей дітям дітьми дітках близнюки близнюків близнюками близнючки близнята двійнята \
         малі малих малими хлопчики хлопчиків дівчатка дівчаток дівчатками дівчата дівчат дівчатам дівчатами хлопці хлопців хлопцям хлопцями \
         пацани пацанів пацанами пацанам діточки діточок діточками двійнят двойнята малеча малечу дітлахи дітки діток сини синів синами доньки-близнючки дочками доньками",
    ),
    (Kin::StepSon, "пасинок пасинка пасинком пасинку пасинкові"),
    (
        Kin::StepDaughter,
        "пасербиця пасербиці пасербицю пасербицею падчерка падчерки падчерку падчеркою падчерці",
    ),
    (
        Kin::Mother,
        "мамин мамина мамине мамину мама мами мамі маму мамою мамо мати матір матері матір'ю матуся мамка мамку мамкою",
    ),
    (
        Kin::Father,
        "няньо няньом тато тата татові татом тату батько батька батькові батьку батьком батя баті батю батею",
    ),
    (
        Kin::Brother,
        "брат брата братові братом брату братик братика братиком братікові братан братана братуха братчик",
    ),
    (
        Kin::Sister,
        "сестрин сестрина сестрине сестра сестри сестрі сестру сестрою сестричка сестричку сестричкою сестричці сеструха сеструху близнючка близнючку близнючкою",
    ),
    (
        Kin::Grandmother,
        "бабуся бабусі бабусю бабусею баба бабу бабою бабці бабця бабцю бабушка бабушку бабушки бабушкою бабуля бабулю бабулі бабулею",
    ),
    (
        Kin::Grandfather,
        "дідусь дідуся дідусем дідусеві дід діда дідом",
    ),
    (
        Kin::InLaw,
        "свекруха свекрухи свекруху свекрухою свекрусі теща тещі тещу тещею свекор свекра свекром тесть тестя тестем невістка невістки невістку невісткою невістці зятем зятеві зять зятя \
         зовиця зовиці зовицю зовицею братова братової братову братовою дівер дівера дівером швагро швагра швагром \
         своячка свояк швагер швагрова швагрову швагровою невісточка невісточку зятьок",
    ),
    (
        Kin::Relative,
        "тітка тітки тітці тітку тіткою тітчин тітчина вуйко вуйка вуйком тьотя тьоті тьотю тьотею \
         хрещена хрещеної хрещеній хрещену хрещеною дядько дядька дядьком племінник племінника племінниця \
         вітчим вітчима вітчимом вітчимові вітчиму мачуха мачухи мачухою мачуху мачусі зведений зведеного зведена зведеної \
         зведену зведеною племінниці кузен кузина двоюрідний двоюрідна внук внука внуком внуки внуків онук онука онуком онуки онуків онукові онучок онучка онучки онучку онучкою \
         внучка внучки внучку внучкою племінником племінницею племінницю кузена кузину дядькові \
         дядя дядю дядею тьотка тьотку тіточка тіточку племяшка племяша \
         небога небоги небогу небогою небозі небіж небожа небожем небожеві похресник похресника похресником похресниця похресниці похресницю \
         похресницею правнук правнука правнуком правнучка правнучку правнучкою дядина дядину вуйна вуйну цьоця цьоцю цьоцею",
    ),
    (
        Kin::Friend,
        "подруга подруги подрузі подругу подругою подружка подружки подружку подружкою подружці друг другові другом кореш кореша корешем кореші друзі друзів друзями приятель приятеля \
         приятелем приятелька знайомий знайомого знайомим знайома знайомої товариш товариша товаришем товаришеві товаришу \
         товаришка товаришки товаришкою колега колеги колегу колезі колегою сусід сусіда сусідом сусідка сусідки \
         сусідкою кум кума куми куму кумою кумові кумі",
    ),
    (
        Kin::Landlord,
        "господар господаря господареві господарем господиня господині господинею хазяїн хазяїна \
         хазяїном хазяйка хазяйки хазяйкою власник власника власниця власниці орендодавець орендодавця",
    ),
];

const DANISH: &[(Kin, &str)] = &[
    (Kin::Husband, "mand manden ægtemand ægtemanden herren"),
    (Kin::Wife, "kone konen hustru hustruen fruen"),
    (
        Kin::Partner,
        "samlever samleveren kæreste kæresten partner partneren forlovede forloveden",
    ),
    (
        Kin::Son,
        "søn sønnen dreng drengen lilledrengen storedrengen knægt knægten gutten guttermanden knejten \
         prins prinsen lillemanden purken",
    ),
    (
        Kin::Daughter,
        "datter datteren pige pigen lillepigen storepigen tøsen tøsepigen tøsebarnet prinsesse prinsessen",
    ),
    (
        Kin::Child,
        "barn barnet baby babyen lille lillen ungen poden spædbarnet",
    ),
    (
        Kin::Children,
        "børn børnene drenge drengene piger pigerne børnebørn børnebørnene stedbørn stedbørnene papbørn papbørnene tvillinger tvillingerne ungerne sønner døtre \
         knægtene tøserne poderne rollingerne",
    ),
    (Kin::StepSon, "stedsøn stedsønnen papsøn papsønnen"),
    (
        Kin::StepDaughter,
        "steddatter steddatteren stedbarn stedbarnet papdatter papdatteren papbarn papbarnet",
    ),
    (Kin::Mother, "mor moren moderen"),
    (Kin::Father, "far faren faderen"),
    (
        Kin::Brother,
        "bror broren storebror storebroren lillebror lillebroren",
    ),
    (
        Kin::Sister,
        "søster søsteren storesøster storesøsteren lillesøster lillesøsteren",
    ),
    (
        Kin::Grandmother,
        "mormor farmor bedstemor mormors farmors mormoren farmoren bedstemoren",
    ),
    (
        Kin::Grandfather,
        "morfar farfar bedstefar morfaren farfaren bedstefaren",
    ),
    (
        Kin::InLaw,
        "svigermor svigerfar svigersøn svigerdatter svigerinde svoger svigermoren svigerfaren svigersønnen \
         svigerdatteren svigerinden svogeren",
    ),
    (
        Kin::Relative,
        "tante tanten moster mosteren faster fasteren onkel onklen kusine kusinen fætter fætteren nevø nevøen niece niecen barnebarn barnebarnet \
         stedfar stedfaren stedmor stedmoren papfar papmor",
    ),
    (
        Kin::Friend,
        "ven vennen veninde veninden bekendt bekendte kammerat kammeraten kollega kollegaen",
    ),
    (
        Kin::Landlord,
        "udlejer udlejeren værten ejeren logivært logiværten",
    ),
];

/// Relatives by marriage and farther ones whose word tells their sex, by its beginning.
const FEMALE: &[&str] = &[
    "тещ",
    "свекрух",
    "невістк",
    "зовиц",
    "братов",
    "своячк",
    "небог",
    "похресниц",
    "дядин",
    "вуйн",
    "цьоц",
    "тітк",
    "тьот",
    "тіточк",
    "племінниц",
    "кузин",
    "двоюрідна",
    "онучк",
    "внучк",
    "мачух",
    "зведена",
    "svigermo",
    "svigerdatter",
    "svigerinde",
    "tante",
    "moster",
    "faster",
    "kusine",
    "niece",
    "stedmor",
    "papmor",
];
const MALE: &[&str] = &[
    "свекор",
    "свекр",
    "тест",
    "зят",
    "дівер",
    "швагер",
    "швагр",
    "свояк",
    "дядьк",
    "дядя",
    "вуйк",
    "небіж",
    "небож",
    "похресник",
    "племінник",
    "кузен",
    "двоюрідний",
    "вітчим",
    "зведений",
    "svigerfar",
    "svigersøn",
    "svoger",
    "onkel",
    "onklen",
    "fætter",
    "nevø",
    "stedfar",
    "papfar",
];

/// What a word for a relative tells about their sex, where the relation does not: «теща», «дядько».
pub(crate) fn sex_by_word(word: &str) -> Option<Sex> {
    let any = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    // «зовиця» before «зведений»; «свекруха» before «свекр».
    if any(FEMALE) {
        Some(Sex::Female)
    } else if any(MALE) {
        Some(Sex::Male)
    } else {
        None
    }
}

fn index(table: &'static [(Kin, &'static str)]) -> Table<&'static str, Kin> {
    table
        .iter()
        .flat_map(|(kin, forms)| forms.split_whitespace().map(|f| (f, *kin)))
        .collect()
}

static UK: LazyLock<Table<&str, Kin>> = LazyLock::new(|| index(UKRAINIAN));
static DA: LazyLock<Table<&str, Kin>> = LazyLock::new(|| index(DANISH));

/// The relative that a folded word names.
pub(crate) fn kin(word: &str, lang: Lang) -> Option<Kin> {
    match lang {
        // "Og din mors?"
        Lang::Da => DA
            .get(word)
            .or_else(|| DA.get(word.strip_suffix('s')?))
            .copied(),
        Lang::Uk => UK.get(word).copied(),
    }
}
