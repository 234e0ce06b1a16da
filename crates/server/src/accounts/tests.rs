//! Accounts over a store in memory.

use super::*;
use tolkebot_casework::MemoryStore;

const GOOD: &str = "korrekt hest batteri";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn accounts() -> Accounts {
    Accounts::new(Arc::new(MemoryStore::new())).unwrap()
}

#[test]
fn the_right_password_lets_in_and_nothing_else_does() {
    let accounts = accounts();
    accounts
        .add("Anne", AccountRole::Staff, GOOD, false, at(0))
        .unwrap();
    let anne = accounts.sign_in(" anne", GOOD, "", at(1)).unwrap();
    assert_eq!(
        (anne.name.as_str(), anne.role),
        ("anne", AccountRole::Staff)
    );
    for (name, password) in [("anne", "x"), ("bo", GOOD), ("", ""), ("anne", "")] {
        let refused = accounts.sign_in(name, password, "", at(2));
        assert_eq!(refused, Err(SignInRefusal::Wrong), "{name} {password}");
    }
    accounts.set_disabled("anne", true, at(3)).unwrap();
    assert_eq!(
        accounts.sign_in("anne", GOOD, "", at(4)),
        Err(SignInRefusal::Wrong)
    );
    assert_eq!(accounts.role("anne", anne.generation, at(4)).unwrap(), None);
}

#[test]
fn a_new_password_and_being_disabled_end_what_was_before() {
    let accounts = accounts();
    let role = |who: &SignedIn| accounts.role("anne", who.generation, at(9)).unwrap();
    accounts
        .add("anne", AccountRole::Staff, GOOD, false, at(0))
        .unwrap();
    let first = accounts.sign_in("anne", GOOD, "", at(1)).unwrap();
    assert_eq!(role(&first), Some(AccountRole::Staff));
    accounts
        .set_password("anne", "korrekt hest batteri to", at(2))
        .unwrap();
    assert_eq!(role(&first), None);
    accounts.set_password("anne", GOOD, at(3)).unwrap();
    assert_eq!(role(&first), None);
    // Disabled for a while: whoever was in has to sign in again.
    let again = accounts.sign_in("anne", GOOD, "", at(5)).unwrap();
    accounts.set_disabled("anne", true, at(6)).unwrap();
    assert_eq!(role(&again), None);
    accounts.set_disabled("anne", false, at(7)).unwrap();
    assert_eq!(role(&again), None);
    let anew = accounts.sign_in("anne", GOOD, "", at(8)).unwrap();
    assert_eq!(role(&anew), Some(AccountRole::Staff));
}

/// Cases belong to a name. Whoever is given it after somebody else would have theirs.
#[test]
fn the_name_of_a_removed_account_stays_taken_and_nothing_else_of_it() {
    let accounts = accounts();
    let add = |second| accounts.add("anne", AccountRole::Staff, GOOD, true, at(second));
    add(0).unwrap();
    accounts
        .add("bo", AccountRole::Supervisor, GOOD, false, at(0))
        .unwrap();
    let bo = accounts.sign_in("bo", GOOD, "", at(1)).unwrap();
    for name in ["anne", "bo"] {
        accounts.remove(name, at(2)).unwrap();
    }
    assert_eq!(accounts.role("bo", bo.generation, at(3)).unwrap(), None);
    for second_factor in [false, true] {
        for name in ["anne", " BO "] {
            let again = accounts.add(name, AccountRole::Staff, GOOD, second_factor, at(3));
            assert!(matches!(again, Err(AccountError::Taken(_))), "{name}");
        }
    }
    // No way leads back to it.
    let unknown = |done: Result<(), AccountError>| {
        assert!(matches!(done, Err(AccountError::Unknown(_))), "{done:?}");
    };
    unknown(accounts.set_disabled("bo", false, at(4)));
    unknown(accounts.set_password("bo", GOOD, at(4)));
    unknown(accounts.remove("bo", at(4)));
    for password in [GOOD, "nobody has this password"] {
        let refused = accounts.sign_in("bo", password, "", at(5));
        assert_eq!(refused, Err(SignInRefusal::Wrong));
    }
    assert_eq!(accounts.list(at(5)).unwrap(), []);
    let kept = accounts.all(at(5)).unwrap();
    assert!(kept.values().all(|account| account.second_factor.is_none()));
    assert!(kept.values().all(|account| !account.password.is_of(GOOD)));
}

#[test]
fn accounts_from_before_names_stayed_taken_are_read() {
    let accounts = accounts();
    accounts
        .add("anne", AccountRole::Staff, GOOD, false, at(0))
        .unwrap();
    let text = accounts.store.note(NOTE, at(0)).unwrap().unwrap();
    assert!(!text.contains("removed"), "{text}");
    accounts.sign_in("anne", GOOD, "", at(1)).unwrap();
}

#[test]
fn guesses_that_come_at_once_are_counted_one_by_one() {
    let accounts = accounts();
    accounts
        .add("anne", AccountRole::Staff, GOOD, false, at(0))
        .unwrap();
    let answers: Vec<_> = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..24)
            .map(|_| threads.spawn(|| accounts.sign_in("anne", "wrong", "", at(1))))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let of = |what| answers.iter().filter(|a| **a == Err(what)).count();
    assert_eq!(of(SignInRefusal::Wrong), TRIES as usize);
    assert_eq!(of(SignInRefusal::Locked), 24 - TRIES as usize);
}

#[test]
fn five_wrong_passwords_lock_an_account_for_a_while() {
    let accounts = accounts();
    for name in ["anne", "bo"] {
        accounts
            .add(name, AccountRole::Staff, GOOD, false, at(0))
            .unwrap();
    }
    for _ in 0..4 {
        let _ = accounts.sign_in("anne", "wrong", "", at(1));
    }
    accounts.sign_in("anne", GOOD, "", at(1)).unwrap();
    for _ in 0..5 {
        assert_eq!(
            accounts.sign_in("anne", "wrong", "", at(2)),
            Err(SignInRefusal::Wrong)
        );
    }
    assert_eq!(
        accounts.sign_in("anne", GOOD, "", at(3)),
        Err(SignInRefusal::Locked)
    );
    assert!(accounts.sign_in("bo", GOOD, "", at(3)).is_ok());
    accounts.sign_in("anne", GOOD, "", at(2 + 15 * 60)).unwrap();
    for _ in 0..5 {
        let _ = accounts.sign_in("anne", "wrong", "", at(2000));
    }
    accounts
        .set_password("anne", "en helt ny adgangskode", at(2001))
        .unwrap();
    accounts
        .sign_in("anne", "en helt ny adgangskode", "", at(2002))
        .unwrap();
}

#[test]
fn a_code_of_the_second_factor_is_asked_for_and_good_once() {
    let accounts = accounts();
    let address = accounts
        .add("anne", AccountRole::Staff, GOOD, true, at(0))
        .unwrap();
    let address = address.unwrap();
    assert!(address.starts_with("otpauth://totp/"), "{address}");
    let kept = accounts.all(at(0)).unwrap();
    let code = |second| {
        kept["anne"]
            .second_factor
            .as_ref()
            .unwrap()
            .code(at(second))
    };
    assert_eq!(
        accounts.sign_in("anne", GOOD, "", at(1)),
        Err(SignInRefusal::Wrong)
    );
    assert_eq!(
        accounts.sign_in("anne", GOOD, "000000x", at(1)),
        Err(SignInRefusal::Wrong)
    );
    accounts.sign_in("anne", GOOD, &code(1), at(1)).unwrap();
    assert_eq!(
        accounts.sign_in("anne", GOOD, &code(1), at(2)),
        Err(SignInRefusal::Wrong)
    );
    accounts.sign_in("anne", GOOD, &code(61), at(61)).unwrap();
    assert_eq!(
        accounts.sign_in("anne", GOOD, &code(61), at(400)),
        Err(SignInRefusal::Wrong)
    );
    let shown = format!("{kept:?}");
    let secret = address
        .split("secret=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    assert!(
        !shown.contains(secret) && !shown.contains("argon2"),
        "{shown}"
    );
}

#[test]
fn weak_passwords_and_odd_names_are_refused_with_a_remedy() {
    let accounts = accounts();
    for (name, password) in [
        ("anne", "short"),
        ("anne", "aaaaaaaaaaaaaaaa"),
        ("anne.hansen", "anne.hansen123"),
        ("anne", "password1234"),
        ("anne", &"x".repeat(200)),
    ] {
        let added = accounts.add(name, AccountRole::Staff, password, false, at(0));
        let Err(AccountError::Password(error)) = added else {
            panic!("{password} was taken");
        };
        assert!(!error.to_string().contains(password));
    }
    for name in ["", "a", "a b", "æ", &"x".repeat(65)] {
        let added = accounts.add(name, AccountRole::Staff, GOOD, false, at(0));
        assert!(matches!(added, Err(AccountError::Name(_))), "{name}");
    }
    accounts
        .add("anne", AccountRole::Staff, GOOD, false, at(0))
        .unwrap();
    let twice = accounts.add("ANNE", AccountRole::Admin, GOOD, false, at(0));
    assert!(matches!(twice, Err(AccountError::Taken(_))));
    assert_eq!(accounts.list(at(0)).unwrap().len(), 1);
    accounts.remove("anne", at(1)).unwrap();
    assert!(matches!(
        accounts.remove("anne", at(1)),
        Err(AccountError::Unknown(_))
    ));
}
