// The read-back and the signature, on the citizen's tablet.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { translate } from "../i18n/i18n";
import type { CaseStage, StageView } from "../protocol/types";
import { alertBox, soundBanner } from "../ui/parts";
import { SignaturePad } from "../ui/signature-pad";
import type { TabletContext } from "./context";

/** That the citizen has signed, or that it does not count any more; empty before. */
export function signatureNotice(ctx: TabletContext): TemplateResult {
  return html`<div role="status">${aboutSignature(ctx)}</div>`;
}

function aboutSignature({ t, state }: TabletContext): unknown {
  const stage = state.conversation.stage;
  if (stage === null || stage.signature === null) return nothing;
  if (stage.signature.void) return alertBox("warning", t("sign.void"));
  return SIGNED.has(stage.state) ? alertBox("success", t("sign.done")) : nothing;
}

const SIGNED: ReadonlySet<CaseStage> = new Set(["signed", "in_review", "approved", "submitted"]);

/** What is in the form, sentence by sentence; then the place to sign. */
export function signScreen(ctx: TabletContext): TemplateResult {
  const { t, state } = ctx;
  const { stage } = state.conversation;
  if (stage === null) return html``;
  return html`<main id="main" class="quiet" tabindex="-1">
    <div class="quiet__card quiet__card--wide">
      <h1>${t("sign.title")}</h1>
      ${soundBanner(ctx)} ${signatureNotice(ctx)}
      <ol class="read-back no-max-width">
        ${stage.read_back.map(
          (line) =>
            html`<li>
              <p lang="uk" class="lead">${line.uk}</p>
              <p lang="da" class="read-back__da">${line.da}</p>
            </li>`,
        )}
      </ol>
      ${stage.read_back_confirmed ? signing(ctx, stage) : confirming(ctx, stage)}
    </div>
  </main>`;
}

function confirming(ctx: TabletContext, stage: StageView): TemplateResult {
  const { t, client, state } = ctx;
  const offline = state.link.kind !== "open";
  return html`<p>${t("sign.read.text")}</p>
    <button
      type="button"
      class="button button-primary button-huge"
      ?disabled=${offline}
      @click=${() => client.send({ type: "confirm_read_back", digest: stage.digest })}
    >
      ${t("sign.read.right")}
    </button>`;
}

const pad = new SignaturePad();

function signing(ctx: TabletContext, stage: StageView): TemplateResult {
  const { t, client, state, view } = ctx;
  const offline = state.link.kind !== "open";
  const sign = (): void => {
    const ink = pad.ink();
    ctx.set({ tooSmall: ink === null });
    if (ink !== null && client.send({ type: "sign", digest: stage.digest, ink })) pad.clear();
  };
  return html`<h2>${t("sign.declaration.title")}</h2>
    <p>${t("sign.declaration")}</p>
    <p lang="da" class="read-back__da">${translate("da", "sign.declaration")}</p>
    <p id="pad-label">${t("sign.pad")}</p>
    <canvas
      class="sign-pad"
      width="1000"
      height="300"
      role="img"
      aria-labelledby="pad-label"
      ${ref(pad.attach)}
    ></canvas>
    <div role="alert">${view.tooSmall ? alertBox("warning", t("sign.too_small")) : nothing}</div>
    <div class="equal-buttons">
      <button type="button" class="button button-secondary" @click=${() => pad.clear()}>
        ${t("sign.clear")}
      </button>
      <button
        type="button"
        class="button button-primary button-huge"
        ?disabled=${offline}
        @click=${sign}
      >
        ${t("sign.button")}
      </button>
    </div>`;
}
