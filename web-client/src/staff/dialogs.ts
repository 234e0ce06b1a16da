// What staff is asked before a step that stops something for good.

import { html, nothing, type TemplateResult } from "lit-html";
import { unsigned, type Conversation } from "../protocol/fold";
import type { CaseStage } from "../protocol/types";
import type { StaffContext } from "./context";

// Found by their names: each screen has its own, and one that goes must not take the next one's place.
const END = "end-dialog";
const CANCEL = "cancel-dialog";
const VOID = "void-dialog";

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

/** Asks before a change that makes the signature void: the citizen may be gone. */
export function askToVoid(): void {
  dialog(VOID)?.showModal();
}

/** What `askToVoid` opens. */
export function voidDialog({ t, view, state, set }: StaffContext): TemplateResult {
  const stage = state.conversation.stage?.state;
  const reviewed = stage === "in_review" || stage === "approved";
  return html`<dialog
    id=${VOID}
    class="dialog"
    aria-labelledby="void-title"
    aria-describedby="void-text"
    @close=${() => set({ voiding: null })}
  >
    <h2 id="void-title">${t("staff.void.title")}</h2>
    <p id="void-text">
      ${t("staff.void.text")} ${reviewed ? t("staff.void.review") : nothing}
    </p>
    <div class="dialog__buttons">
      <button
        type="button"
        class="button button-primary"
        @click=${() => {
          dialog(VOID)?.close();
          view.voiding?.();
        }}
      >
        ${t("staff.void.yes")}
      </button>
      <button
        type="button"
        class="button button-secondary"
        autofocus
        @click=${() => dialog(VOID)?.close()}
      >
        ${t("staff.void.no")}
      </button>
    </div>
  </dialog>`;
}

const OVER: ReadonlySet<CaseStage> = new Set(["submitted", "cancelled"]);

/** True while the case can be given up; what is being sealed just then is refused by the server. */
export function mayCancel({ stage, cancelled }: Conversation): boolean {
  return stage !== null && !cancelled && !OVER.has(stage.state);
}

/** The button that asks before giving the case up. */
export function cancelButton({ t, state }: StaffContext): TemplateResult | typeof nothing {
  if (!mayCancel(state.conversation)) return nothing;
  return html`<button
    type="button"
    class="button button-tertiary button-small"
    @click=${() => dialog(CANCEL)?.showModal()}
  >
    ${t("staff.cancel")}
  </button>`;
}

/** What `cancelButton` opens: what is lost, and why it is done. */
export function cancelDialog(ctx: StaffContext): TemplateResult {
  const { t, client, state } = ctx;
  const cancel = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get("reason");
    const reason = typeof typed === "string" ? typed.trim() : "";
    if (reason === "" || !client.send({ type: "cancel_case", reason })) return;
    dialog(CANCEL)?.close();
  };
  return html`<dialog id=${CANCEL} class="dialog" aria-labelledby="cancel-title">
    <form @submit=${cancel}>
      <h2 id="cancel-title">${t("staff.cancel.title")}</h2>
      <p>${t("staff.cancel.text")}</p>
      <label for="cancel-reason">${t("staff.cancel.reason")}</label>
      <textarea
        id="cancel-reason"
        name="reason"
        class="form-input"
        lang="da"
        rows="2"
        maxlength="2000"
        required
      ></textarea>
      <div class="dialog__buttons">
        <button
          type="submit"
          class="button button-primary"
          ?disabled=${state.link.kind !== "open"}
        >
          ${t("staff.cancel.yes")}
        </button>
        <button
          type="button"
          class="button button-secondary"
          autofocus
          @click=${() => dialog(CANCEL)?.close()}
        >
          ${t("staff.cancel.no")}
        </button>
      </div>
    </form>
  </dialog>`;
}
