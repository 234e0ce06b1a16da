//! Pulls models without the rest of the product: `cargo run -p tolkebot-models --example pull --
//! starter`. Names are ids of models or names of profiles; without any, `starter`.

use tolkebot_models::{Event, Manifest, ModelError, Puller, Store};

fn main() -> Result<(), ModelError> {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        names.push("starter".to_owned());
    }
    let store = Store::locate()?;
    println!("into {}", store.root().display());
    Puller::new(store, Manifest::embedded()?).pull(&names, &mut |event: Event<'_>| match event {
        Event::Fetching {
            done,
            total: Some(total),
            file,
            ..
        } if done < total => {
            println!("  {file}: {} of {} MB", done >> 20, total >> 20);
        }
        other => println!("  {other:?}"),
    })
}
