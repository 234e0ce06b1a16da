// Taking somebody out of the form who does not move along, or was heard by mistake.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { personName, rowOf, whose } from "../form/persons";
import { removable, removal } from "../form/removal";
import type { FormView } from "../protocol/types";
import type { Removing, StaffContext } from "./context";
import { goToSection } from "./jumps";

/** The button in the heading of a row; nothing where the row is about the mover. */
export function removeButton(
  { t, state, set }: StaffContext,
  form: FormView,
  of: string,
): TemplateResult | typeof nothing {
  const row = removable(form, of);
  if (row === null) return nothing;
  const name = personName(t, form, `${row}.`) ?? "";
  const person = whose(form, `${row}.`) ?? "";
  return html`<button
    type="button"
    class="button button-tertiary button-small"
    aria-label=${t("form.remove_of", { person: name })}
    ?disabled=${state.link.kind !== "open"}
    @click=${() => set({ removing: { row, person, name } })}
  >
    ${t("form.remove")}
  </button>`;
}

/** Asks before somebody is taken out. It names whom it was asked about, whoever stands in the row meanwhile. */
export function removeDialog(ctx: StaffContext): TemplateResult | typeof nothing {
  const { t, view, state } = ctx;
  const { removing } = view;
  if (removing === null) return nothing;
  return html`<dialog
    class="dialog"
    aria-labelledby="remove-title"
    aria-describedby="remove-text"
    @close=${() => ctx.set({ removing: null })}
    ${ref(openAtOnce)}
  >
    <h2 id="remove-title">${t("form.remove.title", { person: removing.name })}</h2>
    <p id="remove-text">${t("form.remove.text")}</p>
    <div class="dialog__buttons">
      <button
        type="button"
        class="button button-primary"
        ?disabled=${state.link.kind !== "open"}
        @click=${(event: Event) => {
          close(event);
          ctx.change(() => remove(ctx, removing));
        }}
      >
        ${t("form.remove.yes")}
      </button>
      <button type="button" class="button button-secondary" autofocus @click=${close}>
        ${t("app.cancel")}
      </button>
    </div>
  </dialog>`;
}

function openAtOnce(element: Element | undefined): void {
  if (!(element instanceof HTMLDialogElement)) return;
  // At this moment it is not in the page yet.
  queueMicrotask(() => element.showModal());
}

function close(event: Event): void {
  (event.currentTarget as HTMLElement).closest("dialog")?.close();
}

function remove({ client, view, stopEditing }: StaffContext, { row, person }: Removing): void {
  const { form } = client.state.conversation;
  if (form === null) return;
  const messages = removal(form, row, person);
  if (!messages.every((message) => client.send(message))) return;
  // What is open there would keep the row.
  const edited = rowOf(view.editing?.key ?? "");
  if (edited !== null && removable(form, edited) === row) stopEditing();
  // The button goes with its row.
  goToSection("household");
}
