//! The small language of `condition` in a form definition.
//!
//! ```text
//! condition = all { "or" all } ;
//! all       = test { "and" test } ;
//! test      = path [ ("==" | "!=") literal | (">" | "<" | ">=" | "<=") number
//!                  | ["not"] "in" "(" literal { "," literal } ")" ] ;
//! literal   = "'" text "'" | number | "true" | "false" ;
//! ```
//!
//! A bare path holds when the slot has a value (or at least one person of a group). A slot without
//! value equals nothing: `==`, `in` and comparisons fail, `!=` holds; `not in` fails, because an
//! exclusion list only makes sense for a known value. A few facts that are
//! no slots have names of their own ([`NAMED`]).

use serde_json::Value;
use thiserror::Error;

/// Facts that are computed and not written as a comparison.
pub(crate) const NAMED: [&str; 2] = ["any household member under 18", "building has floors"];

/// Why a condition cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("condition `{condition}` is not understood at `{at}`; {hint}")]
pub struct ConditionError {
    /// The whole condition.
    pub condition: String,
    /// Where reading stopped.
    pub at: String,
    /// What was expected.
    pub hint: &'static str,
}

/// What a condition is evaluated against.
pub trait Facts {
    /// The value of a slot, by the definition's key; `None` when the slot has no value.
    fn value(&self, key: &str) -> Option<&Value>;
    /// Whether a group such as `children` has at least one member.
    fn has_group(&self, group: &str) -> bool;
    /// A named fact; `None` when it is not known.
    fn named(&self, name: &str) -> Option<bool>;
}

/// A parsed condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All must hold.
    All(Vec<Condition>),
    /// One must hold.
    Any(Vec<Condition>),
    /// The slot has a value, or the group has a member.
    Present(String),
    /// A named fact is true.
    Named(String),
    /// The slot's value compared with a literal.
    Compare(String, Comparison, Value),
    /// The slot's value is (`true`) or is not (`false`) in the list.
    In(String, bool, Vec<Value>),
}

/// A comparison in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `<`
    Less,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
}

impl Condition {
    /// Reads a condition.
    pub fn parse(text: &str) -> Result<Condition, ConditionError> {
        let trimmed = text.trim();
        if NAMED.contains(&trimmed) {
            return Ok(Condition::Named(trimmed.to_owned()));
        }
        let tokens = tokens(text)?;
        let mut parser = Parser {
            text,
            tokens: &tokens,
            at: 0,
        };
        let condition = parser.any()?;
        if parser.at < tokens.len() {
            return Err(parser.error("expected `and`, `or` or the end"));
        }
        Ok(condition)
    }

    /// Whether the condition looks at this slot.
    pub fn mentions(&self, key: &str) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|p| p.mentions(key)),
            Condition::Named(_) => false,
            Condition::Present(path)
            | Condition::Compare(path, _, _)
            | Condition::In(path, _, _) => path == key,
        }
    }

    /// Whether the condition holds.
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|p| p.holds(facts)),
            Condition::Any(parts) => parts.iter().any(|p| p.holds(facts)),
            Condition::Present(path) => facts.value(path).is_some() || facts.has_group(path),
            Condition::Named(name) => facts.named(name).unwrap_or(false),
            Condition::Compare(path, comparison, literal) => {
                let value = facts.value(path);
                match comparison {
                    Comparison::Equal => value == Some(literal),
                    Comparison::NotEqual => value != Some(literal),
                    other => match (value.and_then(Value::as_i64), literal.as_i64()) {
                        (Some(left), Some(right)) => match other {
                            Comparison::Greater => left > right,
                            Comparison::Less => left < right,
                            Comparison::AtLeast => left >= right,
                            _ => left <= right,
                        },
                        _ => false,
                    },
                }
            }
            Condition::In(path, wanted, list) => match facts.value(path) {
                Some(value) => list.contains(value) == *wanted,
                None => false,
            },
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(i64),
    Sign(&'static str),
}

const SIGNS: [&str; 9] = ["==", "!=", ">=", "<=", ">", "<", "(", ")", ","];

fn tokens(text: &str) -> Result<Vec<Token>, ConditionError> {
    let fail = |at: &str, hint| ConditionError {
        condition: text.to_owned(),
        at: at.to_owned(),
        hint,
    };
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.iter().find(|s| rest.starts_with(**s)) {
            out.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else if first == '\'' {
            let inner = &rest[1..];
            let end = inner
                .find('\'')
                .ok_or_else(|| fail(rest, "the closing ' is missing"))?;
            out.push(Token::Text(inner[..end].to_owned()));
            rest = &inner[end + 1..];
        } else {
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || "_.[]-".contains(c)))
                .unwrap_or(rest.len());
            if end == 0 {
                return Err(fail(rest, "use slot keys, comparisons, `and`, `or`"));
            }
            let word = &rest[..end];
            out.push(match word.parse::<i64>() {
                Ok(number) => Token::Number(number),
                Err(_) => Token::Word(word.to_owned()),
            });
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(out)
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Parser<'_> {
    fn error(&self, hint: &'static str) -> ConditionError {
        let at = match self.tokens.get(self.at) {
            Some(Token::Word(w)) => w.clone(),
            Some(Token::Text(t)) => format!("'{t}'"),
            Some(Token::Number(n)) => n.to_string(),
            Some(Token::Sign(s)) => (*s).to_owned(),
            None => "the end".to_owned(),
        };
        ConditionError {
            condition: self.text.to_owned(),
            at,
            hint,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(w)) if w == word);
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::Any(parts)
        })
    }

    fn all(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.test()?];
        while self.word("and") {
            parts.push(self.test()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::All(parts)
        })
    }

    fn test(&mut self) -> Result<Condition, ConditionError> {
        let path = match self.tokens.get(self.at) {
            Some(Token::Word(w)) if !matches!(w.as_str(), "and" | "or" | "in" | "not") => w.clone(),
            _ => return Err(self.error("expected a slot key")),
        };
        self.at += 1;
        for (sign, comparison) in [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Greater),
            ("<", Comparison::Less),
        ] {
            if self.sign(sign) {
                return Ok(Condition::Compare(path, comparison, self.literal()?));
            }
        }
        let negated = self.word("not");
        if self.word("in") {
            if !self.sign("(") {
                return Err(self.error("expected `(` after `in`"));
            }
            let mut list = vec![self.literal()?];
            while self.sign(",") {
                list.push(self.literal()?);
            }
            if !self.sign(")") {
                return Err(self.error("expected `)` after the list"));
            }
            return Ok(Condition::In(path, !negated, list));
        }
        if negated {
            return Err(self.error("expected `in` after `not`"));
        }
        Ok(Condition::Present(path))
    }

    fn literal(&mut self) -> Result<Value, ConditionError> {
        let value = match self.tokens.get(self.at) {
            Some(Token::Text(t)) => Value::from(t.as_str()),
            Some(Token::Number(n)) => Value::from(*n),
            Some(Token::Word(w)) if w == "true" => Value::Bool(true),
            Some(Token::Word(w)) if w == "false" => Value::Bool(false),
            _ => return Err(self.error("expected a 'text', a number, true or false")),
        };
        self.at += 1;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    struct Map(HashMap<&'static str, Value>);

    impl Facts for Map {
        fn value(&self, key: &str) -> Option<&Value> {
            self.0.get(key)
        }
        fn has_group(&self, group: &str) -> bool {
            group == "children" && self.0.contains_key("children[0].person")
        }
        fn named(&self, _: &str) -> Option<bool> {
            None
        }
    }

    fn holds(condition: &str, facts: &[(&'static str, Value)]) -> bool {
        Condition::parse(condition)
            .expect("condition")
            .holds(&Map(facts.iter().cloned().collect()))
    }

    #[test]
    fn comparisons() {
        let abroad = [("case.move_type", Value::from("from_abroad"))];
        assert!(holds("case.move_type == 'from_abroad'", &abroad));
        assert!(!holds("case.move_type != 'from_abroad'", &abroad));
        assert!(holds("case.move_type != 'from_abroad'", &[]));
        assert!(!holds("case.move_type == 'from_abroad'", &[]));
        assert!(holds(
            "household.count > 1",
            &[("household.count", Value::from(2))]
        ));
        assert!(!holds(
            "household.count > 1",
            &[("household.count", Value::from(1))]
        ));
        assert!(!holds("household.count > 1", &[]));
    }

    #[test]
    fn and_or_in_and_presence() {
        let c = "dwelling.others_registered == true or to.co_name";
        assert!(holds(c, &[("to.co_name", Value::from("c/o Jensen"))]));
        assert!(holds(
            c,
            &[("dwelling.others_registered", Value::Bool(true))]
        ));
        assert!(!holds(
            c,
            &[("dwelling.others_registered", Value::Bool(false))]
        ));
        let c = "household.count > 1 and case.move_type != 'from_abroad'";
        assert!(holds(c, &[("household.count", Value::from(2))]));
        assert!(holds(
            "gp.choice in ('change','first')",
            &[("gp.choice", Value::from("first"))]
        ));
        let c = "arrival.marital_status not in ('U','')";
        assert!(!holds(c, &[("arrival.marital_status", Value::from("U"))]));
        assert!(holds(c, &[("arrival.marital_status", Value::from("G"))]));
        assert!(!holds(c, &[]), "an unknown value is on no side of a list");
        assert!(holds(
            "children",
            &[("children[0].person", Value::from("household[0]"))]
        ));
    }

    #[test]
    fn mistakes_are_named() {
        let error = Condition::parse("a.b = 'x'").expect_err("single =");
        assert!(error.to_string().contains("= 'x'"), "{error}");
        let error = Condition::parse("a.b in 'x'").expect_err("no bracket");
        assert!(error.to_string().contains("expected `(`"), "{error}");
        let error = Condition::parse("a.b == 'x").expect_err("no quote");
        assert!(error.to_string().contains("closing"), "{error}");
        assert!(Condition::parse("").is_err());
    }
}
