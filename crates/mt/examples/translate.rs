//! Translates the lines of standard input: `cargo run -p tolkebot-mt --example translate -- uk`.

use std::io::BufRead;
use std::time::Instant;

use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let to: Lang = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "uk".to_owned())
        .parse()?;
    let guard = std::env::args().nth(2).as_deref() != Some("plain");
    let store = Store::locate()?;
    let config = MtConfig {
        guard,
        ..MtConfig::default()
    };
    let mut translator = Translator::load(&store.dir("mt-starter")?, &config)?;
    for line in std::io::stdin().lock().lines() {
        let start = Instant::now();
        let t = translator.translate(&line?, to.other(), to)?;
        let (ms, c) = (start.elapsed().as_millis(), t.confidence);
        println!("{}\t{ms} ms\t{c:.2}\t{:?}", t.text, t.warnings);
    }
    Ok(())
}
