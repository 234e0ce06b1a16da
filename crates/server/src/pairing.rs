//! Six-digit codes that pair a tablet with a case.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::time::Instant;
use tolkebot_protocol::CaseId;
use uuid::Uuid;

use crate::access::after;
use crate::limits::Mistakes;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The codes that are good now.
#[derive(Debug)]
pub(crate) struct PairingCodes {
    open: Mutex<HashMap<String, (CaseId, Timestamp)>>,
    wrong: Mutex<Mistakes>,
}

/// Why a code does not pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PairingRefusal {
    /// Unknown, used or expired.
    Wrong,
    /// Too many wrong codes.
    TooMany,
}

impl PairingCodes {
    /// No codes; `wrong_per_minute` limits guessing from one address.
    pub fn new(wrong_per_minute: u32) -> PairingCodes {
        PairingCodes {
            open: Mutex::default(),
            wrong: Mutex::new(Mistakes::new(wrong_per_minute, Instant::now())),
        }
    }

    /// A new code for a case; an earlier one of the same case is void.
    pub fn issue(&self, case: &CaseId, now: Timestamp, lifetime_s: u32) -> String {
        let mut open = lock(&self.open);
        open.retain(|_, (other, expires)| other != case && *expires > now);
        loop {
            let code = format!("{:06}", Uuid::new_v4().as_u128() % 1_000_000);
            if !open.contains_key(&code) {
                open.insert(code.clone(), (case.clone(), after(now, lifetime_s)));
                return code;
            }
        }
    }

    /// Uses a code up: the case that it is for, and until when it would have been good.
    pub fn redeem(
        &self,
        code: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(CaseId, Timestamp), PairingRefusal> {
        let mut wrong = lock(&self.wrong);
        let at = Instant::now();
        if !wrong.may_try(from, at) {
            return Err(PairingRefusal::TooMany);
        }
        match lock(&self.open).remove(&digits(code)) {
            Some((case, expires)) if expires > now => Ok((case, expires)),
            _ => {
                wrong.count(from, at);
                Err(PairingRefusal::Wrong)
            }
        }
    }

    /// Makes a code good again that was used up in vain, unless its case has another one by now.
    pub fn put_back(&self, code: &str, case: CaseId, expires: Timestamp) {
        let mut open = lock(&self.open);
        if open.values().all(|(other, _)| *other != case) {
            open.insert(digits(code), (case, expires));
        }
    }
}

/// A code as it is kept: people write a space in the middle.
fn digits(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_code_is_good_once_in_time_and_until_the_next_one() {
        let codes = PairingCodes::new(10);
        let case = CaseId("a".into());
        let first = codes.issue(&case, at(0), 600);
        assert!(first.len() == 6 && first.bytes().all(|b| b.is_ascii_digit()));
        let second = codes.issue(&case, at(1), 600);
        if first != second {
            assert_eq!(
                codes.redeem(&first, HERE, at(2)),
                Err(PairingRefusal::Wrong)
            );
        }
        let spaced = format!(" {} {}", &second[..3], &second[3..]);
        assert_eq!(
            codes.redeem(&spaced, HERE, at(2)),
            Ok((case.clone(), at(601)))
        );
        assert_eq!(
            codes.redeem(&second, HERE, at(2)),
            Err(PairingRefusal::Wrong)
        );
        codes.put_back(&spaced, case.clone(), at(601));
        assert!(
            codes.redeem(&second, HERE, at(2)).is_ok(),
            "used up in vain"
        );
        let third = codes.issue(&case, at(3), 600);
        codes.put_back(&second, case.clone(), at(601));
        if second != third {
            assert_eq!(
                codes.redeem(&second, HERE, at(4)),
                Err(PairingRefusal::Wrong),
                "there is a newer one"
            );
        }
        assert_eq!(
            codes.redeem(&third, HERE, at(603)),
            Err(PairingRefusal::Wrong)
        );
    }

    #[test]
    fn guessing_is_stopped_for_the_guesser_only() {
        let codes = PairingCodes::new(5);
        let case = CaseId("a".into());
        let code = codes.issue(&case, at(0), 600);
        for _ in 0..5 {
            assert_eq!(codes.redeem("x", HERE, at(1)), Err(PairingRefusal::Wrong));
        }
        assert_eq!(
            codes.redeem(&code, HERE, at(1)),
            Err(PairingRefusal::TooMany)
        );
        let elsewhere = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
        assert_eq!(codes.redeem(&code, elsewhere, at(1)), Ok((case, at(600))));
    }
}
