//! The document's own texts.

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

pub(crate) const AI_NOTE: Text = Text {
    da: "Samtalen er tolket af kunstig intelligens, og felterne er udfyldt med hjælp af kunstig \
         intelligens. Kun felter mærket »bekræftet« er bekræftet af et menneske.",
    uk: "Розмову перекладав штучний інтелект, і поля заповнено за його допомогою. Лише поля з \
         позначкою «підтверджено» підтвердила людина.",
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
            da: "udledt",
            uk: "виведено",
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
