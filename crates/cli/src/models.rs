//! `tolkebot models`: what is here, what can be fetched, under which licence.

use std::io::{IsTerminal, Write};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tolkebot_models::convert::{ct2_to_ggml, quantise_q8_0};
use tolkebot_models::{Event, Manifest, Progress, Puller, State, Store};

use crate::args::{ModelsArgs, ModelsCommand};

pub fn run(profile: &str, args: ModelsArgs) -> Result<()> {
    let store = Store::locate()?;
    let manifest = Manifest::embedded()?;
    // Mistyped, it would otherwise be told as something else, or not at all.
    manifest.profile(profile)?;
    let puller = Puller::new(store.clone(), manifest.clone());
    match args.command {
        ModelsCommand::List => list(&manifest, &puller),
        ModelsCommand::Pull { ids } => {
            let names = if ids.is_empty() {
                vec![profile.to_owned()]
            } else {
                ids
            };
            puller.pull(&names, &mut Bar::default())?;
            Ok(())
        }
        ModelsCommand::Verify => {
            puller.verify(&[profile], &mut Bar::default())?;
            writeln!(
                std::io::stdout(),
                "every file of profile `{profile}` is as the manifest says"
            )?;
            Ok(())
        }
        ModelsCommand::Card { id } => {
            let model = manifest.model(&id)?;
            let folder = store.repository().context(
                "the model cards are in the repository's `models/cards`, which is not here: run \
                 this in the repository",
            )?;
            let path = folder.join("cards").join(&model.card);
            let card = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            write!(std::io::stdout(), "{card}")?;
            Ok(())
        }
        ModelsCommand::Convert {
            weights,
            tokenizer,
            output,
        } => {
            let whole = output.with_extension("f16");
            ct2_to_ggml(&weights, &tokenizer, &whole)?;
            let quantised = quantise_q8_0(&whole, &output);
            // The 16-bit file is only a step on the way, whether the next one worked or not.
            std::fs::remove_file(&whole)
                .with_context(|| format!("cannot remove {}", whole.display()))?;
            Ok(quantised?)
        }
    }
}

fn list(manifest: &Manifest, puller: &Puller) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for profile in manifest.profiles() {
        writeln!(out, "profile {}: {}", profile.name, profile.summary)?;
        writeln!(out, "  {}", profile.ids().join(", "))?;
    }
    writeln!(out)?;
    for model in manifest.models() {
        let here = match puller.state(&model.id)? {
            State::Ready => "here",
            State::Unverified => "here, not verified",
            State::Yours => "here, yours",
            State::Missing => "not here",
        };
        let files: Option<u64> = model.files.iter().map(|f| f.size).sum();
        let size = files.map(|size| size + model.trees.iter().map(|t| t.size).sum::<u64>());
        let size = size.map_or("size unknown".into(), |size| {
            format!("{} MB", size / 1_000_000)
        });
        let (id, title, languages) = (&model.id, &model.title, model.languages.join(" "));
        writeln!(out, "{id:<22} {title}")?;
        writeln!(
            out,
            "{:<22} {languages}  {}  {size}  {here}",
            "", model.licence
        )?;
        if !model.tried {
            writeln!(
                out,
                "{:<22} written down without having been fetched: see its card",
                ""
            )?;
        }
    }
    Ok(())
}

/// Shows a pull: a bar on a terminal, lines elsewhere.
#[derive(Default)]
struct Bar {
    bar: Option<ProgressBar>,
    file: String,
}

impl Bar {
    fn say(&mut self, text: &str) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.file.clear();
        eprintln!("{text}");
    }
}

impl Progress for Bar {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Pulling { id, title } => self.say(&format!("{id}: {title}")),
            Event::Waiting { id } => self.say(&format!("{id}: another process pulls it; waiting")),
            Event::Fetching {
                file, done, total, ..
            } => {
                if !std::io::stderr().is_terminal() {
                    if self.file != file {
                        self.say(&format!("  fetching {file}"));
                        self.file = file.to_owned();
                    }
                    return;
                }
                let bar = self.bar.get_or_insert_with(|| {
                    let style = "  {msg} {bar:30} {bytes}/{total_bytes} {eta}";
                    let style = ProgressStyle::with_template(style)
                        .unwrap_or_else(|_| ProgressStyle::default_bar());
                    ProgressBar::new(total.unwrap_or(0)).with_style(style)
                });
                if let Some(total) = total {
                    bar.set_length(total);
                }
                bar.set_message(file.to_owned());
                bar.set_position(done);
            }
            Event::Unknown { file, sha256, .. } => {
                self.say(&format!(
                    "  {file} has no known checksum; it is {sha256} from now on"
                ));
            }
            Event::Converting { to, .. } => self.say(&format!("  converting to {to}")),
            Event::Verifying { id } => self.say(&format!("{id}: verifying")),
            Event::Ready { id } => self.say(&format!("{id}: ready")),
            _ => {}
        }
    }
}
