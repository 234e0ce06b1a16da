//! Settings that come from environment variables.

use toml::{Table, Value};

use super::ConfigError;

/// The value of a setting by its name in the environment, such as `limits_sockets`.
pub(super) fn find<'a>(table: &'a mut Table, name: &str) -> Option<&'a mut Value> {
    if table.get(name).is_some_and(|v| !v.is_table()) {
        return table.get_mut(name);
    }
    table.iter_mut().find_map(|(key, value)| {
        let rest = name.strip_prefix(key.as_str())?.strip_prefix('_')?;
        find(value.as_table_mut()?, rest)
    })
}

/// Names, without their beginning, that the program itself and its tests read and that are no settings.
const OTHERS: [&str; 11] = [
    "MODELS_DIR",
    "PROFILE",
    "REGISTER",
    "MASTER_KEY",
    "LOG",
    "BIN",
    "URL",
    "FOLD",
    "FUZZ_CASES",
    "NOISE_MINUTES",
    "UPDATE_TYPES",
];

/// Whether something else than the server's settings is meant.
pub(super) fn is_of_another_program(key: &str) -> bool {
    OTHERS.contains(&key) || key.starts_with("TEST_") || key.starts_with("KILL_TEST_")
}

/// Writes a setting as an environment variable gives it.
pub(super) fn overrule(value: &mut Value, name: &str, text: &str) -> Result<(), ConfigError> {
    let wrong = |wanted| ConfigError::Variable {
        name: name.to_owned(),
        value: text.to_owned(),
        wanted,
    };
    *value = match value {
        Value::Integer(_) => Value::Integer(text.trim().parse().map_err(|_| wrong("number"))?),
        Value::Float(_) => Value::Float(text.trim().parse().map_err(|_| wrong("number"))?),
        Value::Boolean(_) => match text.trim() {
            "true" | "1" | "on" | "yes" => Value::Boolean(true),
            "false" | "0" | "off" | "no" => Value::Boolean(false),
            _ => return Err(wrong("true or false")),
        },
        Value::Array(_) => Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| Value::String(item.to_owned()))
                .collect(),
        ),
        _ => Value::String(text.to_owned()),
    };
    Ok(())
}
