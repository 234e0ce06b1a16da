//! Writes a sample document:
//! `cargo run -p tolkebot-document --example sample -- FILE.pdf [draft | hard | sign]`. `hard`: signed by
//! finger, with words that are longer than a column and an appendix; `sign`: as it goes to NemLog-in.

use serde_json::json;
use tolkebot_document::{
    EvidenceRow, Extras, FilledForm, FilledRow, FilledSection, RowStatus, SignatureMark, Vouched,
    digest, render, render_to_sign, render_with,
};
use tolkebot_protocol::{Ink, SigningMethod};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args
        .next()
        .ok_or("say where the PDF goes: sample FILE.pdf [draft | hard | sign]")?;
    let pdf = match args.next().as_deref() {
        Some("draft") => render(&form(true))?,
        Some("sign") => render_to_sign(&form(false), &Extras::default())?,
        Some("hard") => {
            let mut form = form(false);
            let rows = &mut form.sections[0].rows;
            rows[0].display_da = "Kovalenkoåæø".repeat(20);
            rows[3].display_da = format!("{}@example.org", "oksana.kovalenko.".repeat(10));
            rows[1].label_uk = "Дуже-довгий-підпис-без-жодного-пропуску-в-ньому".to_owned();
            form.authority = "Aarhus Kommune, Borgerservice og Biblioteker, ".repeat(4);
            let extras = hard(&form);
            render_with(&form, &extras)?
        }
        _ => render(&form(false))?,
    };
    std::fs::write(path, pdf)?;
    Ok(())
}

fn hard(form: &FilledForm) -> Extras {
    let evidence = |n: usize| EvidenceRow {
        label_da: format!("Medflytter nummer {n}: fornavn(e) som i passet"),
        label_uk: "Член родини: ім’я, як у паспорті".to_owned(),
        said_da: "Hun hedder Oleksandra-Yevheniia, og hun flytter med. ".repeat(1 + n % 4),
        said_uk: "Її звати Олександра-Євгенія, і вона переїжджає разом. ".repeat(1 + n % 4),
        speaker: "medarbejder".to_owned(),
        decision: false,
    };
    Extras {
        draft: false,
        cancelled: false,
        on_paper: false,
        confirmed_by: vec![Vouched {
            da: "borgeren efter oplæsning på ukrainsk".to_owned(),
            uk: "громадянин (громадянка) після зачитування українською".to_owned(),
        }],
        signature: Some(SignatureMark {
            method: SigningMethod::Tablet,
            signer: "Oksana Kovalenko".to_owned(),
            at: "2026-12-01T10:15:00.000Z".to_owned(),
            digest: digest(form),
            declaration: tolkebot_document::DECLARATION_VERSION,
            ink: Some(Ink {
                width: 1000,
                height: 300,
                strokes: vec![
                    (0..40)
                        .map(|n| [25 * n, 150 + (n % 7) * 20, n * 12])
                        .collect(),
                    vec![[0, 0, 700], [1000, 300, 800]],
                ],
            }),
            void: false,
        }),
        evidence: (0..20).map(evidence).collect(),
    }
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
