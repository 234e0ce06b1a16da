// What staff is asked before a step that stops something for good.

import { html, nothing, type TemplateResult } from "lit-html";
import { unsigned } from "../protocol/fold";
import type { StaffContext } from "./context";

// Found by their names: each screen has its own, and one that goes must not take the next one's place.
const END = "end-dialog";

function dialog(id: string): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>(`#${id}`);
}

/** Asks before ending: it stops both screens. */
export function askToEnd(): void {
  dialog(END)?.showModal();
}

/** What `askToEnd` opens. */
export function endDialog(ctx: StaffContext): TemplateResult {
  const { t, client, state } = ctx;
  return html`<dialog id=${END} class="dialog" aria-labelledby="end-title">
    <h2 id="end-title">${t("staff.end.title")}</h2>
    <p>${t("staff.end.text")}</p>
    ${unsigned(state.conversation) ? html`<p><b>${t("staff.end.unsigned")}</b></p>` : nothing}
    <div class="dialog__buttons">
      <button
        type="button"
        class="button button-primary"
        @click=${() => {
          client.send({ type: "end_conversation" });
          dialog(END)?.close();
        }}
      >
        ${t("staff.end.yes")}
      </button>
      <button
        type="button"
        class="button button-secondary"
        autofocus
        @click=${() => dialog(END)?.close()}
      >
        ${t("app.cancel")}
      </button>
    </div>
  </dialog>`;
}
