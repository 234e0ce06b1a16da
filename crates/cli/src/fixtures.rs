//! `tolkebot fixtures`: the sound of recorded conversations.

use std::path::Path;

use anyhow::{Context, Result};
use tolkebot_models::Store;
use tolkebot_tts::{RoomOptions, synthesise_conversation};

use crate::args::FixturesArgs;

pub fn run(args: FixturesArgs) -> Result<()> {
    let store = Store::locate()?;
    tolkebot_models::onnx::init(&store)?;
    for folder in &args.folders {
        let mut done = |file: &Path| println!("{}", file.display());
        synthesise_conversation(&store, folder, &RoomOptions::default(), 1, &mut done)
            .with_context(|| format!("cannot make the sound of {}", folder.display()))?;
    }
    Ok(())
}
