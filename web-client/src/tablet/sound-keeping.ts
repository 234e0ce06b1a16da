// Keeping the sound, as the citizen sees it: a question that may be answered with no, and a red sign
// with the button that has everything deleted.

import { html, nothing, type TemplateResult } from "lit-html";
import type { MessageKey } from "../i18n/i18n";
import { soundStatus } from "../protocol/fold";
import type { ClientMessage } from "../protocol/types";
import { alertBox, keptSoundBox } from "../ui/parts";
import type { TabletContext } from "./context";

function button(ctx: TabletContext, key: MessageKey, message: ClientMessage): TemplateResult {
  return html`<button
    type="button"
    class="button button-secondary"
    ?disabled=${ctx.state.link.kind !== "open"}
    @click=${() => ctx.client.send(message)}
  >
    ${ctx.t(key)}
  </button>`;
}

/** Whether sound is kept, or may be; nothing while neither is the case. */
export function soundKeepingBanner(ctx: TabletContext): TemplateResult {
  const { t } = ctx;
  const answer = (accepted: boolean): ClientMessage => ({
    type: "consent",
    notice: "sound_keeping",
    accepted,
  });
  const no = button(ctx, "keep_sound.citizen.no", answer(false));
  const withdraw = button(ctx, "keep_sound.citizen.withdraw", { type: "withdraw_sound" });
  let content: unknown = nothing;
  switch (soundStatus(ctx.state.conversation)) {
    case "keeping":
      content = keptSoundBox(t("keep_sound.citizen.keeping"), withdraw);
      break;
    case "stopped":
      content = alertBox("warning", t("keep_sound.citizen.stopped"), withdraw);
      break;
    case "waiting":
      // Neither answer is easier to give than the other.
      content = alertBox(
        "info",
        t("keep_sound.citizen.question"),
        html`${button(ctx, "keep_sound.citizen.yes", answer(true))} ${no}`,
      );
      break;
    case "agreed":
      content = alertBox("info", t("keep_sound.citizen.agreed"), no);
      break;
    case "none":
    case "offer":
    case "declined":
      break;
  }
  return html`<div role="status">${content}</div>`;
}
