// Keeping the sound, as the citizen sees it: a question that may be answered with no, and a red sign
// with the button that has everything deleted.

import { html, nothing, type TemplateResult } from "lit-html";
import { soundStatus } from "../protocol/fold";
import type { ClientMessage } from "../protocol/types";
import { alertBox, keptSoundBox, sendButton, soundKeepingRegion } from "../ui/parts";
import type { TabletContext } from "./context";

/** Whether sound is kept, or may be; nothing while neither is the case. */
export function soundKeepingBanner(ctx: TabletContext): TemplateResult {
  const { t } = ctx;
  const answer = (accepted: boolean): ClientMessage => ({
    type: "consent",
    notice: "sound_keeping",
    accepted,
  });
  const no = sendButton(ctx, "keep_sound.citizen.no", answer(false));
  const withdraw = sendButton(ctx, "keep_sound.citizen.withdraw", { type: "withdraw_sound" });
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
        html`<div class="notice__answers">
          ${sendButton(ctx, "keep_sound.citizen.yes", answer(true))} ${no}
        </div>`,
      );
      break;
    case "agreed":
      content = alertBox("info", t("keep_sound.citizen.agreed"), no);
      break;
    case "deleted":
      content = alertBox("success", t("keep_sound.citizen.deleted"));
      break;
    case "declined":
      // Whoever said no sees that it counts.
      content = alertBox("info", t("processing.sound.never"));
      break;
    case "none":
    case "offer":
      break;
  }
  return soundKeepingRegion(content);
}
