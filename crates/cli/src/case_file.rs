//! An exported case as a file: what it must be before anything is made of it.

use std::io::Write;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use tolkebot_casework::{CaseView, ChainSigner, Exported, Misfit};
use tolkebot_document::{FilledForm, FilledRow, FilledSection, RowStatus};
use tolkebot_form::{FormDefinition, SlotKey, section_title};
use tolkebot_protocol::Lang;
use tolkebot_server::ServerConfig;

use crate::data;
use crate::draft::{kind, row_of};

/// A case out of a file.
pub struct CaseFile {
    exported: Exported,
    /// The case.
    pub view: CaseView,
}

impl CaseFile {
    /// Reads an exported case; its events must fit their chain of hashes, if it has one.
    pub fn read(json: &Value) -> Result<CaseFile> {
        let exported = Exported::read(json)?;
        let view = CaseView::fold(&exported.case, &exported.events)?;
        if exported.end.is_none() {
            let mut err = std::io::stderr();
            let _ = writeln!(
                err,
                "tolkebot: the export has no chain of hashes, as those of older programs: nobody can \
                 say whether it was changed"
            );
        }
        Ok(CaseFile { exported, view })
    }

    /// Refuses what must not be sealed: an export without a chain, one that is not signed with the
    /// master key where that is, one whose values do not all fit. `trial`: it is only a trial's seal.
    pub fn check_for_seal(&self, config: &ServerConfig, trial: bool) -> Result<()> {
        if self.exported.end.is_none() {
            bail!(
                "an export without a chain of hashes is not sealed: export the case again with this \
                 program"
            );
        }
        self.check_values()?;
        let Some(key) = data::key(config).context("the export's signature cannot be checked")?
        else {
            let mut err = std::io::stderr();
            let _ = writeln!(
                err,
                "tolkebot: the master key is not here: the export's chain of hashes fits, its \
                 signature was not checked"
            );
            return Ok(());
        };
        match self.exported.signer(&key)? {
            ChainSigner::Own => Ok(()),
            _ if trial => Ok(()),
            ChainSigner::Other(id) => bail!(
                "the export is signed with the master key {id} and the one here is {}: seal it where \
                 the case is",
                key.id()
            ),
            ChainSigner::Nobody => bail!(
                "the export is not signed with the master key: export the case again where that is"
            ),
        }
    }

    /// Refuses a case in which a value that people decided about does not stand.
    pub fn check_values(&self) -> Result<()> {
        match self.view.misfits() {
            [] => Ok(()),
            [first, rest @ ..] => {
                let more = match rest.len() {
                    0 => String::new(),
                    n => format!(" (and {n} more)"),
                };
                Err(anyhow!("{}{more}", described(first)))
            }
        }
    }

    /// Puts into a document that is only to be looked at what the log holds and the form of today does
    /// not take, as doubtful, and says so. Only of an export that nobody changed: otherwise refused.
    pub fn show_misfits(&self, form: &mut FilledForm) -> Result<()> {
        if self.exported.end.is_none() {
            return self.check_values();
        }
        let definition = FormDefinition::embedded();
        for misfit in self.view.misfits() {
            let Some(field) = definition
                .field(&misfit.key)
                .filter(|_| SlotKey::new(&misfit.key).is_ok() && !misfit.key.contains("[]"))
            else {
                bail!("{}", described(misfit));
            };
            let mut err = std::io::stderr();
            let _ = writeln!(err, "tolkebot: shown as doubtful: {}", described(misfit));
            if field.internal {
                continue;
            }
            let (key, value) = (misfit.key.clone(), misfit.value.clone());
            let row = row_of(key, field, value, RowStatus::Doubtful);
            let titles = [Lang::Da, Lang::Uk].map(|lang| section_title(&field.section, lang));
            put(form, &definition, titles, row);
        }
        form.number_lists();
        Ok(())
    }
}

/// Which event's value does not fit, and what is expected.
fn described(misfit: &Misfit) -> String {
    let label = FormDefinition::embedded()
        .field(&misfit.key)
        .map(|field| format!(" ({})", field.label_da))
        .unwrap_or_default();
    format!(
        "event {}: `{}`{label} has {} as its value, which does not fit: {}; correct it in the case and \
         export that again",
        misfit.seq,
        misfit.key,
        kind(&misfit.value),
        misfit.why
    )
}

/// Puts a row where it belongs: in place of the one that is there, or in the form's order.
fn put(form: &mut FilledForm, definition: &FormDefinition, titles: [&str; 2], row: FilledRow) {
    let order = |row: &FilledRow| definition.order(&row.key);
    let mut rows = form.sections.iter_mut().flat_map(|s| &mut s.rows);
    if let Some(there) = rows.find(|there| there.key == row.key) {
        *there = row;
        return;
    }
    let place = order(&row);
    if let Some(section) = form.sections.iter_mut().find(|s| s.title_da == titles[0]) {
        let at = section.rows.iter().position(|there| order(there) > place);
        section.rows.insert(at.unwrap_or(section.rows.len()), row);
        return;
    }
    let before = |section: &FilledSection| section.rows.first().is_some_and(|r| order(r) > place);
    let at = form.sections.iter().position(before);
    let section = FilledSection {
        title_da: titles[0].to_owned(),
        title_uk: titles[1].to_owned(),
        rows: vec![row],
    };
    form.sections
        .insert(at.unwrap_or(form.sections.len()), section);
}
