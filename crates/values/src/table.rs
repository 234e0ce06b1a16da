//! Tables that are looked up for every word of every turn.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

/// A map for tables of this project, with a fast hash. Nothing that strangers send becomes a key, so nobody
/// can choose keys that collide.
pub type Table<K, V> = HashMap<K, V, FixedState>;

/// The same for sets.
pub(crate) type TableSet<K> = HashSet<K, FixedState>;
