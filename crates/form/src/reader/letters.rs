//! Letters to who leaves the country, that are to go to the home that is left: «на ту саму адресу», «туди ж», or its street
//! named again.

use super::address;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Noted when the old home is the address for letters.
pub(super) const AS_OLD: &str = "contact.as_old";

/// Reads the answer to a question for an address in Denmark.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let leaves = m.text("case.move_type") == Some("to_abroad");
    if u.is_staff() || !leaves || !m.asked.asks(Topic::ContactAddress) || m.objected {
        return;
    }
    let words = u.all_words();
    let same = words.windows(2).any(|w| {
        matches!(
            w,
            ["туди", "ж" | "же" | "само" | "саме"]
                | ["ту", "саму" | "ж"]
                | ["тій", "самій" | "ж"]
                | ["та", "сама"]
                | ["цю", "ж" | "саму"]
        )
    });
    let number = m.text("from.house_number");
    let named = u.addresses().iter().any(|a| {
        let other = a.value.number.as_ref().map(|n| n.value.as_str());
        a.value.street.as_ref().is_some_and(|street| {
            m.text("from.street_name")
                .is_some_and(|old| address::is_same_street(old, &street.value.name))
        }) && (other.is_none() || other == number)
    });
    // «На ту ж польську адресу»: the one abroad.
    let abroad = words.iter().any(|w| {
        let of_country = ["ську", "цьку", "зьку", "ській", "цькій", "зькій"];
        of_country.iter().any(|end| w.ends_with(end)) && !w.starts_with("данськ")
    });
    if same && !abroad || named {
        m.note(AS_OLD, "1", u.evidence(0..0));
    }
}
