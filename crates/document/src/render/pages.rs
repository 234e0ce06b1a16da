//! How pages look: tests of where the layout puts things.

use serde_json::json;
use tolkebot_protocol::{Ink, SigningMethod};

use super::Purpose;
use super::layout::lay_out;
use super::tags::Tags;
use crate::flow::{BOTTOM, Item, PAGE, SIDE, Style, TOP};
use crate::fonts::Fonts;
use crate::texts;
use crate::{
    EvidenceRow, Extras, FilledForm, FilledRow, FilledSection, RowStatus, SignatureMark, Vouched,
};

/// A line of text on a page.
struct Line {
    page: usize,
    x: f32,
    baseline: f32,
    text: String,
    style: Style,
}

fn row(key: &str, da: &str, uk: &str) -> FilledRow {
    FilledRow {
        key: key.to_owned(),
        label_da: "Medflytter: fornavn(e)".to_owned(),
        label_uk: "Інша особа: ім'я".to_owned(),
        value: json!(da),
        display_da: da.to_owned(),
        display_uk: uk.to_owned(),
        status: RowStatus::Confirmed,
    }
}

fn rows(count: usize) -> Vec<FilledRow> {
    (0..count)
        .map(|n| row(&format!("a{n}"), "5. marts 2019", "5 березня 2019 року"))
        .collect()
}

fn form(sections: Vec<Vec<FilledRow>>) -> FilledForm {
    let section = |(n, rows): (usize, Vec<FilledRow>)| FilledSection {
        title_da: format!("Afsnit {n}"),
        title_uk: format!("Розділ {n}"),
        rows,
    };
    FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: sections.into_iter().enumerate().map(section).collect(),
    }
}

fn lines(form: &FilledForm, extras: &Extras) -> Vec<Line> {
    let fonts = Fonts::load().unwrap();
    let mut tags = Tags::new();
    let digest = "3f".repeat(32);
    let (flow, _) = lay_out(form, extras, Purpose::Keep, &fonts, &digest, &mut tags).unwrap();
    let mut all = Vec::new();
    for (page, plan) in flow.pages.iter().enumerate() {
        for item in &plan.items {
            if let Item::Line {
                x,
                baseline,
                text,
                style,
                ..
            } = item
            {
                all.push(Line {
                    page,
                    x: *x,
                    baseline: *baseline,
                    text: text.clone(),
                    style: *style,
                });
            }
        }
    }
    all
}

fn signed() -> Extras {
    Extras {
        signature: Some(SignatureMark {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".to_owned(),
            at: "2026-12-01T10:15:00.000Z".to_owned(),
            digest: "3f".repeat(32),
            declaration: crate::DECLARATION_VERSION,
            ink: Some(Ink {
                width: 1000,
                height: 300,
                strokes: vec![vec![[0, 0, 0], [900, 200, 400]]],
            }),
            void: false,
        }),
        ..Extras::default()
    }
}

/// Twenty co-movers with long names, a long note, and where everything was heard.
fn full() -> (FilledForm, Extras) {
    let names = [
        "Nechyporenko-Kovalenko-Shevchenko-Vyshnevetska",
        "Oleksandra-Yevheniia Anastasiia",
        "Нечипоренко-Коваленко Олександра-Євгенія",
    ];
    let mut people = Vec::new();
    for n in 0..20 {
        let key = |field: &str| format!("household[{n}].{field}");
        people.push(row(&key("given_names"), names[n % 3], names[n % 3]));
        people.push(row(
            &key("birth_date"),
            "5. marts 2019",
            "5 березня 2019 року",
        ));
    }
    let note = row("staff.note", &"Kommer igen med papirerne. ".repeat(70), "");
    let mut form = form(vec![rows(6), people, vec![note]]);
    form.number_lists();
    let said = EvidenceRow {
        label_da: "Bor der allerede nogen på adressen".to_owned(),
        label_uk: "Чи вже хтось живе за цією адресою".to_owned(),
        said_da: "Jeg flytter ind hos min søster, som har boet der i to år. ".repeat(3),
        said_uk: "Я переїжджаю до сестри, яка живе там уже два роки. ".repeat(3),
        speaker: "medarbejder".to_owned(),
        decision: false,
    };
    let extras = Extras {
        evidence: vec![said; 40],
        ..signed()
    };
    (form, extras)
}

#[test]
fn nothing_is_over_something_else_or_outside_the_page() {
    let (form, extras) = full();
    let fonts = Fonts::load().unwrap();
    let all = lines(&form, &extras);
    let right = |line: &Line| {
        let font = line.style.font(&fonts);
        line.x + font.width(&line.text, line.style.size)
    };
    for (at, one) in all.iter().enumerate() {
        assert!(right(one) <= PAGE.0 - SIDE + 0.1, "{}", one.text);
        assert!(
            one.baseline >= TOP && one.baseline <= PAGE.1 - BOTTOM,
            "{}",
            one.text
        );
        for other in all[at + 1..].iter().filter(|o| o.page == one.page) {
            let beside = right(one) <= other.x || right(other) <= one.x;
            let (upper, lower) = if one.baseline < other.baseline {
                (one, other)
            } else {
                (other, one)
            };
            // Capitals are less high than three quarters of the size.
            let under = lower.baseline - lower.style.size * 0.75 > upper.baseline;
            assert!(beside || under, "{} / {}", one.text, other.text);
        }
    }
}

#[test]
fn a_title_stands_above_something_on_the_same_page() {
    for count in 1..45 {
        let form = form(vec![rows(count), rows(2)]);
        let all = lines(&form, &signed());
        let titles = [
            "2. Afsnit 1",
            "3. Erklæring",
            "4. Underskrift",
            "5. Kunstig intelligens",
        ];
        for title in titles {
            let at = all.iter().position(|l| l.text == title).unwrap();
            // Its Ukrainian, and what it is the title of.
            let under = &all[at + 2];
            assert_eq!(under.page, all[at].page, "{title} after {count} rows");
        }
        let page = |start: &str| all.iter().find(|l| l.text.starts_with(start)).unwrap().page;
        let mut declared = all.iter().filter(|l| l.text.contains("данський текст"));
        assert_eq!(
            declared.next_back().unwrap().page,
            page("Jeg bekræfter"),
            "the declaration is whole after {count} rows"
        );
        assert_eq!(
            page(texts::SIGNED_DIGEST.da),
            page("4. Underskrift"),
            "{count} rows"
        );
    }
}

#[test]
fn a_long_value_leaves_no_page_half_empty() {
    for count in 1..25 {
        let long = row("note", &"Kommer igen med papirerne. ".repeat(60), "");
        let mut some = rows(count);
        some.push(long);
        some.extend(rows(20));
        let all = lines(&form(vec![some]), &Extras::default());
        let last = all.last().unwrap().page;
        for page in 0..last {
            let on = all.iter().filter(|l| l.page == page).map(|l| l.baseline);
            let foot = on.fold(0.0, f32::max);
            assert!(foot > PAGE.1 - BOTTOM - 180.0, "page {page} ends at {foot}");
        }
    }
}

#[test]
fn the_rows_of_each_person_stand_together() {
    let one = |n: usize, field: &str| row(&format!("household[{n}].{field}"), "x", "");
    let people = vec![one(0, "a"), one(0, "b"), one(1, "a"), one(1, "b")];
    let all = lines(&form(vec![people]), &Extras::default());
    let at: Vec<f32> = all
        .iter()
        .filter(|line| line.text == "x")
        .map(|line| line.baseline)
        .collect();
    let [first, second, third, fourth] = at[..] else {
        panic!("{at:?}")
    };
    assert!(third - second > second - first + 4.0, "{at:?}");
    assert!((fourth - third - (second - first)).abs() < 0.1, "{at:?}");
}

#[test]
fn who_vouched_is_a_list_as_a_sentence_has_it() {
    let who = |da: &str| Vouched {
        da: da.to_owned(),
        uk: "працівник".to_owned(),
    };
    for (names, wanted) in [
        (vec!["borgeren"], "bekræftet af borgeren."),
        (
            vec!["borgeren", "to andre"],
            "bekræftet af borgeren og to andre.",
        ),
        (vec!["a", "b", "c"], "bekræftet af a, b og c."),
    ] {
        let extras = Extras {
            confirmed_by: names.into_iter().map(who).collect(),
            ..Extras::default()
        };
        let all = lines(&form(vec![rows(1)]), &extras);
        assert!(
            all.iter().any(|line| line.text.ends_with(wanted)),
            "{wanted}"
        );
    }
}

#[test]
fn days_and_times_are_written_out_in_both_languages() {
    let all = lines(&form(vec![rows(1)]), &signed());
    for wanted in [
        "Dato: 1. december 2026",
        "Дата: 1 грудня 2026 року",
        "Tidspunkt (dansk tid): 1. december 2026 kl. 11.15",
        "Час (за данським часом): 1 грудня 2026 року об 11:15",
    ] {
        assert!(all.iter().any(|line| line.text == wanted), "{wanted}");
    }
    assert!(!all.iter().any(|line| line.text.contains("2026-12-01")));
}

#[test]
fn a_value_in_cyrillic_letters_is_marked_as_ukrainian() {
    let name = "Нечипоренко Оксана";
    let form = form(vec![vec![
        row("a", name, name),
        row("b", "Vestergade 1", ""),
    ]]);
    let all = lines(&form, &Extras::default());
    let lang = |text: &str| all.iter().find(|l| l.text == text).unwrap().style.lang;
    assert_eq!((lang(name), lang("Vestergade 1")), ("uk", "da"));
}

#[test]
fn the_strokes_of_a_void_signature_do_not_go_along() {
    let form = form(vec![rows(1)]);
    let digest = crate::digest(&form);
    let kept = |of: &str| {
        let ink = Ink {
            width: 100,
            height: 30,
            strokes: vec![vec![[1, 2, 3], [4, 5, 6]]],
        };
        let extras = Extras {
            signature: Some(SignatureMark {
                method: SigningMethod::Tablet,
                signer: "Oksana Kovalenko".to_owned(),
                at: "2026-12-01T10:15:00.000Z".to_owned(),
                digest: of.to_owned(),
                declaration: crate::DECLARATION_VERSION,
                ink: Some(ink),
                void: false,
            }),
            ..Extras::default()
        };
        let pdf = super::render_with(&form, &extras).unwrap();
        let document = lopdf::Document::load_mem(&pdf).unwrap();
        let json = crate::pdf::attachment(&document, super::SIGNATURE_NAME).unwrap();
        serde_json::from_slice::<SignatureMark>(&json).unwrap()
    };
    assert!(kept(&digest).ink.is_some());
    let void = kept("another");
    assert_eq!((void.ink, void.digest.as_str()), (None, "another"));
}

/// Words that change after somebody signed are not put into their mouth.
#[test]
fn a_document_shows_the_declaration_that_was_signed() {
    let form = form(vec![rows(1)]);
    // What `lines` lays out.
    let digest = "3f".repeat(32);
    let declared = |version: u32, of: &str| {
        let signature = SignatureMark {
            digest: of.to_owned(),
            declaration: version,
            ..signed().signature.unwrap()
        };
        let extras = Extras {
            signature: Some(signature),
            ..Extras::default()
        };
        let said: Vec<String> = lines(&form, &extras).into_iter().map(|l| l.text).collect();
        said.join(" ").contains("læst op eller vist")
    };
    assert!(!declared(1, &digest));
    assert!(declared(crate::DECLARATION_VERSION, &digest));
    // What holds no more is to be signed anew, in today's words; nobody signed one from the future.
    assert!(declared(1, "another"));
    assert!(declared(99, &digest));
    let before = r#"{"method":"tablet","signer":"A","at":"x","digest":"y","ink":null}"#;
    let before: SignatureMark = serde_json::from_str(before).unwrap();
    assert_eq!(before.declaration, 1);
}

#[test]
fn a_document_to_be_signed_by_hand_has_a_line_for_it() {
    let form = form(vec![rows(6)]);
    let said = |extras: &Extras| -> Vec<String> {
        lines(&form, extras).into_iter().map(|l| l.text).collect()
    };
    let line = |said: &[String]| said.iter().any(|text| text.contains("Dato og underskrift"));
    let by_hand = Extras {
        on_paper: true,
        ..Extras::default()
    };
    assert!(line(&said(&by_hand)));
    assert!(
        !said(&by_hand)
            .iter()
            .any(|text| text.contains("Ikke underskrevet"))
    );
    assert!(!line(&said(&Extras::default())));
    // Who has signed already signs no second time.
    let signed = Extras {
        on_paper: true,
        ..signed()
    };
    assert!(!line(&said(&signed)));
}
