// The editor of a slot: an input that suits its type.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import {
  editorKind,
  editorText,
  NEW_PERSON,
  nextPersonKey,
  parseEdited,
  type EditorKind,
} from "../form/values";
import { signatureHolds } from "../protocol/fold";
import type { ChoiceView, SlotView } from "../protocol/types";
import { focusOnce } from "../ui/focus-once";
import { alertBox } from "../ui/parts";
import type { StaffContext } from "./context";
import { SentValue } from "./sent-value";

type Editable = Pick<SlotView, "key" | "value" | "choices">;

const FIELD = "slot-editor";

/** The editor below a slot's row. */
export function slotEditor(ctx: StaffContext, slot: Editable, label: string): TemplateResult {
  const { t, view, client, state } = ctx;
  const { editing } = view;
  if (editing === null) return html``;
  const first = { ...slot, value: editing.initial };
  const kind = editorKind(first);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (editing.pending !== null) return;
    const text = editedText(event.currentTarget as HTMLFormElement);
    const parsed = parseEdited(kind, text);
    if (!parsed.ok) {
      ctx.set({ editing: { ...editing, problem: parsed.problem } });
      return;
    }
    ctx.change(() => {
      const { form } = client.state.conversation;
      const keys = form?.sections.flatMap((section) => section.slots.map((one) => one.key)) ?? [];
      // Somebody else may have been heard since the editor was opened.
      const key = slot.key === NEW_PERSON ? nextPersonKey(keys) : slot.key;
      const sent = new SentValue(key, parsed.value, client.state);
      // Of a person who is added nothing is known yet.
      const person = slot.key === NEW_PERSON ? "" : editing.person;
      const out = client.send({
        type: "correct_slot",
        key,
        value: parsed.value,
        ...(person !== undefined && { person }),
      });
      ctx.set({ editing: { ...editing, pending: out ? sent : null, problem: null } });
    });
  };
  const clear = (): void =>
    ctx.change(() => {
      const sent = new SentValue(slot.key, null, client.state);
      const { person } = editing;
      const out = client.send({
        type: "clear_slot",
        key: slot.key,
        ...(person !== undefined && { person }),
      });
      ctx.set({ editing: { ...editing, pending: out ? sent : null, problem: null } });
    });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    ctx.stopEditing();
  };
  const wrong = editing.problem !== null;
  const keep = (event: Event): void =>
    ctx.edited(editedText(event.currentTarget as HTMLFormElement));
  return html`<form
    class="slot-editor"
    novalidate
    @submit=${save}
    @keydown=${onKey}
    @input=${keep}
  >
    ${signatureHolds(state.conversation) ? alertBox("warning", t("slot.signed")) : nothing}
    ${input(ctx, kind, first, label)}
    <div id="slot-problem" role="alert">
      ${wrong ? alertBox("error", t(editing.problem ?? "slot.invalid")) : nothing}
    </div>
    <div class="slot-editor__buttons">
      <button
        type="submit"
        class="button button-primary button-small"
        ?disabled=${editing.pending !== null || state.link.kind !== "open"}
      >
        ${t("slot.save")}
      </button>
      <button
        type="button"
        class="button button-secondary button-small"
        @click=${() => ctx.stopEditing()}
      >
        ${t("app.cancel")}
      </button>
      ${slot.value === null
        ? nothing
        : html`<button
            type="button"
            class="button button-tertiary button-small"
            ?disabled=${editing.pending !== null || state.link.kind !== "open"}
            @click=${clear}
          >
            ${t("slot.clear")}
          </button>`}
    </div>
  </form>`;
}

function editedText(form: HTMLFormElement): string {
  return new FormData(form)
    .getAll(FIELD)
    .map((value) => (typeof value === "string" ? value : ""))
    .join("\n");
}

function input(ctx: StaffContext, kind: EditorKind, slot: Editable, label: string): TemplateResult {
  const { t, ui, view } = ctx;
  const invalid = view.editing?.problem !== null;
  // What is written while the value is on its way would be lost when it arrives.
  const sent = view.editing?.pending !== null;
  const text = view.editing?.text ?? editorText(slot.value);
  const lang = ui === "uk" ? "uk" : "da";
  if (kind === "choices") return checkboxes(ctx, slot, label);
  if (kind === "choice" || kind === "boolean") {
    const choices: ChoiceView[] =
      kind === "boolean" && slot.choices.length === 0 ? yesAndNo(ctx) : slot.choices;
    return html`<label>
      <span class="form-label" lang=${lang}>${label}</span>
      <select class="form-select" name=${FIELD} aria-describedby="slot-problem" ${ref(focusOnce)}>
        <option value="">${t("slot.choose")}</option>
        ${choices.map(
          (choice) =>
            html`<option value=${choice.value} ?selected=${choice.value === text} lang=${lang}>
              ${ui === "uk" ? choice.label_uk : choice.label_da}
            </option>`,
        )}
      </select>
    </label>`;
  }
  if (kind === "long" || kind === "list") {
    return html`<label>
      <span class="form-label" lang=${lang}>${label}</span>
      ${kind === "list" ? html`<span class="form-hint">${t("slot.list.hint")}</span>` : nothing}
      <textarea
        class="form-input"
        name=${FIELD}
        rows="3"
        ?readonly=${sent}
        aria-invalid=${invalid}
        aria-describedby="slot-problem"
        .value=${text}
        ${ref(focusOnce)}
      ></textarea>
    </label>`;
  }
  return html`<label>
    <span class="form-label" lang=${lang}>${label}</span>
    <input
      class="form-input"
      name=${FIELD}
      type=${TYPES[kind] ?? "text"}
      inputmode=${MODES[kind] ?? nothing}
      autocomplete="off"
      spellcheck="false"
      ?readonly=${sent}
      aria-invalid=${invalid}
      aria-describedby="slot-problem"
      value=${text}
      ${ref(focusOnce)}
    />
  </label>`;
}

const TYPES: { [kind in EditorKind]?: string } = { date: "date", phone: "tel", email: "email" };
const MODES: { [kind in EditorKind]?: "numeric" | "tel" | "email" } = {
  cpr: "numeric",
  number: "numeric",
  postal: "numeric",
};

function checkboxes(ctx: StaffContext, slot: Editable, label: string): TemplateResult {
  const { ui, view } = ctx;
  const chosen = (view.editing?.text ?? editorText(slot.value)).split("\n");
  return html`<fieldset>
    <legend class="form-label">${label}</legend>
    ${slot.choices.map(
      (choice, index) =>
        html`<label class="tick">
          <input
            type="checkbox"
            name=${FIELD}
            value=${choice.value}
            ?checked=${chosen.includes(choice.value)}
            ${index === 0 ? ref(focusOnce) : nothing}
          />
          <span lang=${ui === "uk" ? "uk" : "da"}
            >${ui === "uk" ? choice.label_uk : choice.label_da}</span
          >
        </label>`,
    )}
  </fieldset>`;
}

function yesAndNo(ctx: StaffContext): ChoiceView[] {
  const { t } = ctx;
  return [
    { value: "true", label_da: t("slot.yes"), label_uk: t("slot.yes") },
    { value: "false", label_da: t("slot.no"), label_uk: t("slot.no") },
  ];
}
