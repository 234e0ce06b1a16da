// One slot of the form: value, where it stands, where it was heard, and what a person can do.

import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { byAnother, decisionText } from "../form/decision";
import { doubts } from "../form/doubt";
import { DOTS, maskCpr, maskSlot } from "../form/mask";
import { slotLabel, whose } from "../form/persons";
import { standingAlone } from "../form/values";
import type { AlternativeView, EvidenceView, SlotView } from "../protocol/types";
import { icon } from "../ui/icons";
import { STATUS_BADGES } from "../ui/parts";
import { revealButton, toggled } from "../ui/reveal";
import type { StaffContext } from "./context";
import { slotEditor } from "./slot-editor";

/** A longer quote is cut in the list; the whole is in the transcript. */
const MAX_QUOTE = 60;

/** A slot's label, with the person whom it is about. */
export function labelOf(ctx: StaffContext, slot: SlotView): string {
  return slotLabel(ctx.t, ctx.ui, ctx.state.conversation.form, slot);
}

/** A slot's row. */
export function slotRow(ctx: StaffContext, slot: SlotView, missing: boolean): TemplateResult {
  const { view } = ctx;
  const label = labelOf(ctx, slot);
  const shortLabel = ctx.ui === "uk" ? slot.label_uk : slot.label_da;
  const editing = view.editing?.key === slot.key;
  return html`<div
    class="slot slot--${slot.status}"
    id=${`slot-${slot.key}`}
    tabindex="-1"
    role="group"
    aria-label=${label}
  >
    <div class="slot__main">
      <div class="slot__label" lang=${ctx.ui === "uk" ? "uk" : "da"}>${shortLabel}</div>
      <div class="slot__value">${value(ctx, slot, label)}</div>
      ${statusBadge(ctx, slot, missing)} ${editing ? nothing : actions(ctx, slot, label)}
    </div>
    ${slot.status === "empty" ? nothing : heard(ctx, slot, slot.evidence)} ${doubt(ctx, slot)}
    ${decided(ctx, slot)}
    ${slot.alternatives.length === 0 ? nothing : alternatives(ctx, slot)}
    ${editing ? slotEditor(ctx, slot, label) : nothing}
  </div>`;
}

function value(ctx: StaffContext, slot: SlotView, label: string): unknown {
  const { t, ui, view } = ctx;
  const display = standingAlone(slot.value, ui === "uk" ? slot.display_uk : slot.display_da);
  if (slot.value === null || display === "") {
    return html`<span class="slot__nothing">${t("slot.empty")}</span>`;
  }
  const shown = view.revealed.has(slot.key);
  const text = shown ? display : maskSlot(slot, display);
  return html`<span lang=${ui === "uk" ? "uk" : "da"}>${text}</span>${slot.sensitive
      ? revealButton(t, label, shown, () =>
          ctx.set({ revealed: toggled(view.revealed, slot.key) }),
        )
      : nothing}`;
}

function statusBadge(ctx: StaffContext, slot: SlotView, missing: boolean): TemplateResult {
  const { t } = ctx;
  if (slot.status === "empty") {
    return html`<span class="badge ${missing ? "badge-warning" : "badge-none"}"
      >${t(missing ? "slot.status.missing" : "slot.status.empty")}</span
    >`;
  }
  return html`<span class="badge ${STATUS_BADGES[slot.status]}"
    >${t(`slot.status.${slot.status}`)}</span
  >`;
}

/** How sure the machine is, and what speaks against it: for the eye, the keyboard and the ear alike. */
function doubt({ t, state }: StaffContext, slot: SlotView): unknown {
  if (slot.value === null || (slot.status !== "proposed" && slot.status !== "needs_confirmation")) {
    return nothing;
  }
  const reasons = doubts(slot, state.conversation.lines).map((one) => t(`slot.doubt.${one}`));
  const percent = t("slot.confidence", { p: Math.round(slot.confidence * 100) });
  return html`<p class="slot__doubt">${[...reasons, percent].join(" · ")}</p>`;
}

function actions(ctx: StaffContext, slot: SlotView, label: string): TemplateResult {
  const { t, state } = ctx;
  const open = state.link.kind === "open";
  // What the form makes of its own values needs nobody's word.
  const unconfirmed =
    slot.value !== null && slot.status !== "confirmed" && slot.status !== "derived";
  return html`<div class="slot__actions">
    ${unconfirmed && slot.status !== "corrected"
      ? html`<button
          type="button"
          class="icon-button icon-button--confirm"
          aria-label=${t("slot.confirm_of", { label })}
          title=${t("slot.confirm")}
          ?disabled=${!open}
          @click=${(event: MouseEvent) => {
            // The second press of two was not made with the value in sight that stands here now.
            if (event.detail <= 1) ctx.confirm(slot);
          }}
        >
          ${icon("check")}
        </button>`
      : nothing}
    <button
      type="button"
      class="icon-button slot__edit"
      aria-label=${t("slot.correct_of", { label })}
      title=${t(slot.value === null ? "slot.fill" : "slot.correct")}
      ?disabled=${!open}
      @click=${() => ctx.edit(slot.key)}
    >
      ${icon("edit")}
    </button>
  </div>`;
}

function heard(ctx: StaffContext, slot: SlotView, evidence: EvidenceView[]): unknown {
  if (evidence.length === 0) return nothing;
  const { t, view } = ctx;
  const hidden = slot.sensitive && !view.revealed.has(slot.key);
  return html`<div class="slot__evidence">
    ${evidence.map((item) => {
      const quote = hidden ? DOTS : shorten(slot.sensitive ? item.quote : maskCpr(item.quote));
      return html`<button
        type="button"
        class="evidence"
        title=${t("slot.heard", { n: item.utterance })}
        @click=${() => ctx.showEvidence(item)}
      >
        ${icon("quote")}<span class="sr-only">${t("slot.evidence")}</span
        ><span class="evidence__number">${item.utterance}</span
        ><q lang=${item.lang}>${quote}</q>
      </button>`;
    })}
  </div>`;
}

/** Who else decided about the value: a colleague, or the citizen on the tablet. */
function decided({ t, ui, view }: StaffContext, slot: SlotView): unknown {
  return slot.decided !== undefined && byAnother(slot.decided, view.account)
    ? html`<p class="slot__decided">${decisionText(t, ui, slot.decided)}</p>`
    : nothing;
}

function shorten(quote: string): string {
  const scalars = Array.from(quote);
  return scalars.length <= MAX_QUOTE ? quote : `${scalars.slice(0, MAX_QUOTE - 1).join("")}…`;
}

function alternatives(ctx: StaffContext, slot: SlotView): TemplateResult {
  const { t } = ctx;
  return html`<div class="slot__alternatives">
    <p>${t("slot.alternatives")}</p>
    <ul class="no-max-width">
      ${repeat(
        slot.alternatives,
        // A button that was pressed is not used again for what it took the place of: it would keep the keyboard.
        (other) => JSON.stringify(other.value),
        (other) => alternative(ctx, slot, other),
      )}
    </ul>
  </div>`;
}

/** Another value that was heard, with the button that takes it. */
export function alternative(
  ctx: StaffContext,
  slot: SlotView,
  other: AlternativeView,
): TemplateResult {
  const { t, ui, client, state, view } = ctx;
  const display = ui === "uk" ? other.display_uk : other.display_da;
  const text = view.revealed.has(slot.key) ? display : maskSlot(slot, display);
  return html`<li>
    <button
      type="button"
      class="button button-secondary button-small"
      ?disabled=${state.link.kind !== "open"}
      @click=${(event: MouseEvent) => {
        // The second press of two would take back what the first one chose.
        if (event.detail > 1) return;
        ctx.change(() => {
          const person = whose(client.state.conversation.form, slot.key);
          client.send({
            type: "correct_slot",
            key: slot.key,
            value: other.value,
            ...(person !== undefined && { person }),
            seen: slot.value,
          });
        }, slot.key);
      }}
    >
      ${t("slot.pick", { value: text })}
    </button>
    ${heard(ctx, slot, other.evidence)}
  </li>`;
}
