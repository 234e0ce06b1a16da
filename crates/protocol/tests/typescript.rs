//! The web client's types are those of this crate.

use std::path::Path;

#[test]
fn the_web_clients_types_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web-client/src/protocol/types.ts");
    let wanted = tolkebot_protocol::typescript();
    if std::env::var_os("TOLKEBOT_UPDATE_TYPES").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "web-client/src/protocol/types.ts is not what crates/protocol generates: \
         run `cargo xtask types` and commit the file"
    );
}
