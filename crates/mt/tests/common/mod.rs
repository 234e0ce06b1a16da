//! The shipped model, for the tests that run it.

use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, Translator};

/// A translator over the starter model; fails with the remedy if it is not there.
pub fn translator(config: &MtConfig) -> Translator {
    let store = Store::locate().expect("the model store; run `cargo xtask setup`");
    let dir = store
        .dir("mt-starter")
        .expect("the starter model; run `cargo xtask setup`");
    Translator::load(&dir, config).expect("the starter model loads; run `cargo xtask setup`")
}
