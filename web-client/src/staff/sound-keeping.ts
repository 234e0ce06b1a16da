// Keeping the sound of a case: rarely needed, so it is offered quietly and shown loudly.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { soundMayBegin, soundStatus } from "../protocol/fold";
import type { ClientMessage } from "../protocol/types";
import { icon } from "../ui/icons";
import { alertBox, keptSoundBox, sendButton, soundKeepingRegion } from "../ui/parts";
import type { StaffContext } from "./context";

let dialog: HTMLDialogElement | null = null;

/** The button that opens the question; nothing unless the sound may be kept and is not. */
export function soundKeepingOffer(ctx: StaffContext): TemplateResult | typeof nothing {
  const { conversation } = ctx.state;
  // Once the citizen has agreed, the banner has the button that begins.
  if (!soundMayBegin(conversation) || soundStatus(conversation) === "agreed") return nothing;
  return html`<button
    type="button"
    class="button button-secondary"
    @click=${() => dialog?.showModal()}
  >
    ${ctx.t("keep_sound.offer")}
  </button>`;
}

/** Whether sound is kept, in red while it is, with the button that begins or ends it. */
export function soundKeepingBanner(ctx: StaffContext): TemplateResult {
  const { t, state } = ctx;
  const { basis } = state.conversation.sound;
  const stop = sendButton(ctx, "keep_sound.stop", { type: "withdraw_sound" });
  let content: unknown = nothing;
  switch (soundStatus(state.conversation)) {
    case "keeping":
      content = keptSoundBox(
        html`${t("keep_sound.keeping")} ${basis === null ? nothing : t(`keep_sound.basis.${basis}`)}`,
        stop,
      );
      break;
    case "stopped":
      content = alertBox("warning", t("keep_sound.stopped"), stop);
      break;
    case "agreed":
      content = alertBox(
        "info",
        t("keep_sound.agreed"),
        sendButton(ctx, "keep_sound.begin", { type: "keep_sound", basis: "consent" }),
      );
      break;
    case "waiting":
      content = alertBox("info", t("keep_sound.waiting"));
      break;
    case "declined":
      content = alertBox("info", t("keep_sound.declined"));
      break;
    case "deleted":
      content = alertBox("success", t("keep_sound.deleted"));
      break;
    case "none":
    case "offer":
      break;
  }
  return soundKeepingRegion(content);
}

/** Asks on which legal basis. */
export function soundKeepingDialog(ctx: StaffContext): TemplateResult {
  const { t, client, state } = ctx;
  const offline = state.link.kind !== "open";
  // Against a no there is no other basis; the citizen can only be asked again, and until there is a yes it stands.
  const { refused } = state.conversation.sound;
  const attach = (element: Element | undefined): void => {
    dialog = (element as HTMLDialogElement | undefined) ?? null;
  };
  const choose = (message: ClientMessage) => () => {
    client.send(message);
    dialog?.close();
  };
  return html`<dialog class="dialog" aria-labelledby="keep-sound-title" ${ref(attach)}>
    <h2 id="keep-sound-title">${t("keep_sound.title")}</h2>
    <p>${icon("warning")} ${t("keep_sound.text")}</p>
    <div class="dialog__buttons">
      <button
        type="button"
        class="button button-primary"
        ?disabled=${offline}
        @click=${choose({ type: "ask_keep_sound" })}
      >
        ${t("keep_sound.ask")}
      </button>
      ${refused
        ? nothing
        : html`<button
            type="button"
            class="button button-secondary"
            ?disabled=${offline}
            @click=${choose({ type: "keep_sound", basis: "public_task" })}
          >
            ${t("keep_sound.begin.public_task")}
          </button>`}
      <button
        type="button"
        class="button button-secondary"
        autofocus
        @click=${() => dialog?.close()}
      >
        ${t("app.cancel")}
      </button>
    </div>
  </dialog>`;
}
