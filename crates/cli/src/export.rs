//! `tolkebot export`: everything that is kept of a case, as JSON or as a document.

use std::io::Write;

use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tolkebot_casework::{CaseView, Store, export_signed};
use tolkebot_document::{
    AnsweredNotice, CaseRecord, FilledForm, RecordNotice, RecordUtterance, render_record,
};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Lang, Notice, Role, Speaker};
use tolkebot_server::ServerConfig;

use crate::args::ExportArgs;
use crate::data;
use crate::own_file::write_new;

pub fn run(args: ExportArgs) -> Result<()> {
    let case = data::case_id(&args.case)?;
    let config = data::config(&args.data)?;
    let store = data::inspect(&config)?;
    let now = Timestamp::now();
    let json = export_signed(&*store, &case, now, data::key(&config)?.as_ref())?;
    let json = serde_json::to_string_pretty(&json)?;
    match args.pdf {
        None => writeln!(std::io::stdout(), "{json}")?,
        Some(path) => {
            let record = record(&*store, &case, &config, json, now)?;
            write_new(&path, &render_record(&record)?)?;
            writeln!(std::io::stdout(), "{}", path.display())?;
        }
    }
    Ok(())
}

fn record(
    store: &dyn Store,
    case: &CaseId,
    config: &ServerConfig,
    json: String,
    now: Timestamp,
) -> Result<CaseRecord> {
    let stored = store.load(case, 0)?;
    let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
    let view = CaseView::fold(case, &events)?;
    let zone = TimeZone::get(&config.time_zone).unwrap_or(TimeZone::UTC);
    let shown = |at: &str| match at.parse::<Timestamp>() {
        Ok(at) => zone.to_datetime(at).strftime("%d.%m.%Y %H:%M").to_string(),
        Err(_) => at.to_owned(),
    };
    let mut notices = Vec::new();
    let mut said = Vec::new();
    for event in &events {
        match &event.payload {
            EventPayload::ConsentGiven { notice, accepted } => notices.push(RecordNotice {
                at: shown(&event.at),
                citizen: event.actor == Role::Citizen,
                about: match notice {
                    Notice::AiDisclosure => AnsweredNotice::Machine,
                    Notice::Processing => AnsweredNotice::Processing,
                    Notice::SoundKeeping => AnsweredNotice::Sound,
                },
                accepted: *accepted,
            }),
            EventPayload::UtteranceSettled(one) => {
                let known = view.utterance(one.id);
                let translation = known.and_then(|known| known.translation.as_ref());
                said.push(RecordUtterance {
                    at: shown(&event.at),
                    citizen: one.speaker == Speaker::Citizen,
                    text: (name(one.lang), one.text.clone()),
                    translation: translation.map(|t| (name(t.lang), t.text.clone())),
                });
            }
            _ => {}
        }
    }
    let today = zone.to_datetime(now).date().to_string();
    let opened = events.first().map(|event| shown(&event.at));
    Ok(CaseRecord {
        form: FilledForm::from_view(&view.form(), &case.0, &config.authority, &today),
        opened: opened.unwrap_or_default(),
        notices,
        sounds: store.sounds(case)?.len(),
        said,
        events: events.len() as u64,
        json,
    })
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => "da",
        Lang::Uk => "uk",
    }
}
