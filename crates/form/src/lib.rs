//! The form room: a conversation at the counter goes in, a filled *flytteanmeldelse* comes out.
//!
//! Pure: no I/O, no models, no clock but the day handed in. The pieces, in the order of use:
//!
//! - [`FormDefinition`] – which fields exist, when they are required, how they are asked for (data);
//! - [`Dialogue`], [`Turn`] – the conversation as input;
//! - [`FormReader`] – reads turns of both speakers and decides what they say about which slot, and
//!   what the next answer is likely to name ([`WordGroup`]);
//! - [`FormState`] – the slots with evidence, conflicts and people's decisions; what is missing,
//!   which rules are broken, what to ask next, the read-back, the JSON for other programs;
//! - [`display`], [`section_title`] – values and titles as people read them.
//!
//! The machine only proposes. A value that a person confirmed or entered is never overwritten.

#![warn(missing_docs)]

mod check;
mod definition;
mod dialogue;
mod display;
mod reader;
mod state;
mod texts;

pub use definition::{
    Condition, ConditionError, DefinitionError, EnumValue, Facts, FieldDef, FieldType, FilledBy,
    FormDefinition, Required, Sensitivity, SlotKey, SlotKeyError, TooLate,
};
pub use dialogue::{Dialogue, DialogueError, MAX_INPUT_BYTES, MAX_TEXT_BYTES, MAX_TURNS, Turn};
pub use display::{date_long, display};
pub use reader::FormReader;
pub use state::{
    Completeness, Decider, DecisionError, Doubt, Evidence, FormState, Former, Issue, Question,
    RULES_VERSION, ReadBackLine, ReadBackOptions, Rival, Severity, Slot, SlotChange, SlotStatus,
    Superseded, in_force,
};
pub use texts::section_title;
pub use tolkebot_values::{LikelyWords, WordGroup};
