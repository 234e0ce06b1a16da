// The console during a conversation.

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { live } from "lit-html/directives/live.js";
import { clock } from "../i18n/i18n";
import { accepted } from "../protocol/fold";
import { deviceButton, devicePanel } from "../ui/device-choice";
import { icon } from "../ui/icons";
import {
  alertBox,
  behindLine,
  closeButton,
  linkBanner,
  micControl,
  micTroubleBox,
  notices,
  openingTroubleBox,
  signInAgain,
  soundBanner,
  soundControl,
  typeBox,
} from "../ui/parts";
import type { StaffContext } from "./context";
import { cancelDialog, endDialog, voidDialog } from "./dialogs";
import { formPanel } from "./form-panel";
import { removeDialog } from "./remove-person";
import { soundKeepingBanner, soundKeepingDialog, soundKeepingOffer } from "./sound-keeping";
import { disclosureScreen, pairingCard } from "./start";
import { transcript } from "./transcript";

/** The notice first, then transcript and form. */
export function caseScreen(ctx: StaffContext): TemplateResult {
  const { t, state } = ctx;
  const { conversation } = state;
  const lost = html`<div class="banners">
    ${ended(ctx)} ${notices(ctx)}
  </div>`;
  // Before the welcome nobody knows what was read already.
  if (conversation.role === null) {
    return html`${lost}<main id="main" class="start" tabindex="-1">
        <p role="status">${t("link.connecting")}</p>
      </main>`;
  }
  const over = conversation.ended || conversation.cancelled;
  if (!accepted(conversation, "staff", "ai_disclosure") && !over) {
    return html`${lost}${disclosureScreen(ctx)}${endDialog(ctx)}${cancelDialog(ctx)}`;
  }
  return html`<div class="banners">
      ${ended(ctx)} ${signInEnds(ctx)} ${caseBanners(ctx)}
      ${soundKeepingBanner(ctx)} ${over ? nothing : soundBanner(ctx)} ${micTroubleBox(ctx)} ${notices(ctx)}
    </div>
    <main id="main" class="console" tabindex="-1">
      <section class="talk" aria-labelledby="talk-title">
        <h2 id="talk-title" class="sr-only">${t("talk.title")}</h2>
        ${pairingCard(ctx)} ${over ? nothing : citizenHears(ctx)} ${behindLine(ctx)}
        <div class="talk__scroll">${transcript(ctx)}</div>
        ${over ? nothing : controls(ctx)}
      </section>
      ${formPanel(ctx)}
    </main>
    ${endDialog(ctx)} ${cancelDialog(ctx)} ${voidDialog(ctx)} ${soundKeepingDialog(ctx)}
    ${removeDialog(ctx)}`;
}

function ended(ctx: StaffContext): TemplateResult {
  const banner = linkBanner(
    ctx,
    () => ctx.leaveCase(),
    ctx.t("staff.new"),
    () => ctx.signInAgain(),
  );
  return html`${banner}${notLetIn(ctx)}`;
}

/** Why signing in again came to nothing: the OpenID provider's answer leads back into the case. */
export function notLetIn({ t, view, set }: StaffContext): TemplateResult {
  const close = closeButton(t, () => set({ startTrouble: null }));
  return html`<div role="alert">${openingTroubleBox(t, view.startTrouble, close)}</div>`;
}

/** So long before the sign-in ends it is told, ms. */
const WARN_BEFORE_MS = 5 * 60_000;

/** A conversation must not break off because somebody has been signed in for long. */
function signInEnds(ctx: StaffContext): TemplateResult {
  const { t, ui, state } = ctx;
  const until = state.signedInUntil;
  const soon = until !== null && state.link.kind === "open" && Date.now() > until - WARN_BEFORE_MS;
  return html`<div role="status">
    ${soon
      ? alertBox(
          "warning",
          t("staff.sign_in.ends", { time: clock(ui, until) }),
          signInAgain(t, () => ctx.signInAgain()),
        )
      : nothing}
  </div>`;
}

/** What of the citizen's tablet staff cannot see from where they sit. */
function citizenHears({ t, state }: StaffContext): TemplateResult {
  const { conversation } = state;
  const devices = accepted(conversation, "citizen", "processing")
    ? conversation.devices.citizen
    : null;
  const silent = devices !== null && devices.microphone !== "on";
  const deaf = devices !== null && !devices.voice;
  return html`<p class="told-line" role="status" ?hidden=${!silent && !deaf}>
    ${silent ? html`<span>${icon("mic")} ${t("staff.citizen.mic_off")}</span>` : nothing}
    ${deaf ? html`<span>${icon("muted")} ${t("staff.citizen.voice_off")}</span>` : nothing}
  </p>`;
}

function caseBanners(ctx: StaffContext): TemplateResult {
  const { t, state } = ctx;
  const { conversation } = state;
  const again = html`<button
    type="button"
    class="button button-secondary"
    @click=${() => ctx.leaveCase()}
  >
    ${t("staff.new")}
  </button>`;
  const over = conversation.ended || conversation.cancelled;
  return html`<div role="status">
    ${conversation.cancelled
      ? alertBox("info", t("staff.cancelled"), again)
      : conversation.ended
        ? alertBox("info", t("staff.ended"), again)
        : nothing}
    ${conversation.interpreterAskedAt > ctx.view.interpreterCalledAt && !over
      ? keyed(
          // Asked for again it is news, and read out again.
          conversation.interpreterAskedAt,
          alertBox(
            "warning",
            html`<b>${t("staff.interpreter")}</b> ${t("staff.interpreter.text")}`,
            html`<button
              type="button"
              class="button button-secondary"
              @click=${() => ctx.interpreterCalled(conversation.interpreterAskedAt)}
            >
              ${t("staff.interpreter.called")}
            </button>`,
          ),
        )
      : nothing}
    ${over || conversation.presence.citizen === 0 ? nothing : citizenNotice(ctx)}
  </div>`;
}

function citizenNotice(ctx: StaffContext): unknown {
  const { t, state } = ctx;
  const answer = state.conversation.answers.citizen.processing;
  if (answer === true) return nothing;
  return answer === false
    ? alertBox("warning", t("staff.declined"))
    : alertBox("info", t("staff.waiting_citizen"));
}

function controls(ctx: StaffContext): TemplateResult {
  const { t, state, view, client } = ctx;
  const offline = state.link.kind !== "open";
  return html`<div class="controls" role="group" aria-label=${t("talk.controls")}>
    ${micControl(ctx, t("staff.mic.start"), offline, deviceButton(ctx))} ${soundControl(ctx)}
    <button
      type="button"
      class="icon-button"
      aria-expanded=${view.typing}
      aria-label=${t("type.open")}
      title=${t("type.open")}
      @click=${() => ctx.set({ typing: !view.typing })}
    >
      ${icon("keyboard")}
    </button>
    <label class="tick controls__headset">
      <input
        type="checkbox"
        .checked=${live(state.fullDuplex)}
        @change=${(event: Event) =>
          client.sound.setHeadset((event.target as HTMLInputElement).checked)}
      />
      <span>${t("sound.headset")}</span>
    </label>
    ${soundKeepingOffer(ctx)} ${devicePanel(ctx)}
    ${view.typing ? typeBox(ctx, t("staff.type.label"), "da", offline, ctx.draft) : nothing}
  </div>`;
}
