// The form beside the conversation: what to ask, what is wrong, what is written.

import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { maskSentence } from "../form/mask";
import { byPerson, findSlot, personName, rowOf } from "../form/persons";
import { emptiedRows } from "../form/removal";
import { NEW_PERSON } from "../form/values";
import { formUrl } from "../protocol/api";
import type { FormView, IssueView, SectionView, SlotView } from "../protocol/types";
import { icon } from "../ui/icons";
import type { StaffContext } from "./context";
import { jumps, sectionId } from "./jumps";
import { removeButton } from "./remove-person";
import { slotEditor } from "./slot-editor";
import { slotRow } from "./slot";
import { stagePanel } from "./stage";

/** The form panel. */
export function formPanel(ctx: StaffContext): TemplateResult {
  const { t, state } = ctx;
  const { form, caseId } = state.conversation;
  return html`<section class="form-panel" aria-labelledby="form-title">
    <header class="form-panel__head">
      <h2 id="form-title" tabindex="-1">${t("form.title")}</h2>
      ${caseId === null
        ? nothing
        : html`<a class="head-link" href=${formUrl(caseId, "pdf")} target="_blank" rel="noopener"
              >${icon("form")}<span>${t("form.pdf")}</span
              ><span class="sr-only"> (${t("form.opens_new")})</span></a
            ><a class="head-link" href=${formUrl(caseId, "json")} target="_blank" rel="noopener"
              ><span>${t("form.json")}</span
              ><span class="sr-only"> (${t("form.opens_new")})</span></a
            >`}
    </header>
    <div class="form-panel__body" tabindex="0" role="region" aria-labelledby="form-title">
      ${form === null ? html`<p class="form-panel__empty">${t("form.empty")}</p>` : content(ctx, form)}
    </div>
  </section>`;
}

function content(ctx: StaffContext, form: FormView): TemplateResult {
  const { t, view } = ctx;
  return html`${stagePanel(ctx)} ${nextQuestion(ctx, form)} ${issues(ctx, form)} ${missing(ctx, form)}
    <label class="show-empty">
      <input
        type="checkbox"
        .checked=${view.showEmpty}
        @change=${(event: Event) =>
          ctx.set({ showEmpty: (event.target as HTMLInputElement).checked })}
      />
      <span>${t("form.show_empty")}</span>
    </label>
    ${form.sections.every((section) => shownSlots(ctx, form, section).length === 0)
      ? html`<p class="form-panel__empty">${t("form.filled.none")}</p>`
      : nothing}
    ${repeat(
      form.sections,
      (section) => section.id,
      (section) => sectionBlock(ctx, form, section),
    )}`;
}

function nextQuestion(ctx: StaffContext, form: FormView): unknown {
  const { t, state, client, view } = ctx;
  const question = form.next_question;
  if (question === null) return nothing;
  // Until it stands in the conversation: pressed again on a slow network, it would be asked twice.
  const idle = state.link.kind !== "open" || state.conversation.ended || state.typing;
  const slot = findSlot(form, question.key);
  const shown = (text: string, lang: "da" | "uk"): string =>
    view.revealed.has(question.key) ? text : maskSentence(slot, text, lang);
  return html`<section class="next" aria-labelledby="next-title">
    <h3 id="next-title">${icon("question")}${t("form.next")}</h3>
    <p class="next__da" lang="da">${shown(question.da, "da")}</p>
    <p class="next__uk" lang="uk">${shown(question.uk, "uk")}</p>
    <button
      type="button"
      class="button button-tertiary"
      ?disabled=${idle}
      @click=${() => client.type(question.da, false)}
    >
      ${t("form.next.say")}
    </button>
  </section>`;
}

function issues(ctx: StaffContext, form: FormView): unknown {
  const { t } = ctx;
  if (form.issues.length === 0) return nothing;
  return html`<details class="fold" open>
    <summary>${t("form.issues", { n: form.issues.length })}</summary>
    <ul class="issues no-max-width">
      ${form.issues.map((issue) => issueItem(ctx, issue))}
    </ul>
  </details>`;
}

function issueItem(ctx: StaffContext, issue: IssueView): TemplateResult {
  const { t, ui } = ctx;
  return html`<li class="issue issue--${issue.severity}">
    <span class="badge badge-${issue.severity}">${t(`form.severity.${issue.severity}`)}</span>
    <span lang=${ui === "uk" ? "uk" : "da"}>${ui === "uk" ? issue.text_uk : issue.text_da}</span>
    ${jumps(ctx, issue.keys)}
  </li>`;
}

function missing(ctx: StaffContext, form: FormView): TemplateResult {
  const { t } = ctx;
  if (form.missing.length === 0) return html`<p class="all-there">${t("form.missing.none")}</p>`;
  return html`<details class="fold">
    <summary>${t("form.missing", { n: form.missing.length })}</summary>
    <p class="missing">${jumps(ctx, form.missing)}</p>
  </details>`;
}

/** Slots that are anybody's: who was taken out of the form has none. */
function somebodys(form: FormView, { slots }: SectionView): SlotView[] {
  const nobody = emptiedRows(form);
  return nobody.size === 0 ? slots : slots.filter(({ key }) => !nobody.has(rowOf(key) ?? ""));
}

/** Slots that hold something, so that what was heard stands out; the empty ones on request. */
export function shownSlots({ view }: StaffContext, form: FormView, section: SectionView): SlotView[] {
  const its = new Set(somebodys(form, section));
  return section.slots.filter(
    (slot) =>
      view.editing?.key === slot.key ||
      (its.has(slot) && (view.showEmpty || slot.status !== "empty")),
  );
}

function sectionBlock(ctx: StaffContext, form: FormView, section: SectionView): unknown {
  const { t, ui } = ctx;
  const title = ui === "uk" ? section.title_uk : section.title_da;
  const wanted = new Set(form.missing);
  const shown = shownSlots(ctx, form, section);
  const household = section.id === "household";
  if (shown.length === 0 && !household) return nothing;
  const id = sectionId(section.id);
  const counted = somebodys(form, section).filter((slot) => slot.required || slot.status !== "empty");
  const done = counted.filter((slot) => slot.value !== null).length;
  return html`<section class="form-section" aria-labelledby=${id}>
    <h3 id=${id} tabindex="-1">
      <span lang=${ui === "uk" ? "uk" : "da"}>${title}</span>
      <span class="form-section__count"
        >${t("form.section.count", { done, all: counted.length })}</span
      >
    </h3>
    ${repeat(
      byPerson(shown),
      (group) => group.row,
      (group) =>
        html`${group.row === null
          ? nothing
          : html`<div class="person-head">
              <h4>${personName(t, form, `${group.row}.`)}</h4>
              ${removeButton(ctx, form, group.row)}
            </div>`}
        ${repeat(
          group.slots,
          (slot) => slot.key,
          (slot) => slotRow(ctx, slot, wanted.has(slot.key)),
        )}`,
    )}
    ${household ? addPerson(ctx) : nothing}
  </section>`;
}

function addPerson(ctx: StaffContext): TemplateResult {
  const { t, view } = ctx;
  if (view.editing?.key !== NEW_PERSON) {
    return html`<button
      type="button"
      class="button button-tertiary"
      @click=${() => ctx.edit(NEW_PERSON)}
    >
      ${icon("plus")}<span>${t("form.add_person")}</span>
    </button>`;
  }
  return slotEditor(ctx, { key: NEW_PERSON, value: null, choices: [] }, t("form.add_person.label"));
}
