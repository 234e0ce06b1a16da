//! `tolkebot models`: what is here, what can be fetched, under which licence.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

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
            let unknown = puller.verify(&[profile], &mut Bar::default())?;
            write!(std::io::stdout(), "{}", verified(profile, &unknown))?;
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
        } => convert(
            &output,
            |whole| Ok(ct2_to_ggml(&weights, &tokenizer, whole)?),
            |whole| Ok(quantise_q8_0(whole, &output)?),
        ),
    }
}

/// What a check of a profile's files came to. `unknown`: files of which the manifest has no checksum.
fn verified(profile: &str, unknown: &[PathBuf]) -> String {
    if unknown.is_empty() {
        return format!("every file of profile `{profile}` is as the manifest says\n");
    }
    let mut said = String::new();
    for file in unknown {
        said.push_str(&format!(
            "{}: the manifest has no checksum of it; it is as it was when it came here\n",
            file.display()
        ));
    }
    format!(
        "{said}every other file of profile `{profile}` is as the manifest says; if one of these cannot be used, remove \
         the folder that it is in and run `tolkebot models pull` again\n"
    )
}

/// Converts to `output` by way of a 16-bit file beside it, which does not stay, whether or not
/// both steps work.
fn convert(
    output: &Path,
    first: impl FnOnce(&Path) -> Result<()>,
    second: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let name = output.file_name().context("-o names no file")?;
    // A name that is nobody else's: neither the result's nor a neighbour's.
    let name = format!(".{}.{}.f16", name.to_string_lossy(), std::process::id());
    let whole = output.with_file_name(name);
    let done = first(&whole).and_then(|()| second(&whole));
    match std::fs::remove_file(&whole) {
        Err(error) if done.is_ok() => {
            Err(error).with_context(|| format!("cannot remove {}", whole.display()))
        }
        _ => done,
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

#[cfg(test)]
mod tests {
    use std::fs;

    use anyhow::bail;

    use super::*;

    /// Converts to this name beside a `x.f16` of somebody's; what lies there afterwards.
    fn converted(name: &str, second_works: bool) -> (bool, Vec<(String, String)>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("x.f16"), "somebody's").unwrap();
        let output = folder.path().join(name);
        let done = convert(
            &output,
            |whole| Ok(fs::write(whole, "16 bits")?),
            |whole| {
                assert_eq!(fs::read_to_string(whole)?, "16 bits");
                if !second_works {
                    bail!("no");
                }
                Ok(fs::write(&output, "8 bits")?)
            },
        );
        let entries = fs::read_dir(folder.path()).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        });
        let mut found: Vec<_> = entries.collect();
        found.sort();
        (done.is_ok(), found)
    }

    #[test]
    fn a_check_says_which_files_the_manifest_does_not_know() {
        let whole = "every file of profile `standard` is as the manifest says\n";
        assert_eq!(verified("standard", &[]), whole);
        let told = verified("standard", &[PathBuf::from("store/voice/v.onnx")]);
        assert!(told.starts_with("store/voice/v.onnx: "), "{told}");
        assert!(
            told.contains("models pull") && !told.contains(whole),
            "{told}"
        );
    }

    #[test]
    fn the_step_on_the_way_touches_nothing_else() {
        let file = |name: &str, content: &str| (name.to_owned(), content.to_owned());
        let kept = file("x.f16", "somebody's");
        let found = converted("x.bin", true);
        assert_eq!(found, (true, vec![file("x.bin", "8 bits"), kept.clone()]));
        assert_eq!(
            converted("x.f16", true),
            (true, vec![file("x.f16", "8 bits")])
        );
        assert_eq!(converted("x.bin", false), (false, vec![kept]));
    }
}
