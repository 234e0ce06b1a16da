// The read-back and the signature, on the citizen's tablet.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { translate } from "../i18n/i18n";
import type { StageView } from "../protocol/types";
import { alertBox, micTroubleBox, soundBanner, soundControl } from "../ui/parts";
import { icon } from "../ui/icons";
import { SignaturePad } from "../ui/signature-pad";
import type { TabletContext } from "./context";
import { signatureNotice } from "./signature-notice";
import { unreadList } from "./form-list";
import { waitsForHuman } from "./screen-name";
import { mayTalk, newestWords, talkControls } from "./talk";

/** What is in the form, sentence by sentence; then the place to sign. Both go on without interpreting, too. */
export function signScreen(ctx: TabletContext): TemplateResult {
  const { t, state } = ctx;
  const { stage } = state.conversation;
  if (stage === null) return html``;
  const talks = mayTalk(ctx);
  return html`<main id="main" class="sign" tabindex="-1">
    <div class="quiet sign__page">
      <div class="quiet__card quiet__card--wide sign__card">
        <h1>${t("sign.title")}</h1>
        ${soundBanner(ctx)} ${micTroubleBox(ctx)} ${humanNotice(ctx)} ${signatureNotice(ctx)}
        <ol class="read-back no-max-width">
          ${stage.read_back.map(
            (line) =>
              html`<li>
                <p lang="uk" class="lead">${line.uk}</p>
                <p lang="da" class="read-back__da">${line.da}</p>
              </li>`,
          )}
        </ol>
        ${readAgainButton(ctx)} ${unreadList(ctx, stage.unread)}
        ${stage.read_back_confirmed ? signing(ctx, stage) : confirming(ctx, stage)}
      </div>
    </div>
    <div class="foot">
      ${talks ? newestWords(ctx) : nothing}
      ${talks ? talkControls(ctx, false) : html`<div class="tablet-controls">${soundControl(ctx)}</div>`}
    </div>
  </main>`;
}

/** The employee was told that a human is wanted; the text stays in sight meanwhile. */
function humanNotice({ t, view, state }: TabletContext): TemplateResult {
  return html`<div role="status">
    ${waitsForHuman(state.conversation, view)
      ? alertBox("info", html`<b>${t("tablet.human.title")}.</b> ${t("tablet.human.text")}`)
      : nothing}
  </div>`;
}

/** Reads all of it out from the beginning: it went too fast, or the browser held the sound back. */
function readAgainButton({ t, client, state }: TabletContext): TemplateResult {
  return html`<div>
    <button
      type="button"
      class="button button-secondary said__repeat"
      ?disabled=${state.link.kind !== "open"}
      @click=${() => client.readAgain()}
    >
      ${icon("repeat")}<span>${t("sign.read.again")}</span>
    </button>
  </div>`;
}

/** Something is wrong: the employee's screen says so, and the citizen says what, in their own words. */
function wrong(ctx: TabletContext, { digest, read_back_doubted: told }: StageView): void {
  ctx.client.silence();
  // Told again it changes nothing, and its answer would be waited for in vain.
  if (!told) ctx.client.step({ type: "doubt_read_back", digest });
  if (ctx.state.mic.kind === "off") ctx.client.toggleMicrophone();
}

function wrongButton(ctx: TabletContext, stage: StageView): TemplateResult | typeof nothing {
  if (!mayTalk(ctx)) return nothing;
  return html`<button
    type="button"
    class="button equal-button"
    ?disabled=${ctx.state.link.kind !== "open" || ctx.view.settling}
    @click=${() => wrong(ctx, stage)}
  >
    ${ctx.t("sign.read.wrong")}
  </button>`;
}

function wrongHint(ctx: TabletContext, stage: StageView): TemplateResult {
  const { t } = ctx;
  return html`<div role="status">
    ${stage.read_back_doubted
      ? alertBox("info", t("sign.read.wrong.text"))
      : html`<p>${t("sign.read.text")}</p>`}
  </div>`;
}

function confirming(ctx: TabletContext, stage: StageView): TemplateResult {
  const { t, client, state } = ctx;
  const offline = state.link.kind !== "open";
  return html`${wrongHint(ctx, stage)}
    <div class="equal-buttons">
      ${wrongButton(ctx, stage)}
      <button
        type="button"
        class="button button-primary button-huge"
        ?disabled=${offline}
        aria-disabled=${state.stepping}
        @click=${() => client.step({ type: "confirm_read_back", digest: stage.digest })}
      >
        ${t("sign.read.right")}
      </button>
    </div>`;
}

/** Where the step to sign begins. */
export const SIGN_HEADING = "sign-now";

const pad = new SignaturePad();

function signing(ctx: TabletContext, stage: StageView): TemplateResult {
  const { t, state, view } = ctx;
  const offline = state.link.kind !== "open";
  const sending = view.signature === "sending";
  const sign = (): void => {
    const ink = pad.ink();
    ctx.set({ tooSmall: ink === null });
    if (ink !== null) ctx.sign(stage.digest, ink);
  };
  const begun = (): void => {
    if (view.tooSmall) ctx.set({ tooSmall: false });
  };
  pad.onStroke = begun;
  const clear = (): void => {
    pad.clear();
    begun();
  };
  return html`<section class="signing" aria-labelledby=${SIGN_HEADING}>
    <h2 id=${SIGN_HEADING} class="signing__heading" tabindex="-1">${t("sign.now")}</h2>
    <div class="signing__declaration">
      <h3>${t("sign.declaration.title")}</h3>
      <p>${t("sign.declaration")}</p>
      <p lang="da" class="read-back__da">${translate("da", "sign.declaration")}</p>
    </div>
    <div class="signing__pad">
      <p id="pad-label">${t("sign.pad")}</p>
      <canvas
        class="sign-pad"
        width="1000"
        height="300"
        role="img"
        aria-labelledby="pad-label"
        ${ref(pad.attach)}
      ></canvas>
      <div role="alert">
        ${view.tooSmall ? alertBox("warning", t("sign.too_small")) : nothing}
        ${view.signature === "lost" ? alertBox("warning", t("sign.not_arrived")) : nothing}
      </div>
      <button
        type="button"
        class="button button-secondary"
        ?disabled=${sending || view.settling}
        @click=${clear}
      >
        ${t("sign.clear")}
      </button>
      ${wrongHint(ctx, stage)}
      <p>${t("sign.on_paper")}</p>
      <div class="equal-buttons">
        ${wrongButton(ctx, stage)}
        <button
          type="button"
          class="button button-primary button-huge"
          ?disabled=${offline || sending || view.settling}
          @click=${sign}
        >
          ${t(sending ? "type.sending" : "sign.button")}
        </button>
      </div>
    </div>
  </section>`;
}
