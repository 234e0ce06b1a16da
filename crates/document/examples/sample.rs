//! Writes a sample document: `cargo run -p tolkebot-document --example sample -- FILE.pdf [draft]`.

use serde_json::json;
use tolkebot_document::{FilledForm, FilledRow, FilledSection, RowStatus, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args
        .next()
        .ok_or("say where the PDF goes: sample FILE.pdf [draft]")?;
    let draft = args.next().as_deref() == Some("draft");
    std::fs::write(path, render(&form(draft))?)?;
    Ok(())
}

fn form(draft: bool) -> FilledForm {
    let status = |n: usize| match n % 4 {
        _ if !draft => RowStatus::Confirmed,
        0 => RowStatus::Proposed,
        1 => RowStatus::Confirmed,
        2 => RowStatus::Doubtful,
        _ => RowStatus::Missing,
    };
    let row = |n: usize, label_da: &str, label_uk: &str, da: &str, uk: &str| FilledRow {
        key: format!("field.{n}"),
        label_da: label_da.to_owned(),
        label_uk: label_uk.to_owned(),
        value: json!(da),
        display_da: da.to_owned(),
        display_uk: uk.to_owned(),
        status: status(n),
    };
    let long = "Åboulevarden ved den gamle mølle og det store træ ".repeat(4);
    let mut household = Vec::new();
    for n in 0..20 {
        household.push(row(
            n,
            "Medflytter: fornavn(e)",
            "Член родини: ім’я",
            "Oleksandra-Yevheniia",
            "Олександра-Євгенія",
        ));
    }
    FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune (0751)".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: vec![
            FilledSection {
                title_da: "Person".to_owned(),
                title_uk: "Особа".to_owned(),
                rows: vec![
                    row(0, "Efternavn", "Прізвище", "Kovalenko", "Kovalenko"),
                    row(1, "Fornavn(e)", "Ім’я (імена)", "Oksana", "Oksana"),
                    row(2, "CPR-nummer", "Номер CPR", "070584-1234", "070584-1234"),
                    row(3, "E-mail", "Електронна пошта", "oksana@example.org", ""),
                ],
            },
            FilledSection {
                title_da: "Tilflytningsadresse".to_owned(),
                title_uk: "Нова адреса".to_owned(),
                rows: vec![
                    row(5, "Vejnavn", "Назва вулиці", long.trim(), ""),
                    row(
                        6,
                        "Etage",
                        "Поверх",
                        "2. sal",
                        "2. sal – третій поверх за українською лічбою",
                    ),
                ],
            },
            FilledSection {
                title_da: "Medflyttere".to_owned(),
                title_uk: "Хто переїжджає разом".to_owned(),
                rows: household,
            },
        ],
    }
}
