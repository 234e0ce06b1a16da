//! What the settings' types cannot say.

use super::{ConfigError, ServerConfig, origin_of};

impl ServerConfig {
    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`ConfigError::Value`].
    pub fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key, value: &dyn std::fmt::Display, remedy| {
            Err(ConfigError::Value {
                key,
                value: format!("`{value}`"),
                remedy,
            })
        };
        if !self.public_url.is_empty() && origin_of(&self.public_url).is_none() {
            return wrong(
                "public_url",
                &self.public_url,
                "write scheme and host, for example https://tolk.example.dk",
            );
        }
        if let Some(bad) = self.allowed_origins.iter().find(|o| origin_of(o).is_none()) {
            return wrong(
                "allowed_origins",
                bad,
                "write scheme, host and port, for example http://localhost:5173",
            );
        }
        if self.authority.trim().is_empty() {
            return wrong(
                "authority",
                &self.authority,
                "write the municipality's name: it stands in the notice to citizens and on every document",
            );
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return wrong(
                "time_zone",
                &self.time_zone,
                "write an IANA name, for example Europe/Copenhagen",
            );
        }
        let local = !self.is_on_network();
        if !local && !self.access.accounts && !self.access.open_to_network {
            return wrong(
                "access.accounts",
                &"false",
                "whoever reaches this address could open cases: set it to true and add accounts, \
                 or listen on 127.0.0.1 without `public_url` and `trusted_proxies` of a proxy in front, or set \
                 access.open_to_network for a trial with made-up data",
            );
        }
        if !local && self.access.accounts && !self.is_https() {
            return wrong(
                "public_url",
                &self.public_url,
                "sign-in needs https, without which passwords and cookies can be read on the way: \
                 write the https address of the proxy in front, or set tls.mode",
            );
        }
        if !self.keys.command.is_empty() && !self.master_key_file.as_os_str().is_empty() {
            return wrong(
                "keys.command",
                &self.keys.command[0],
                "the master key comes from a program or from `master_key_file`: name one of them",
            );
        }
        self.check_network()?;
        self.check_oidc()?;
        if !(self.limits.audio_speed.is_finite() && self.limits.audio_speed >= 1.0) {
            return wrong(
                "limits.audio_speed",
                &self.limits.audio_speed,
                "write 1.0 or more",
            );
        }
        for (key, value) in [
            ("keys.timeout_s", self.keys.timeout_s),
            ("timeouts.headers_s", self.timeouts.headers_s),
            ("timeouts.request_s", self.timeouts.request_s),
            ("timeouts.documents_s", self.timeouts.documents_s),
            ("timeouts.hello_s", self.timeouts.hello_s),
            ("timeouts.ping_s", self.timeouts.ping_s),
            ("timeouts.silent_s", self.timeouts.silent_s),
            ("timeouts.idle_s", self.timeouts.idle_s),
            ("limits.connections", self.limits.connections),
            (
                "limits.connections_per_address",
                self.limits.connections_per_address,
            ),
            ("limits.sockets", self.limits.sockets),
            (
                "limits.new_sockets_per_address",
                self.limits.new_sockets_per_address,
            ),
            ("limits.cases_per_minute", self.limits.cases_per_minute),
            (
                "limits.wrong_codes_per_minute",
                self.limits.wrong_codes_per_minute,
            ),
            ("limits.messages_per_s", self.limits.messages_per_s),
            ("limits.saves_per_s", self.limits.saves_per_s),
            ("limits.audio_burst_s", self.limits.audio_burst_s),
            ("limits.queue_messages", self.limits.queue_messages),
            ("limits.queue_bytes", self.limits.queue_bytes),
            ("delivery.attempts", self.delivery.attempts),
            ("limits.errors_per_minute", self.limits.errors_per_minute),
            ("privacy.sound_minutes", self.privacy.sound_minutes),
            ("pairing_code_lifetime_s", self.pairing_code_lifetime_s),
            ("ticket_lifetime_s", self.ticket_lifetime_s),
            ("resume_lifetime_s", self.resume_lifetime_s),
        ] {
            if value == 0 {
                return wrong(key, &value, "write 1 or more");
            }
        }
        for (key, value, least) in [
            // A browser's request with its cookies, and one sentence with its frame.
            ("limits.header_bytes", self.limits.header_bytes, 2048),
            ("limits.text_bytes", self.limits.text_bytes, 1024),
        ] {
            if value < least {
                return wrong(
                    key,
                    &value,
                    "write 2048 or more for `header_bytes`, 1024 or more for `text_bytes`",
                );
            }
        }
        if self.timeouts.silent_s <= self.timeouts.ping_s {
            return wrong(
                "timeouts.silent_s",
                &self.timeouts.silent_s,
                "a client can only answer a ping that was sent: write more than `timeouts.ping_s`",
            );
        }
        let cvr = &self.memo.sender_cvr;
        if self.memo.is_set() && (cvr.len() != 8 || cvr.bytes().any(|b| !b.is_ascii_digit())) {
            return wrong(
                "memo.sender_cvr",
                cvr,
                "write the eight digits of the CVR number",
            );
        }
        Ok(())
    }
}
