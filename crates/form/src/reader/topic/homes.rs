//! More of how employees ask about homes in everyday words: what it is, who else is there, who stays behind,
//! until when it may be lived in.

use super::Topic;
use super::Topic::*;

/// Wordings by topic.
pub(super) const HOMES: &[(Topic, &[&str])] = &[
    (
        DwellingType,
        &[
            "hele huset|lejligheden|boligen eller|i|du",
            "har du|i hele huset|lejligheden|stedet",
            "det hele for dig|jer selv",
            "på hvilket grundlag bor",
            "ejerforhold~",
            "er bolig~|lejlighed~ * kommunens",
            "kommunens bolig|lejlighed",
            "købt eller lejet",
            "lejet eller købt",
            "leje eller eje",
            "eje eller leje",
            "ikke jeres|din egen vel",
            "hvad bor du|i i",
            "hvordan bor du|i",
            "hvad slags bolig|sted|lejemål",
            "hvilken slags sted|lejemål",
            "lejer du|i af en der lejer",
            "du|i betaler for",
        ],
    ),
    (
        Lease,
        &[
            "papiret på|med",
            "aftalen med",
            "har du|i aftalen",
            "kopi af aftalen",
            "andelsbevis~",
            "på skrift om at du|i bor|lejer",
            "noget på skrift fra",
        ],
    ),
    (
        LeaseStart,
        &[
            "hvornår begynder|starter aftalen|lejen|lejemålet|kontrakten",
            "hvornår gælder|løber kontrakten|aftalen|lejemålet fra",
            "fra hvornår gælder|løber|betaler",
            "hvornår træder * i kraft",
            "dens|aftalens|kontraktens|lejemålets begyndelse|start",
            "hvornår lejer|betaler du|i fra",
        ],
    ),
    (
        TemporaryUntil,
        &[
            "hvornår udløber|slutter|ophører|stopper",
            "på hvor længe",
            "til hvornår",
            "hvor længe har du|i lov",
            "hvor længe forvent~ * at kunne blive|bo",
            "hvor længe regner * med at kunne blive|bo",
            "hvor længe løber|gælder|varer aftalen|kontrakten|fremlejen|lejemålet|det",
            "hvor længe låner|lejer|lejet|fremlejer",
            "hvor længe er hun|han væk|udenlands|bortrejst",
            "hvornår skal du|i ud igen",
            "hvornår kommer hun|han hjem|tilbage",
        ],
    ),
    (
        OthersRegistered,
        &[
            "er|bliver|var i|du to? de|den eneste~",
            "i|du de|den eneste~",
            "i to de eneste",
            "de eneste der",
            "flere der bor",
            "bor der kolleger|andre|flere|nogen",
            "var|er|står der nogen på adressen",
            "sover der andre|flere|nogen",
            "andre end dig|jer|i|du",
            "hvem bor|sover der ellers",
            "hvem er der ellers",
            "er der flere end jer|dig",
            "flere end jer|dig",
            "bor der ellers nogen",
            "er den tom i forvejen",
            "hvem deler du|i med",
        ],
    ),
    (
        Remaining,
        &[
            "efterladt nogen",
            "er den|det|lejligheden|boligen|huset tømt|tom",
            "står den|det|lejligheden|boligen|huset tom|tomt",
            "tømmer|rømmer i|du",
            "sidder der nogen tilbage",
            "nogen af jeres|dine tilbage",
            "nogen * egne tilbage",
            "hvem bliver boende|tilbage|derhjemme",
            "hvem blev|er tilbage",
            "hvem bor der så nu",
            "var|boede du|i alene om den|det|lejligheden|huset|boligen",
            "blev nogen|resten hjemme|derhjemme",
            "bliver de øvrige|resten|andre boende|tilbage|hjemme",
            "de øvrige boende",
            "er der nogen hjemme nu",
            "bor der andre * tilbage",
            "bliver ingen tilbage|boende",
            "ingen der bliver tilbage|boende",
        ],
    ),
    (
        HostStays,
        &[
            "bor han|hun|de selv",
            "og bor han|hun|de der",
            "begge værter bliver",
            "værten|værterne|ejeren|udlejeren bliver|bor",
            "bor værten|værterne|ejeren|udlejeren",
            "kommer hun|han til at bo der",
            "er hun|han der selv",
            "bliver han|hun selv",
        ],
    ),
    (
        HostName,
        &[
            "hvem står som udlejer|ejer|lejer",
            "ham|hende|dem du|i bor hos",
            "ham|hende|dem du|i lejer af",
            "hvem har lejet den|det|huset|lejligheden|boligen",
            "hvem er lejer|ejer",
            "hvem er det der lejer|udlejer|lejer",
        ],
    ),
    (
        HostRole,
        &[
            "ejer|lejer han|hun den|det|gården|ejendommen|huset|lejligheden",
            "ejer|lejer * ejendommen|gården|stedet",
            "er hun|han|de * ejer|lejer",
            "er * ejer eller lejer",
            "er * lejer eller ejer",
            "hvem er lejer eller ejer",
        ],
    ),
    (
        Doctor,
        &[
            "hvor går du|i hen når",
            "når du|i er syg~",
            "hvem går du|i til når",
            "skifte til ham|hende",
        ],
    ),
];

/// What is asked about a journey and the days of a move.
pub(super) const JOURNEYS: &[(Topic, &[&str])] = &[
    (
        MoveDate,
        &[
            "hvilken|hvad dag|dato|nat|aften blev|var|er du|i i det|den nye",
            "lagde du|i hovedet",
            "hovedet på puden",
            "hvilken|hvad dag kom i|du på plads",
            "hvornår kom i|du på plads",
            "hvornår var i|du inde",
        ],
    ),
    (
        Arrival,
        &[
            "kørte|fløj|rejste du|i ind i|over",
            "ind i landet|danmark",
            "kom du|i til landet",
        ],
    ),
    (Country, &["fra et andet land"]),
    (
        Departure,
        &[
            "ude af landet|danmark",
            "ud af landet|danmark",
            "forlader du|i danmark|landet",
            "hvornår forlader",
            "hvornår går turen|rejsen|flyet|færgen|toget",
            "rejsedag~",
            "afrejse~",
        ],
    ),
    (
        DepartureCountry,
        &["hvor du|i skal bo", "bo deroppe|dernede|derovre"],
    ),
    (
        OldAddress,
        &[
            "står du|i tilmeldt|opført|skrevet",
            "du|i skrevet op",
            "skrevet op inden|før|hidtil|lige",
            "holdt du|i til",
            "pakkede du|i",
            "lå den gamle|det gamle",
        ],
    ),
    (
        NewAddress,
        &[
            "vej og nummer her",
            "brevene|breve|post * hen nu|fremover",
            "post fremover",
        ],
    ),
    (
        ContactAddress,
        &[
            "kontakt adresse",
            "tage imod posten|brevene|jeres|din",
            "hos hvem * post|breve",
        ],
    ),
];
