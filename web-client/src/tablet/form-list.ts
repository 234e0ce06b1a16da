// What was written in the form, to be read by the citizen.

import { html, nothing, type TemplateResult } from "lit-html";
import { byPerson, personName } from "../form/persons";
import { standingAlone } from "../form/values";
import type { SectionView, SlotStatus, SlotView } from "../protocol/types";
import type { TabletContext } from "./context";

/** Values that nobody reads aloud, because others could hear them: they are looked at before signing. */
export function unreadList(ctx: TabletContext, keys: readonly string[]): TemplateResult | typeof nothing {
  const sections = filledSections(ctx, (slot) => keys.includes(slot.key));
  if (sections.length === 0) return nothing;
  return html`<section class="unread" aria-labelledby="unread-title">
    <h2 id="unread-title">${ctx.t("sign.unread.title")}</h2>
    <p>${ctx.t("sign.unread.text")}</p>
    ${sections.map((section) => sectionList(ctx, section))}
  </section>`;
}

/** The form's filled slots in Ukrainian. This is the citizen's own screen: nothing is masked. */
export function formList(ctx: TabletContext): TemplateResult {
  const { t, view } = ctx;
  const sections = filledSections(ctx, () => true);
  return html`<section class="written" aria-labelledby="written-title">
    <div class="written__head">
      <h2 id="written-title">${t("tablet.form")}</h2>
      ${view.showForm
        ? html`<button
            type="button"
            class="button button-secondary written__close"
            @click=${() => ctx.set({ showForm: false })}
          >
            ${t("tablet.form.close")}
          </button>`
        : nothing}
    </div>
    <div class="written__body" tabindex="0" role="region" aria-labelledby="written-title">
      ${sections.length === 0
        ? html`<p>${t("tablet.form.none")}</p>`
        : html`<p class="written__hint">${t("tablet.form.hint")}</p>
            ${sections.map((section) => sectionList(ctx, section))}`}
    </div>
  </section>`;
}

function filledSections(ctx: TabletContext, wanted: (slot: SlotView) => boolean): SectionView[] {
  return (ctx.state.conversation.form?.sections ?? [])
    .map((section) => ({
      ...section,
      slots: section.slots.filter((slot) => isFilled(slot) && wanted(slot)),
    }))
    .filter((section) => section.slots.length > 0);
}

function isFilled(slot: SlotView): boolean {
  return slot.value !== null && slot.display_uk !== "";
}

function sectionList(ctx: TabletContext, section: SectionView): TemplateResult {
  return html`<h3 lang="uk">${section.title_uk}</h3>
    ${byPerson(section.slots).map(
      (group) =>
        html`${group.row === null
            ? nothing
            : html`<h4>${personName(ctx.t, ctx.state.conversation.form, `${group.row}.`)}</h4>`}
          <dl>
            ${group.slots.map((slot) => entry(ctx, slot))}
          </dl>`,
    )}`;
}

/** Nobody is asked about these any more, or ever: what the form makes of its own values needs nobody's word. */
const SETTLED: ReadonlySet<SlotStatus> = new Set(["confirmed", "corrected", "derived"]);

function entry(ctx: TabletContext, slot: SlotView): TemplateResult {
  const { t } = ctx;
  return html`<div class="written__entry">
    <dt lang="uk">${slot.label_uk}</dt>
    <dd>
      <span lang="uk">${standingAlone(slot.value, slot.display_uk)}</span>
      ${SETTLED.has(slot.status)
        ? nothing
        : html`<span class="written__unsure">${t("tablet.form.unconfirmed")}</span>`}
    </dd>
  </div>`;
}
