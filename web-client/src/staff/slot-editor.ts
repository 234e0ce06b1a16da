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
import { maskSlot } from "../form/mask";
import { findSlot, isName, whose } from "../form/persons";
import { signatureAtStake } from "../protocol/fold";
import type { ChoiceView, SlotView } from "../protocol/types";
import { focusOnce } from "../ui/focus-once";
import { alertBox } from "../ui/parts";
import type { StaffContext } from "./context";
import { heardMeanwhile, same, seen, type Meanwhile } from "./heard-meanwhile";
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
  const now = (): SlotView | null => findSlot(client.state.conversation.form, slot.key);
  const opened = { value: editing.initial, others: editing.others };
  const meanwhile =
    slot.key === NEW_PERSON
      ? ({ kind: "none" } as const)
      : heardMeanwhile(opened, findSlot(state.conversation.form, slot.key));
  const whoNow = (): string | undefined =>
    slot.key === NEW_PERSON ? editing.person : whose(client.state.conversation.form, slot.key);
  /** Whose field it was when that was looked at. Of a name, what was seen of it says that. */
  const ofWhom = (): { person?: string } => {
    const person = isName(slot.key) ? whoNow() : editing.person;
    return person === undefined ? {} : { person };
  };
  /** False if something has come that was not told yet: then it is, and the next press decides. */
  const isTold = (written: unknown): boolean => {
    const person = whoNow();
    if (!isName(slot.key) && person !== editing.person) {
      // The row has another name, or is about somebody else.
      const problem = "slot.meanwhile.person";
      ctx.set({ editing: { ...editing, person, told: seen(now()), problem } });
      return false;
    }
    const news = heardMeanwhile(editing.told ?? opened, slot.key === NEW_PERSON ? null : now());
    if (slot.key === NEW_PERSON || news.kind === "none" || same(news.value, written)) return true;
    ctx.set({ editing: { ...editing, told: seen(now()), problem: "slot.meanwhile.decide" } });
    return false;
  };
  // Also an emptied field that was told anew: whoever empties it again says that it is still nothing.
  const clearable =
    slot.value !== null || findSlot(state.conversation.form, slot.key)?.status === "conflict";
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (editing.pending !== null) return;
    const text = editedText(event.currentTarget as HTMLFormElement);
    const parsed = parseEdited(kind, text, clearable);
    if (!parsed.ok) {
      ctx.set({ editing: { ...editing, problem: parsed.problem } });
      return;
    }
    if (!isTold(parsed.value)) return;
    ctx.change(() => {
      const { form } = client.state.conversation;
      const keys = form?.sections.flatMap((section) => section.slots.map((one) => one.key)) ?? [];
      // Somebody else may have been heard since the editor was opened.
      const key = slot.key === NEW_PERSON ? nextPersonKey(keys) : slot.key;
      const sent = new SentValue(key, parsed.value, client.state);
      const out = client.send({
        type: "correct_slot",
        key,
        value: parsed.value,
        // Of a person who is added nothing is known yet.
        ...(slot.key === NEW_PERSON ? { person: "" } : ofWhom()),
        ...(slot.key !== NEW_PERSON && { seen: (editing.told ?? opened).value }),
      });
      ctx.set({ editing: { ...editing, pending: out ? sent : null, problem: null } });
    }, slot.key);
  };
  const clear = (): void => {
    if (!isTold(null)) return;
    ctx.change(() => {
      const sent = new SentValue(slot.key, null, client.state);
      const out = client.send({
        type: "clear_slot",
        key: slot.key,
        ...ofWhom(),
        seen: (editing.told ?? opened).value,
      });
      ctx.set({ editing: { ...editing, pending: out ? sent : null, problem: null } });
    }, slot.key);
  };
  /** What stands already only needs the editor out of its way. */
  const use = (value: unknown, stands: boolean): void => {
    if (stands) {
      ctx.stopEditing();
      return;
    }
    if (!isTold(value)) return;
    ctx.change(() => {
      const sent = new SentValue(slot.key, value, client.state);
      const out = client.send({
        type: "correct_slot",
        key: slot.key,
        value,
        ...ofWhom(),
      });
      ctx.set({ editing: { ...editing, pending: out ? sent : null, problem: null } });
    }, slot.key);
  };
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
    ${signatureAtStake(state.conversation, slot.key) ? alertBox("warning", t("slot.signed")) : nothing}
    ${meanwhile.kind === "none" ? nothing : news(ctx, meanwhile, use)}
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
      ${!clearable
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

/** What was heard since the editor was opened, with the button that takes it. */
function news(
  { t, ui, view, state }: StaffContext,
  { kind, value, shown }: Exclude<Meanwhile, { kind: "none" }>,
  use: (value: unknown, stands: boolean) => void,
): TemplateResult {
  const slot = findSlot(state.conversation.form, view.editing?.key ?? "");
  const display = shown === null ? "" : ui === "uk" ? shown.display_uk : shown.display_da;
  const text = slot === null || view.revealed.has(slot.key) ? display : maskSlot(slot, display);
  const citizen = shown?.evidence.at(-1)?.speaker === "citizen";
  const said = citizen ? "slot.meanwhile.citizen" : "slot.meanwhile.now";
  return html`<div class="slot-editor__news" role="status">
    ${alertBox(
      "warning",
      text === "" ? t("slot.meanwhile.emptied") : t(said, { value: text }),
      html`<button
        type="button"
        class="button button-secondary button-small"
        ?disabled=${view.editing?.pending !== null || state.link.kind !== "open"}
        @click=${() => use(value, kind === "value")}
      >
        ${t("slot.meanwhile.use")}
      </button>`,
    )}
  </div>`;
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
