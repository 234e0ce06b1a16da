//! Sign-in at an OpenID provider: authorization code with PKCE.
//!
//! The provider is asked when somebody signs in, never at the start, so that the server runs while
//! the provider does not. What belongs to a sign-in that was begun (nonce, PKCE verifier) is kept
//! sealed beside the log, under the hash of its `state`, and is good once.

mod claims;
mod http;
mod routes;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, LogoutRequest, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl,
    RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use self::claims::{Claims, role_of};
pub(crate) use self::routes::{
    provider_for_screens, routes, sign_out_at_provider, signed_out_cookie,
};
use crate::accounts::SignedIn;
use crate::config::Oidc;
use crate::limits::Bucket;

/// How long what the provider says of itself is believed.
const BELIEVED: Duration = Duration::from_secs(600);
/// Sign-ins that may be begun at once, and in a minute.
const BEGUN: f64 = 60.0;

type Tokens = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody can sign in at the provider. No secret and no claim stands in it.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// A file of the settings cannot be used.
    #[error("cannot use {key} {}: {reason}", path.display())]
    File {
        /// The setting.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong; never the file's content.
        reason: String,
    },
    /// The provider does not answer, or not as a provider does.
    #[error("the provider {issuer} cannot be used: {reason}; check oidc.issuer and the network")]
    Provider {
        /// The issuer of the settings.
        issuer: String,
        /// What is wrong.
        reason: String,
    },
    /// An address does not fit.
    #[error("`{0}` is no address that the provider could send browsers back to")]
    Address(String),
    /// The provider's answer to a sign-in proves nothing.
    #[error("the provider's answer is refused: {0}")]
    Refused(String),
    /// Whoever was to sign in there would not.
    #[error("it was given up at the provider")]
    GivenUp,
    /// Known to the provider, but without a role here.
    #[error("the provider knows them, but no text of the claim `{0}` gives a role: see oidc.roles")]
    NoRole(String),
}

/// A sign-in that was begun.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    redirect: String,
    /// The provider was to ask which account is meant.
    #[serde(default)]
    anew: bool,
}

/// The provider of the settings. Methods that ask it block.
pub(crate) struct Provider {
    settings: Oidc,
    secret: Option<ClientSecret>,
    http: http::Http,
    known: Mutex<Option<(ProviderMetadataWithLogout, Instant)>>,
    begun: Mutex<Bucket>,
}

impl Provider {
    /// The provider of the settings; `None` if there is none.
    ///
    /// # Errors
    /// [`OidcError::File`] if secret or certificate cannot be read.
    pub fn of(settings: &Oidc) -> Result<Option<Provider>, OidcError> {
        if !settings.is_on() {
            return Ok(None);
        }
        let read = |key, path: &PathBuf| {
            std::fs::read_to_string(path).map_err(|error| OidcError::File {
                key,
                path: path.clone(),
                reason: error.to_string(),
            })
        };
        let secret = match &settings.client_secret_file {
            path if path.as_os_str().is_empty() => None,
            path => {
                let text = zeroize::Zeroizing::new(read("oidc.client_secret_file", path)?);
                Some(ClientSecret::new(text.trim().to_owned()))
            }
        };
        let ca = match &settings.ca_file {
            path if path.as_os_str().is_empty() => None,
            path => Some(read("oidc.ca_file", path)?),
        };
        let http = http::Http::new(ca.as_deref()).map_err(|reason| OidcError::File {
            key: "oidc.ca_file",
            path: settings.ca_file.clone(),
            reason,
        })?;
        Ok(Some(Provider {
            settings: settings.clone(),
            secret,
            http,
            known: Mutex::default(),
            begun: Mutex::new(Bucket::new(BEGUN, BEGUN / 60.0, Instant::now())),
        }))
    }

    fn metadata(&self) -> Result<ProviderMetadataWithLogout, OidcError> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((metadata, since)) = &*lock()
            && since.elapsed() < BELIEVED
        {
            return Ok(metadata.clone());
        }
        let failed = |reason: String| OidcError::Provider {
            issuer: self.settings.issuer.clone(),
            reason,
        };
        let issuer = IssuerUrl::new(self.settings.issuer.clone());
        let issuer = issuer.map_err(|error| failed(error.to_string()))?;
        let client = |request| self.http.call(request);
        let metadata = ProviderMetadataWithLogout::discover(&issuer, &client)
            .map_err(|error| failed(causes(&error)))?;
        *lock() = Some((metadata.clone(), Instant::now()));
        Ok(metadata)
    }

    fn client(&self, redirect: &str) -> Result<Client, OidcError> {
        let back = RedirectUrl::new(redirect.to_owned())
            .map_err(|_| OidcError::Address(redirect.to_owned()))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let client = Client::from_provider_metadata(self.metadata()?, id, self.secret.clone());
        Ok(client.set_redirect_uri(back))
    }

    /// False if too many sign-ins were begun lately.
    fn may_begin(&self) -> bool {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.take(1.0, Instant::now())
    }

    /// Begins a sign-in: where to send the browser, its `state`, and what to keep. `anew`: the provider asks which
    /// account is meant, also if it knows somebody.
    fn begin(&self, redirect: &str, anew: bool) -> Result<(String, CsrfToken, Begun), OidcError> {
        let client = self.client(redirect)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let mut asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(scopes)
            .set_pkce_challenge(challenge);
        if anew {
            asked = asked.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        let (url, state, nonce) = asked.url();
        let begun = Begun {
            nonce,
            verifier,
            redirect: redirect.to_owned(),
            anew,
        };
        Ok((url.into(), state, begun))
    }

    /// Ends a sign-in: exchanges the code and checks what comes back.
    fn finish(&self, code: String, begun: Begun, now: Timestamp) -> Result<SignedIn, OidcError> {
        let refused = |reason: String| OidcError::Refused(reason);
        let client = self.client(&begun.redirect)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| refused(error.to_string()))?
            .set_pkce_verifier(begun.verifier)
            .request(&|request| self.http.call(request))
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(said) => {
                    refused(format!("it says {}", said.error()))
                }
                RequestTokenError::Request(error) => OidcError::Provider {
                    issuer: self.settings.issuer.clone(),
                    reason: causes(&error),
                },
                // The library's text may quote a token.
                _ => refused("it is not understood".to_owned()),
            })?;
        let token = tokens
            .id_token()
            .ok_or_else(|| refused("there is no ID token in it".to_owned()))?;
        // Issuer, audience, signature, times and nonce.
        let claims = token
            .claims(&client.id_token_verifier(), &begun.nonce)
            .map_err(|error| {
                // The provider may have new keys: the next try asks for them.
                *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
                refused(causes(&error))
            })?;
        let subject = claims.subject().as_str();
        let role = role_of(claims.additional_claims(), &self.settings)
            .ok_or_else(|| OidcError::NoRole(self.settings.role_claim.clone()))?;
        let name = claims.preferred_username().map(|name| name.to_string());
        let until = now.saturating_add(SignedDuration::from_secs(self.settings.session_s.into()));
        Ok(SignedIn {
            // Local names have no colon.
            name: format!("oidc:{subject}"),
            role,
            generation: 0,
            shown: Some(name.unwrap_or_else(|| subject.to_owned())),
            until: Some(until.unwrap_or(Timestamp::MAX)),
        })
    }

    /// Where a browser ends its session at the provider, which then sends it to `back`; `None` if
    /// the provider has no such place or is not known yet.
    fn sign_out_url(&self, back: &str) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (metadata, _) = known.as_ref()?;
        let place = metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        let request = LogoutRequest::from(place)
            .set_client_id(ClientId::new(self.settings.client_id.clone()))
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(back.to_owned()).ok()?);
        Some(request.http_get_url().into())
    }
}

/// An error with what caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text += &format!(": {inner}");
        cause = inner.source();
    }
    text
}
