//! The document's own texts.

use tolkebot_protocol::SigningMethod;

/// A text in both languages.
pub(crate) struct Text {
    pub(crate) da: &'static str,
    pub(crate) uk: &'static str,
}

pub(crate) const TITLE: Text = Text {
    da: "Anmeldelse af flytning",
    uk: "Повідомлення про зміну адреси",
};

pub(crate) const COURTESY: &str = "Переклад для ознайомлення. Юридичну силу має данський текст.";

pub(crate) const DRAFT: Text = Text {
    da: "KLADDE – oplysningerne er ikke bekræftet",
    uk: "ЧЕРНЕТКА – відомості не підтверджено",
};

pub(crate) const CANCELLED: Text = Text {
    da: "ANNULLERET – anmeldelsen er ikke indsendt",
    uk: "СКАСОВАНО – повідомлення не подано",
};

pub(crate) const CONFIRMED: &str = "Oplysningerne er bekræftet af mennesker";

pub(crate) const AI_TITLE: Text = Text {
    da: "Kunstig intelligens",
    uk: "Штучний інтелект",
};
pub(crate) const AI_NOTE: Text = Text {
    da: "Samtalen er tolket af kunstig intelligens, og felterne er udfyldt med hjælp af kunstig \
         intelligens. Felter mærket »bekræftet« har et menneske bekræftet hvert for sig. Felter mærket \
         »følger af andre felter« har maskinen udledt.",
    uk: "Розмову перекладав штучний інтелект, і поля заповнено за його допомогою. Поля з позначкою \
         «підтверджено» людина підтвердила окремо. Поля з позначкою «визначено з інших полів» \
         визначила машина.",
};
/// Followed by who they are.
pub(crate) const FILLED_WITH_AI: Text = Text {
    da: "Udfyldt med hjælp af kunstig intelligens, bekræftet af",
    uk: "Заповнено за допомогою штучного інтелекту, підтвердили:",
};
/// Machine-readable mark among the document's keywords.
pub(crate) const AI_KEYWORD: &str = "AI-assisted";

pub(crate) const DIGEST_NOTE: Text = Text {
    da: "Dokumentets digitale aftryk, også i QR-koden: SHA-256 af de vedhæftede værdier \
         (flytteanmeldelse.json).",
    uk: "Цифровий відбиток документа, також у QR-коді: SHA-256 доданих значень \
         (flytteanmeldelse.json).",
};
/// The same in a document that has nothing attached.
pub(crate) const DIGEST_NOTE_SIGN: Text = Text {
    da: "Dokumentets digitale aftryk, også i QR-koden: SHA-256 af anmeldelsens værdier.",
    uk: "Цифровий відбиток документа, також у QR-коді: SHA-256 даних повідомлення.",
};
pub(crate) const QR: &str = "QR-kode med sag og digitalt aftryk";
pub(crate) const JSON_FILE: &str = "Anmeldelsens værdier som kanonisk JSON";
pub(crate) const XML_FILE: &str = "Anmeldelsens værdier som XML";
pub(crate) const SIGNATURE_FILE: &str = "Borgerens underskrift som streger med tider";
pub(crate) const SIGNATURE_FILE_WITHOUT_INK: &str =
    "Hvem der skrev under, hvornår, og hvilket digitalt aftryk det gælder";

pub(crate) const DECLARATION_TITLE: Text = Text {
    da: "Erklæring",
    uk: "Заява",
};
/// What was declared before, the first version first. A new wording of [`DECLARATION`] leaves the one that it replaces
/// here: a document shows what was signed.
pub(crate) const FORMER_DECLARATIONS: [Text; 1] = [Text {
    da: "Jeg bekræfter, at oplysningerne er læst op for mig på ukrainsk, at jeg har kunnet rette \
             dem, og at de er rigtige. Jeg ved, at en flytning skal meldes senest 5 dage efter, at man \
             er flyttet, og at jeg kan få en bøde efter CPR-lovens § 57, hvis jeg giver urigtige \
             oplysninger. Jeg ved, at samtalen er tolket af kunstig intelligens. Det er den danske \
             tekst, der gælder.",
    uk: "Я підтверджую, що ці дані мені прочитали українською мовою, що я мав (мала) змогу їх \
             виправити і що вони правильні. Я знаю, що про переїзд потрібно повідомити не пізніше ніж \
             через 5 днів після нього і що за неправдиві відомості мені можуть призначити штраф згідно \
             з § 57 Закону про CPR. Я знаю, що розмову перекладав штучний інтелект. Юридичну силу має \
             данський текст.",
}];

/// The declaration of a version; the newest for one that is not known.
pub(crate) fn declaration(version: u32) -> &'static Text {
    let former = usize::try_from(version).ok().and_then(|v| v.checked_sub(1));
    former
        .and_then(|at| FORMER_DECLARATIONS.get(at))
        .unwrap_or(&DECLARATION)
}

/// What the citizen declares by signing.
pub(crate) const DECLARATION: Text = Text {
    da: "Jeg bekræfter, at oplysningerne er læst op eller vist for mig på ukrainsk, at jeg har \
         kunnet rette dem, og at de er rigtige. Jeg ved, at en flytning skal meldes senest 5 dage \
         efter, at man er flyttet, og at en flytning til udlandet skal meldes, inden man rejser. \
         Jeg ved, at jeg kan få en bøde efter CPR-lovens § 57, hvis jeg giver urigtige \
         oplysninger. Jeg ved, at samtalen er tolket af kunstig intelligens. Det er den danske \
         tekst, der gælder.",
    uk: "Я підтверджую, що ці дані мені прочитали або показали українською мовою, що я мав (мала) \
         змогу їх виправити і що вони правильні. Я знаю, що про переїзд потрібно повідомити не \
         пізніше ніж через 5 днів після нього, а про переїзд за кордон – до виїзду. Я знаю, що за \
         неправдиві відомості мені можуть призначити штраф згідно з § 57 Закону про CPR. Я знаю, \
         що розмову перекладав штучний інтелект. Юридичну силу має данський текст.",
};

pub(crate) const SIGNATURES: Text = Text {
    da: "Underskrift",
    uk: "Підпис",
};
pub(crate) const NOT_SIGNED: Text = Text {
    da: "Ikke underskrevet.",
    uk: "Не підписано.",
};
pub(crate) const TO_BE_SIGNED: Text = Text {
    da: "Underskrives digitalt med MitID hos NemLog-in.",
    uk: "Підписується електронно за допомогою MitID у NemLog-in.",
};
pub(crate) const TO_BE_SIGNED_ON_PAPER: Text = Text {
    da: "Underskrives i hånden på dette papir.",
    uk: "Підписується власноруч на цьому папері.",
};
pub(crate) const DATE_AND_SIGNATURE: Text = Text {
    da: "Dato og underskrift",
    uk: "Дата й підпис",
};
pub(crate) const VOID: Text = Text {
    da: "UGYLDIG UNDERSKRIFT – formularen er åbnet igen efter underskriften",
    uk: "НЕДІЙСНИЙ ПІДПИС – форму знову відкрито після підписання",
};
pub(crate) const SIGNER: Text = Text {
    da: "Underskrevet af",
    uk: "Хто підписав",
};
pub(crate) const SIGNED_AT: Text = Text {
    da: "Tidspunkt (dansk tid)",
    uk: "Час (за данським часом)",
};
pub(crate) const SIGNED_DIGEST: Text = Text {
    da: "Underskriften gælder aftrykket",
    uk: "Підпис стосується відбитка",
};
pub(crate) const INK: &str = "Håndskreven underskrift";

/// How a signature was given, in words.
pub(crate) fn method(method: SigningMethod) -> Text {
    match method {
        SigningMethod::Tablet => Text {
            da: "Underskrevet med fingeren på tablet efter oplæsning på ukrainsk.",
            uk: "Підписано пальцем на планшеті після зачитування українською мовою.",
        },
        SigningMethod::NemLogIn => Text {
            da: "Underskrevet med MitID hos NemLog-in. Den underskrevne fil er vedlagt sagen.",
            uk: "Підписано через MitID у NemLog-in. Підписаний файл додано до справи.",
        },
        SigningMethod::Paper => Text {
            da: "Underskrevet på papir. Originalen opbevares af kommunen.",
            uk: "Підписано на папері. Оригінал зберігає муніципалітет.",
        },
    }
}

pub(crate) const EVIDENCE: Text = Text {
    da: "Bilag: hvor oplysningerne kommer fra",
    uk: "Додаток: звідки взято відомості",
};
pub(crate) const EVIDENCE_NOTE: Text = Text {
    da: "Til gennemsyn i kommunen. Bilaget er ikke en del af det underskrevne dokument.",
    uk: "Для перегляду в муніципалітеті. Додаток не є частиною підписаного документа.",
};

pub(crate) const RECEIPT: Text = Text {
    da: "Kvittering",
    uk: "Підтвердження",
};
/// `{date}` is the day on which the notification was received.
pub(crate) const RECEIPT_BODY: Text = Text {
    da: "Din anmeldelse er modtaget den {date}. Den er ikke registreret endnu. Folkeregisteret \
         behandler den og kan bede om flere oplysninger.",
    uk: "Ваше повідомлення отримано {date}. Його ще не зареєстровано. Реєстр населення розгляне \
         його і може попросити додаткові відомості.",
};
/// Behind that, for whoever gets an address in Denmark.
pub(crate) const RECEIPT_NEW_HOME: Text = Text {
    da: " Du får et nyt sundhedskort med posten cirka to uger efter, at flytningen er registreret. \
         Husk navn på postkassen.",
    uk: " Нову медичну картку ви отримаєте поштою приблизно через два тижні після реєстрації \
         переїзду. Не забудьте вказати своє ім'я на поштовій скриньці.",
};
pub(crate) const RECEIPT_AI: Text = Text {
    da: "Samtalen blev tolket af kunstig intelligens. Mener du, at noget er tolket forkert, så \
         kontakt Borgerservice.",
    uk: "Розмову перекладав штучний інтелект. Якщо ви вважаєте, що щось перекладено неправильно, \
         зверніться до Borgerservice.",
};
pub(crate) const RECEIPT_VALUES: Text = Text {
    da: "Det har du anmeldt",
    uk: "Про що ви повідомили",
};
pub(crate) const RECEIPT_PROTECTED: Text = Text {
    da: "Adressen vises ikke her, fordi navn og adresse er beskyttet.",
    uk: "Адресу тут не показано, бо ім'я та адресу захищено.",
};

pub(crate) const AUTHORITY: Text = Text {
    da: "Modtager",
    uk: "Отримувач",
};
pub(crate) const CASE: Text = Text {
    da: "Sag",
    uk: "Справа",
};
pub(crate) const DATE: Text = Text {
    da: "Dato",
    uk: "Дата",
};
pub(crate) const NOTHING: Text = Text {
    da: "Der er ikke udfyldt noget endnu.",
    uk: "Поки нічого не заповнено.",
};
pub(crate) const MISSING: Text = Text {
    da: "mangler",
    uk: "немає",
};

/// A status as the document shows it.
pub(crate) fn status(status: crate::RowStatus) -> Text {
    use crate::RowStatus;
    match status {
        RowStatus::Confirmed => Text {
            da: "bekræftet",
            uk: "підтверджено",
        },
        RowStatus::Derived => Text {
            da: "følger af andre felter",
            uk: "визначено з інших полів",
        },
        RowStatus::Proposed => Text {
            da: "ikke bekræftet",
            uk: "не підтверджено",
        },
        RowStatus::Doubtful => Text {
            da: "uklart: spørg",
            uk: "неясно: уточнити",
        },
        RowStatus::Missing => Text {
            da: "mangler",
            uk: "немає",
        },
    }
}
