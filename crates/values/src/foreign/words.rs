//! Words around addresses abroad.

/// Streets abroad show their kind at the end («Ґартенштрасе», «Педерсгата») …
pub(super) fn ends_like_street(text: &str) -> bool {
    [
        "штрасе",
        "штрассе",
        "штразе",
        "плац",
        "аллее",
        "гата",
        "ґата",
        "гатан",
        "ґатан",
        "гатен",
        "ґатен",
        "гате",
        "ґате",
        "алее",
        "страссе",
        "проспектас",
        "утца",
        "вейєн",
        "вейен",
        "веєн",
        "страат",
        "дамм",
        "уфер",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// … or at the beginning: «Кальє де Куба», «Рю Лафаєт», «Віа Рома».
pub(super) fn begins_like_street(text: &str) -> bool {
    matches!(
        text,
        "кальє"
            | "калье"
            | "каллє"
            | "калле"
            | "рю"
            | "віа"
            | "вія"
            | "авеніда"
            | "авеню"
            | "пласа"
            | "пьяцца"
            | "п'яцца"
            | "корсо"
            | "страда"
            | "руа"
            | "каррер"
            | "карер"
            | "rua"
            | "rue"
            | "calle"
            | "via"
            | "strada"
            | "avenida"
    )
}

/// Words before the home that came after another one.
pub(super) fn since(text: &str) -> bool {
    matches!(
        text,
        "відтоді"
            | "потім"
            | "згодом"
            | "після"
            | "останнім"
            | "останні"
            | "тоді"
            | "далі"
    )
}

/// «Клочківська», «Грушевського», «Соборна»: the shape of most street names.
pub(super) fn is_adjective(text: &str) -> bool {
    [
        "ська",
        "цька",
        "зька",
        "ського",
        "цького",
        "ова",
        "ева",
        "ній",
        "ській",
        "рна",
        "жна",
        "чна",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

pub(super) fn is_street(text: &str) -> bool {
    matches!(
        text,
        "вулиця"
            | "вулиці"
            | "вулицю"
            | "вулицею"
            | "вул"
            | "улиця"
            | "улиці"
            | "улица"
            | "уліца"
            | "уліці"
            | "проспект"
            | "проспекті"
            | "провулок"
            | "провулку"
    )
}

pub(super) fn is_house(text: &str) -> bool {
    matches!(
        text,
        "будинок" | "будинку" | "номер" | "дім" | "буд" | "хата"
    )
}

pub(super) fn is_flat(text: &str) -> bool {
    matches!(
        text,
        "квартира"
            | "квартирі"
            | "квартиру"
            | "кв"
            | "помешкання"
            | "мешкання"
            | "мєшкання"
            | "апартамент"
            | "lejlighed"
    )
}

pub(super) fn is_code(text: &str) -> bool {
    text.starts_with("індекс") || text == "код" || text.starts_with("postnummer")
}
