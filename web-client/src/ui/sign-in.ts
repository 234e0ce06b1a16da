// Signing in, for every page that needs it.

import { html, nothing, type TemplateResult } from "lit-html";
import type { T } from "../i18n/i18n";
import { PROVIDER_SIGN_IN, type SessionState } from "../protocol/api";

function field(name: string, label: string, type: string, autocomplete: string): TemplateResult {
  return html`<label class="form-label" for=${`sign-in-${name}`}>${label}</label>
    <input
      class="form-input"
      id=${`sign-in-${name}`}
      name=${name}
      type=${type}
      autocomplete=${autocomplete}
      autocapitalize="none"
      spellcheck="false"
      ?required=${name !== "code"}
    />`;
}

/**
 * The ways in: the form, the OpenID provider, or both. `trouble` stands above them; `leaving` is called
 * when somebody goes to the provider. `another`: the account that it knows is of no use here.
 */
export function signInWays(
  t: T,
  busy: boolean,
  trouble: unknown,
  provider: SessionState["provider"] | null,
  signIn: (name: string, password: string, code: string) => void,
  leaving: () => void = () => {},
  another = false,
): TemplateResult {
  if (provider === null || provider === undefined) return signInForm(t, busy, trouble, signIn);
  const elsewhere = html`<a
    class="button button-primary button-large"
    href=${PROVIDER_SIGN_IN}
    @click=${leaving}
    >${another
      ? t("staff.sign_in.another")
      : t("staff.sign_in.provider", { name: provider.name })}</a
  >`;
  if (provider.passwords) return signInForm(t, busy, trouble, signIn, elsewhere);
  return html`<div class="card start__card">
    <h1>${t("staff.sign_in.title")}</h1>
    <div role="alert">${trouble}</div>
    ${elsewhere}
  </div>`;
}

/** The form; `trouble` stands above its fields, and `elsewhere`, a way in that is preferred. */
function signInForm(
  t: T,
  busy: boolean,
  trouble: unknown,
  signIn: (name: string, password: string, code: string) => void,
  elsewhere: unknown = nothing,
): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    // Not switched off while it is busy: that would take the keyboard away from it.
    if (busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    signIn(text("name"), text("password"), text("code"));
  };
  return html`<form class="card start__card" @submit=${submit}>
    <h1>${t("staff.sign_in.title")}</h1>
    <div role="alert">${trouble}</div>
    ${elsewhere}
    ${field("name", t("staff.sign_in.name"), "text", "username")}
    ${field("password", t("staff.sign_in.password"), "password", "current-password")}
    ${field("code", t("staff.sign_in.code"), "text", "one-time-code")}
    <button
      type="submit"
      class=${elsewhere === nothing
        ? "button button-primary button-large"
        : "button button-secondary button-large"}
      aria-disabled=${busy}
    >
      ${t("staff.sign_in.button")}
    </button>
  </form>`;
}
