// Before the conversation: starting a case, the notice for staff, pairing the tablet.

import { html, nothing, type TemplateResult } from "lit-html";
import { clock } from "../i18n/i18n";
import { citizenNeeded } from "../protocol/fold";
import { alertBox, apiTroubleText, openingTroubleBox } from "../ui/parts";
import { qrCode } from "../ui/qr";
import { signInWays } from "../ui/sign-in";
import type { StaffContext } from "./context";
import { cancelButton } from "./dialogs";
import { ownCasesSection } from "./own-cases";

/** Signing in, where the server has accounts. */
function signInScreen(ctx: StaffContext): TemplateResult {
  const { t, view } = ctx;
  const { startTrouble } = view;
  return html`<main id="main" class="start" tabindex="-1">
    ${signInWays(
      t,
      view.opening,
      openingTroubleBox(t, startTrouble),
      view.provider,
      (...typed) => ctx.signIn(...typed),
      undefined,
      startTrouble === "provider_no_role",
    )}
    ${view.returning && ctx.state.link.kind === "open"
      ? html`<button
          type="button"
          class="button button-tertiary"
          @click=${() => ctx.backToCase()}
        >
          ${t("staff.sign_in.back")}
        </button>`
      : nothing}
  </main>`;
}

/** The start screen. */
export function startScreen(ctx: StaffContext): TemplateResult {
  const { t, view } = ctx;
  if (view.signingIn) return signInScreen(ctx);
  return html`<main id="main" class="start" tabindex="-1">
    <div class="card start__card">
      <h1>${t("staff.start.title")}</h1>
      <p>${t("staff.start.text")}</p>
      <div role="alert">${openingTroubleBox(t, view.startTrouble)}</div>
      <button
        type="button"
        class="button button-primary button-large"
        ?disabled=${view.opening}
        @click=${() => ctx.openCase()}
      >
        ${view.opening ? t("staff.start.opening") : t("staff.start.button")}
      </button>
      ${view.account === null
        ? nothing
        : html`<button
            type="button"
            class="button button-secondary"
            @click=${() => ctx.signOut()}
          >
            ${t("staff.sign_in.out", { name: view.account })}
          </button>`}
    </div>
    ${ownCasesSection(ctx)}
  </main>`;
}

/** What the employee must know before the first word; the conversation starts after it. */
export function disclosureScreen(ctx: StaffContext): TemplateResult {
  const { t, client, state } = ctx;
  const accept = (): void => {
    client.unlockSound();
    client.send({ type: "consent", notice: "ai_disclosure", accepted: true });
  };
  return html`<main id="main" class="start" tabindex="-1">
    <div class="card start__card">
      <h1>${t("staff.disclosure.title")}</h1>
      <p class="start__notice">${t("disclosure.staff")}</p>
      <button
        type="button"
        class="button button-primary button-large"
        ?disabled=${state.link.kind !== "open"}
        @click=${accept}
      >
        ${t("staff.disclosure.ok")}
      </button>
      ${cancelButton(ctx)}
    </div>
  </main>`;
}

/** A tablet that was here is expected back by itself for so long, ms. */
export const TABLET_BACK_WITHIN_MS = 25_000;

/** The line that stands for the code while the tablet that was here connects again. */
function tabletAway({ t, renewPairing }: StaffContext): TemplateResult {
  return html`<div class="told-line" role="status">
    <span>${t("staff.pair.back")}</span>
    <button type="button" class="button button-tertiary button-small" @click=${() => renewPairing()}>
      ${t("staff.pair.renew")}
    </button>
  </div>`;
}

/** The code that connects the tablet. */
export function pairingCard(ctx: StaffContext): TemplateResult | typeof nothing {
  const { t, ui, view, state } = ctx;
  const { pairing } = view;
  const connected = state.conversation.presence.citizen > 0;
  if (!citizenNeeded(state.conversation)) return nothing;
  if (connected && !view.showPairing) return nothing;
  const gone = view.tabletGoneAt;
  if (!view.showPairing && gone !== null && Date.now() - gone < TABLET_BACK_WITHIN_MS) {
    return tabletAway(ctx);
  }
  // A case that was opened again has no code yet.
  const code = pairing ?? null;
  const valid = code !== null && Date.now() < code.expires_at ? code : null;
  return html`<section class="pairing card" aria-labelledby="pairing-title">
    <div class="pairing__qr">
      ${valid === null ? nothing : qrCode(valid.qr_svg, t("staff.pair.qr"))}
    </div>
    <div class="pairing__text">
      <h2 id="pairing-title">${t("staff.pair.title")}</h2>
      ${valid === null
        ? html`${code === null ? nothing : html`<p>${t("staff.pair.expired")}</p>`}
            <button
              type="button"
              class="button button-secondary"
              @click=${() => ctx.renewPairing()}
            >
              ${t("staff.pair.renew")}
            </button>`
        : html`<p>${t("staff.pair.text")}</p>
            <p class="pairing__code">
              <span class="sr-only">${t("staff.pair.code")}: </span
              ><span>${valid.code.slice(0, 3)}</span> <span>${valid.code.slice(3)}</span>
            </p>
            <p class="pairing__valid">
              ${t("staff.pair.valid", { time: clock(ui, valid.expires_at) })}
            </p>`}
      <div role="alert">
        ${view.pairTrouble === null
          ? nothing
          : alertBox("error", apiTroubleText(t, view.pairTrouble))}
      </div>
    </div>
  </section>`;
}
