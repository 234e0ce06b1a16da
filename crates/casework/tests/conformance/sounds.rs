//! What every store must do with the sound of cases that opted in.

use std::sync::Arc;

use tolkebot_casework::{ErasureReason, SoundKept, Store, StoreError};
use tolkebot_protocol::UtteranceId;
use zeroize::Zeroizing;

use super::{at, case, joined};

/// Sound of a length that nothing else looks like.
pub fn wav(seed: u8, bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut value = u32::from(seed) + 1;
    let noise = (0..bytes).map(|_| {
        value = value.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (value >> 24) as u8
    });
    Zeroizing::new(noise.collect())
}

/// The contract of a [`Store`]'s sound, in a store that seals, or never writes anything down.
pub fn keeps_sound(store: Arc<dyn Store>) {
    let (a, b) = (case("a-1"), case("a-12"));
    let id = UtteranceId;
    for one in [&a, &b] {
        store.append(one, 0, &joined(1)).unwrap();
    }
    // Nothing without an opt-in.
    let one = wav(1, 5000);
    assert_eq!(
        store.keep_sound(&a, id(1), &one, 100_000).unwrap(),
        SoundKept::Off
    );
    assert_eq!(store.sounds(&a).unwrap(), []);
    assert_eq!(store.cases_with_sound().unwrap(), []);
    store.destroy_sound(&a).unwrap();

    // What goes in comes out, of its case only.
    for one in [&a, &b, &a] {
        store.begin_sound(one).unwrap();
    }
    assert_eq!(store.cases_with_sound().unwrap(), [a.clone(), b.clone()]);
    let keep = |case, n, wav: &_| store.keep_sound(case, id(n), wav, 12_000).unwrap();
    assert_eq!(keep(&a, 7, &one), SoundKept::Stored);
    assert_eq!(keep(&a, 3, &wav(3, 44)), SoundKept::Stored);
    assert_eq!(keep(&b, 7, &wav(9, 44)), SoundKept::Stored);
    assert_eq!(keep(&a, 3, &wav(2, 5000)), SoundKept::Stored, "replaced");
    assert_eq!(store.sounds(&a).unwrap(), [id(3), id(7)]);
    assert_eq!(store.sound(&a, id(7)).unwrap(), Some(one));
    assert_eq!(store.sound(&a, id(3)).unwrap(), Some(wav(2, 5000)));
    assert_eq!(store.sound(&b, id(7)).unwrap(), Some(wav(9, 44)));
    assert_eq!(store.sound(&b, id(3)).unwrap(), None);

    // No more than a case may have; what there is stays.
    assert_eq!(keep(&a, 8, &wav(4, 3000)), SoundKept::Full);
    assert_eq!(keep(&a, 9, &wav(4, 1000)), SoundKept::Stored);
    assert_eq!(store.sounds(&a).unwrap(), [id(3), id(7), id(9)]);

    // Destroyed is destroyed, and nothing comes after it; the case and others stay.
    store.destroy_sound(&a).unwrap();
    store.destroy_sound(&a).unwrap();
    assert_eq!(store.sounds(&a).unwrap(), []);
    assert_eq!(store.sound(&a, id(7)).unwrap(), None);
    assert_eq!(keep(&a, 10, &wav(5, 44)), SoundKept::Off);
    assert_eq!(store.load(&a, 0).unwrap().len(), 1);
    assert_eq!(store.cases_with_sound().unwrap(), std::slice::from_ref(&b));
    // A new opt-in begins with nothing.
    store.begin_sound(&a).unwrap();
    assert_eq!(store.sounds(&a).unwrap(), []);
    assert_eq!(keep(&a, 11, &wav(6, 44)), SoundKept::Stored);
    assert_eq!(store.sound(&a, id(11)).unwrap(), Some(wav(6, 44)));

    // An erased case has no sound, and gets none.
    store.erase(&a, ErasureReason::Request, at(60)).unwrap();
    assert_eq!(store.sounds(&a).unwrap(), []);
    assert_eq!(keep(&a, 12, &wav(7, 44)), SoundKept::Off);
    assert!(matches!(store.begin_sound(&a), Err(StoreError::Erased(_))));
    assert_eq!(store.sound(&b, id(7)).unwrap(), Some(wav(9, 44)));
    assert_eq!(store.audit(None, None).unwrap().findings, []);

    // What is not there, or is not sealed, keeps nothing.
    assert!(store.begin_sound(&case("nobody")).is_err());
}
