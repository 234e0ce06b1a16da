//! Pulls for which nothing is fetched.

use super::*;

/// The checksum of one byte, `x`.
const SUM: &str = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

/// A manifest of one model, `m`, with the file `a.bin` (one byte, `x`) and this source.
fn manifest(source: &str) -> Manifest {
    manifest_of(&format!("size = 1, sha256 = \"{SUM}\""), source)
}

/// The same, with what is known of `a.bin`.
fn manifest_of(known: &str, source: &str) -> Manifest {
    let profile = |name: &str| {
        format!(
            "[[profile]]\nname = \"{name}\"\nsummary = \"\"\nvad = \"m\"\nruntime = []\n\
             asr = {{ da = \"m\", uk = \"m\" }}\nmt = {{ da_uk = \"m\", uk_da = \"m\" }}\n\
             tts = {{ da = \"m\", uk = \"m\" }}\n"
        )
    };
    let text = format!(
        "schema = 1\n{}[[model]]\nid = \"m\"\ntitle = \"\"\ntask = \"mt\"\nlanguages = []\n\
         licence = \"MIT\"\ncard = \"m.md\"\nmain = \"a.bin\"\ntried = true\n\
         file = [{{ path = \"a.bin\", {known} }}]\n[[model.source]]\n{source}\n",
        profile("small")
    );
    Manifest::parse(&text).unwrap()
}

const SHIPPED: &str = "kind = \"repository\"\npath = \"starter/m\"";

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The message of a pull that fails.
fn refused(puller: &Puller, name: &str) -> String {
    let result = puller.pull(&[name], &mut Silent);
    result.unwrap_err().to_string()
}

#[test]
fn a_shipped_model_is_copied_by_hand_where_there_is_no_repository() {
    let folder = tempfile::tempdir().unwrap();
    let puller = Puller::new(Store::alone(folder.path()), manifest(SHIPPED));
    let own = folder.path().join("m");
    for _ in ["absent", "not whole"] {
        let told = refused(&puller, "m");
        assert!(told.contains(own.to_str().unwrap()), "{told}");
        assert!(told.contains("models/starter/m"), "{told}");
        write(&own.join("a.bin"), b"other");
    }
    write(&own.join("a.bin"), b"x");
    puller.pull(&["m"], &mut Silent).unwrap();
}

#[test]
fn the_folder_that_is_not_whole_is_the_one_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("manifest.toml"), b"");
    let shipped = folder.path().join("starter/m");
    let store = Store::at(folder.path().join("store"));
    let own = store.path_of("m");
    let puller = Puller::new(store, manifest(SHIPPED));
    let told = refused(&puller, "m");
    assert!(
        told.contains("git") && told.contains(shipped.to_str().unwrap()),
        "{told}"
    );
    assert!(!told.contains(own.to_str().unwrap()), "{told}");

    // The repository's is whole, and one's own goes before it.
    write(&shipped.join("a.bin"), b"x");
    fs::create_dir_all(&own).unwrap();
    let told = refused(&puller, "m");
    assert!(
        told.contains(own.to_str().unwrap()) && !told.contains("git"),
        "{told}"
    );
    assert!(told.contains(shipped.to_str().unwrap()), "{told}");
}

#[test]
fn what_somebody_puts_there_for_another_kind_of_machine_is_theirs() {
    const ELSEWHERE: &str = "kind = \"wheel\"\npackage = \"p\"\nversion = \"1\"\n\
        wheel = \"p-1-py3-none-any.whl\"\nsha256 = \"\"\nplatform = \"plan9-mips\"\n\
        member = [{ from = \"a\", to = \"a.bin\" }]";
    let folder = tempfile::tempdir().unwrap();
    let puller = Puller::new(Store::alone(folder.path()), manifest(ELSEWHERE));
    let own = folder.path().join("m");
    let told = refused(&puller, "m");
    assert!(
        told.contains("a.bin") && told.contains(own.to_str().unwrap()),
        "{told}"
    );
    assert_eq!(puller.state("m").unwrap(), State::Missing);

    write(&own.join("a.bin"), b"another machine's");
    puller.pull(&["m"], &mut Silent).unwrap();
    puller.verify(&["m"], &mut Silent).unwrap();
    assert_eq!(puller.state("m").unwrap(), State::Yours);

    fs::remove_file(own.join("a.bin")).unwrap();
    let error = puller.verify(&["m"], &mut Silent).unwrap_err();
    assert!(matches!(error, ModelError::Platform { .. }), "{error}");
}

#[test]
fn what_cannot_be_converted_is_fetched_anew_unless_its_checksum_is_known() {
    // Nothing is asked of the addresses: the files lie where they are looked for first.
    let source = format!(
        "kind = \"hub\"\nurl = \"https://127.0.0.1:9/a\"\nto = \"a.f16\"\n[[model.source]]\n\
         kind = \"hub\"\nurl = \"https://127.0.0.1:9/b\"\nto = \"b.json\"\nsize = 1\nsha256 = \"{SUM}\"\n\
         [[model.convert]]\nstep = \"q8_0\"\nfrom = \"a.f16\"\nto = \"a.bin\""
    );
    let folder = tempfile::tempdir().unwrap();
    let staging = folder.path().join(".pull/m");
    write(&staging.join("a.f16"), b"<!DOCTYPE html>");
    write(&staging.join("b.json"), b"x");
    let puller = Puller::new(Store::alone(folder.path()), manifest(&source));
    let error = puller.pull(&["m"], &mut Silent).unwrap_err();
    assert!(matches!(error, ModelError::Convert { .. }), "{error}");
    assert!(!staging.join("a.f16").exists() && staging.join("b.json").exists());
}

#[test]
fn a_file_that_the_manifest_has_no_checksum_of_is_not_said_to_be_as_there() {
    const HUB: &str = "kind = \"hub\"\nurl = \"https://127.0.0.1:9/a\"\nto = \"a.bin\"";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("m/a.bin");
    write(&file, b"x");
    let unknown = |manifest: Manifest| {
        let puller = Puller::new(Store::alone(folder.path()), manifest);
        puller.verify(&["m"], &mut Silent).unwrap()
    };
    assert_eq!(unknown(manifest(HUB)), Vec::<PathBuf>::new());
    assert_eq!(unknown(manifest_of("size = 1", HUB)), [file]);
}

#[test]
fn a_name_that_is_nothing_is_answered_with_all_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let puller = Puller::new(Store::alone(folder.path()), manifest(SHIPPED));
    for name in ["small", "m"] {
        assert_eq!(puller.resolve(&[name]).unwrap()[0].id, "m");
    }
    let told = puller.resolve(&["smal"]).unwrap_err().to_string();
    assert!(told.contains("`smal`"), "{told}");
    assert!(told.contains("(small)") && told.contains("(m)"), "{told}");
}
