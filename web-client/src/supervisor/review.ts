// One case, with everything that a second person judges it by.

import { html, nothing, type TemplateResult } from "lit-html";
import { decisionText } from "../form/decision";
import { DOTS, isCprKey, maskCpr, maskSlot } from "../form/mask";
import { byPerson, personName, slotLabel } from "../form/persons";
import { sensitiveUtterances } from "../form/sensitive";
import { formerText, standingAlone } from "../form/values";
import { dayAndClock, isMessageKey } from "../i18n/i18n";
import { formUrl } from "../protocol/api";
import type { HistoryLine, ReviewView, SaidView, SignatureView, SlotView } from "../protocol/types";
import { caseNumber } from "../ui/case-number";
import { alertBox, STATUS_BADGES } from "../ui/parts";
import { revealButton } from "../ui/reveal";
import type { SupervisorContext } from "./context";
import { isWritten } from "./drafts";
import { changesNothing, isFirst, replaced } from "./former";

/** The case. */
export function reviewScreen(ctx: SupervisorContext, review: ReviewView): TemplateResult {
  const { t } = ctx;
  const pdf = `${formUrl(review.case, "pdf")}?evidence=true`;
  return html`<main id="main" class="review" tabindex="-1">
    <button
      type="button"
      class="button button-tertiary"
      aria-disabled=${ctx.view.busy}
      @click=${() => ctx.back()}
    >
      ${t("review.back")}
    </button>
    <h1>${t("review.case")} ${caseNumber(review.case)}</h1>
    <p role="status"><b>${t(`stage.state.${review.stage.state}`)}</b></p>
    ${review.log_intact ? nothing : alertBox("error", t("review.log_broken"))}
    ${review.stage.signature === null
      ? nothing
      : html`<p>${signed(ctx, review.stage.signature)}</p>`}
    <p>
      <a href=${pdf} target="_blank" rel="noopener"
        >${t("form.pdf")}<span class="sr-only"> (${t("form.opens_new")})</span></a
      >
    </p>
    ${differing(ctx, review)} ${changes(ctx, review)} ${issues(ctx, review)} ${sections(ctx, review)} ${history(ctx, review)}
    ${review.stage.state === "in_review" ? decision(ctx, review) : nothing}
  </main>`;
}

/** Whose signature it is, how and when it was given, or that it does not hold any more. */
function signed({ t, ui }: SupervisorContext, signature: SignatureView): string {
  if (signature.void) return t("stage.void");
  const time = dayAndClock(ui, signature.at);
  // Cases from before names were kept.
  return signature.signer === ""
    ? t("review.signed", { time })
    : t("review.signed_by", {
        time,
        name: signature.signer,
        how: t(`signing.method.${signature.method}`),
      });
}

function slotOf(review: ReviewView, key: string): SlotView | undefined {
  return review.form.sections.flatMap((section) => section.slots).find((one) => one.key === key);
}

function label(ctx: SupervisorContext, review: ReviewView, key: string): string {
  const slot = slotOf(review, key);
  return slot === undefined ? key : slotLabel(ctx.t, ctx.ui, review.form, slot);
}

/** A value before or after a change. What is sensitive stays covered: it stands in the table above. */
function shown(ctx: SupervisorContext, review: ReviewView, key: string, value: unknown): string {
  // A person who was taken out again has no slots any more.
  const slot = slotOf(review, key) ?? { key, value, choices: [], sensitive: isCprKey(key) };
  const text = formerText(ctx.t, ctx.ui, slot, value);
  return value === null ? text : maskSlot(slot, text);
}

/** A remark of whoever sent the case back. */
function remark({ t }: SupervisorContext, text: string): TemplateResult {
  return html`<p class="review__said">${t("review.asked", { text: maskCpr(text) })}</p>`;
}

/** What was asked for when the case was sent back last, and what became of it, field by field. */
function changes(ctx: SupervisorContext, review: ReviewView): unknown {
  const { t, ui } = ctx;
  const last = review.history.filter((line) => line.kind === "returned").at(-1);
  const changed = review.changed_since_return;
  if (last === undefined && changed.length === 0) return nothing;
  const asked = last?.comments ?? [];
  const untouched = asked.filter(({ key }) => !changed.some((one) => one.key === key));
  return html`<h2>${t("review.changed")}</h2>
    ${last === undefined
      ? nothing
      : html`<p>
          ${t("review.returned_because", { time: dayAndClock(ui, last.at), reason: maskCpr(last.reason) })}
        </p>`}
    ${untouched.length + changed.length === 0 ? nothing : html`<ul>
      ${untouched.map(
        ({ key, text }) =>
          html`<li>
            ${label(ctx, review, key)}: ${shown(ctx, review, key, slotOf(review, key)?.value ?? null)}
            <b>${t("review.unchanged")}</b> ${remark(ctx, text)}
          </li>`,
      )}
      ${changed.map(
        (one) =>
          html`<li>
            ${label(ctx, review, one.key)}: <del>${shown(ctx, review, one.key, one.before)}</del>
            <ins>${shown(ctx, review, one.key, one.after)}</ins>
            ${asked.filter(({ key }) => key === one.key).map(({ text }) => remark(ctx, text))}
          </li>`,
      )}
    </ul>`}`;
}

/** Slots that are judged: those that hold something, or should, or from which something was taken that was heard. */
function judged(review: ReviewView, slots: readonly SlotView[]): SlotView[] {
  return slots.filter(
    (slot) => slot.value !== null || slot.required || replaced(review, slot) !== null,
  );
}

/** Fields that can be remarked upon. */
export function judgedKeys(review: ReviewView): ReadonlySet<string> {
  const slots = review.form.sections.flatMap((section) => section.slots);
  return new Set(judged(review, slots).map(({ key }) => key));
}

function sections(ctx: SupervisorContext, review: ReviewView): unknown {
  const hidden = sensitiveSentences(review);
  return review.form.sections.map((section) => {
    const filled = judged(review, section.slots);
    return filled.length === 0
      ? nothing
      : html`<h2 lang="da">${section.title_da}</h2>
          <table class="table review__values">
            ${byPerson(filled).map(
              (group) =>
                html`<tbody>
                  ${group.row === null
                    ? nothing
                    : html`<tr>
                        <th class="review__person" colspan="3" scope="rowgroup">
                          ${personName(ctx.t, review.form, `${group.row}.`)}
                        </th>
                      </tr>`}
                  ${group.slots.map((slot) => row(ctx, review, slot, hidden))}
                </tbody>`,
            )}
          </table>`;
  });
}

/** Id of a field's row. */
function rowId(key: string): string {
  return `row-${key}`;
}

/** Where somebody decided otherwise than what was heard: that is looked at first. */
function differing(ctx: SupervisorContext, review: ReviewView): unknown {
  const keys = judged(review, review.form.sections.flatMap((section) => section.slots))
    .filter((slot) => replaced(review, slot) !== null)
    .map(({ key }) => key);
  return keys.length === 0
    ? nothing
    : html`<p>${ctx.t("review.differing")}</p>
        <ul>
          ${keys.map((key) => html`<li><a href=${`#${rowId(key)}`}>${label(ctx, review, key)}</a></li>`)}
        </ul>`;
}

/** What the form's rules find in the values; staff sees the same. */
function issues(ctx: SupervisorContext, review: ReviewView): unknown {
  const { t, ui } = ctx;
  const { issues: found } = review.form;
  if (found.length === 0) return nothing;
  return html`<h2>${t("form.issues", { n: found.length })}</h2>
    <ul class="issues no-max-width">
      ${found.map(
        (issue) =>
          html`<li class="issue issue--${issue.severity}">
            <span class="badge badge-${issue.severity}">${t(`form.severity.${issue.severity}`)}</span>
            <span lang=${ui === "uk" ? "uk" : "da"}
              >${ui === "uk" ? issue.text_uk : issue.text_da}</span
            >
            ${issue.keys.length === 0
              ? nothing
              : html`<span class="review__fields"
                  >${issue.keys.map((key) => label(ctx, review, key)).join(", ")}</span
                >`}
          </li>`,
      )}
    </ul>`;
}

/** Numbers of the sentences in which something sensitive was said; what hides it must hide them. */
function sensitiveSentences(review: ReviewView): ReadonlySet<number> {
  const slots = review.form.sections.flatMap((section) => section.slots);
  // What such a field held before was said, too.
  const keys = new Set(slots.filter((slot) => slot.sensitive).map((slot) => slot.key));
  const former = review.history
    .filter(({ key }) => keys.has(key) || isCprKey(key))
    .flatMap((line) => line.utterances);
  return new Set([...sensitiveUtterances(review.form), ...former]);
}

/** What was said, with its translation and how far that is to be trusted. */
function quote(
  { t }: SupervisorContext,
  one: SaidView,
  quoted: (one: SaidView, text: string) => string,
): TemplateResult {
  const translation = html`<br /><q lang=${one.lang === "da" ? "uk" : "da"}
      >${quoted(one, one.translation)}</q
    >
    ${one.verified
      ? html`<span class="badge badge-success">${t("talk.verified")}</span>`
      : html`<span>${t("review.confidence", { n: Math.round(100 * one.confidence) })}</span>`}`;
  return html`<p class="review__said">
    <q lang=${one.lang}>${quoted(one, one.text)}</q>
    ${one.translation === "" ? nothing : translation}
    ${one.warnings.map(
      (warning) => html`<span class="badge badge-warning">${t(`warning.${warning}`)}</span>`,
    )}
  </p>`;
}

function row(
  ctx: SupervisorContext,
  review: ReviewView,
  slot: SlotView,
  hidden: ReadonlySet<number>,
): TemplateResult {
  const { t, ui, view } = ctx;
  const said = review.evidence.filter((one) =>
    slot.evidence.some((evidence) => evidence.utterance === one.utterance),
  );
  const open = view.revealed.has(slot.key);
  const covers = (one: SaidView): boolean => slot.sensitive || hidden.has(one.utterance);
  const quoted = (one: SaidView, text: string): string =>
    open ? text : covers(one) ? DOTS : maskCpr(text);
  const former = replaced(review, slot);
  const before = review.evidence.filter(
    (one) => former?.utterances.includes(one.utterance) === true && !said.includes(one),
  );
  const coversAny =
    (slot.sensitive && (slot.value !== null || former !== null)) || [...said, ...before].some(covers);
  const name = slotLabel(t, ui, review.form, slot);
  const written = view.draft.comments.find((one) => one.key === slot.key)?.text ?? "";
  const display = standingAlone(slot.value, slot.display_da);
  return html`<tr id=${rowId(slot.key)}>
    <th scope="row" lang=${ui === "uk" ? "uk" : "da"}>
      ${ui === "uk" ? slot.label_uk : slot.label_da}
    </th>
    <td>
      <b>${slot.value === null ? "–" : open ? display : maskSlot(slot, display)}</b>
      ${coversAny
        ? revealButton(t, name, open, () => ctx.reveal(slot.key))
        : nothing}
      <span class="badge ${STATUS_BADGES[slot.status]}">${t(`slot.status.${slot.status}`)}</span>
      ${said.map((one) => quote(ctx, one, quoted))}
      ${former === null
        ? nothing
        : html`<p class="review__heard">
              <span class="badge badge-warning">${t("review.differs")}</span>
              ${t("review.heard", {
                value: open
                  ? formerText(t, ui, slot, former.value)
                  : shown(ctx, review, slot.key, former.value),
              })}
            </p>
            ${before.map((one) => quote(ctx, one, quoted))}`}
      ${slot.decided === undefined
        ? nothing
        : html`<p class="review__decided">${decisionText(t, ui, slot.decided)}</p>`}
    </td>
    <td>
      ${review.stage.state === "in_review"
        ? html`<input
            class="form-input"
            maxlength="2000"
            aria-label=${t("review.remark", { field: name })}
            placeholder=${t("review.remark.short")}
            .value=${written}
            @input=${(event: Event) =>
              ctx.remark(slot.key, (event.target as HTMLInputElement).value)}
          />`
        : nothing}
    </td>
  </tr>`;
}

/** What somebody did, in words. */
function did({ t }: SupervisorContext, line: HistoryLine): string {
  if (line.kind === "slot_corrected" && changesNothing(line)) return t("review.did_same");
  if (isFirst(line)) return t("review.did_first");
  const key = `review.did.${line.kind}`;
  return isMessageKey(key) ? t(key) : line.kind;
}

function history(ctx: SupervisorContext, review: ReviewView): TemplateResult {
  const { t, ui } = ctx;
  const hidden = sensitiveSentences(review);
  const quoted = (one: SaidView, text: string): string =>
    hidden.has(one.utterance) ? DOTS : maskCpr(text);
  return html`<details class="fold">
    <summary>${t("review.history", { n: review.history.length })}</summary>
    <ol class="no-max-width">
      ${review.history.map(
        (line) =>
          html`<li>
            ${dayAndClock(ui, line.at)} ${t(`review.actor.${line.actor}`)} ${line.by ?? nothing}
            ${did(ctx, line)}
            ${line.key === ""
              ? nothing
              : html`${label(ctx, review, line.key)}: ${changesNothing(line) || isFirst(line)
                  ? nothing
                  : html`${shown(ctx, review, line.key, line.before)} →`}
                ${shown(ctx, review, line.key, line.after)}`}
            ${line.kind === "returned" ? maskCpr(line.reason) : line.reason}
            ${line.comments.map(
              ({ key, text }) =>
                html`<p class="review__said">${label(ctx, review, key)}: ${maskCpr(text)}</p>`,
            )}
            ${review.evidence
              .filter((one) => line.utterances.includes(one.utterance))
              .map((one) => quote(ctx, one, quoted))}
          </li>`,
      )}
    </ol>
  </details>`;
}

function decision(ctx: SupervisorContext, review: ReviewView): TemplateResult {
  const { t, view } = ctx;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (view.draft.reason.trim() !== "") ctx.sendBack();
  };
  const written = isWritten(view.draft);
  return html`<section class="review__decision" aria-labelledby="decision-title">
    <h2 id="decision-title">${t("review.decision")}</h2>
    ${review.may_approve
      ? html`<button
          type="button"
          class="button button-primary"
          ?disabled=${written}
          aria-disabled=${view.busy}
          @click=${() => ctx.approve()}
        >
          ${t("review.approve")}
        </button>`
      : html`<p>${t("review.own")}</p>`}
    <p role="status">${review.may_approve && written ? t("review.unsent") : nothing}</p>
    <form @submit=${submit}>
      <label class="form-label" for="reason">${t("review.reason")}</label>
      <textarea
        class="form-input"
        id="reason"
        name="reason"
        maxlength="2000"
        required
        .value=${view.draft.reason}
        @input=${(event: Event) => ctx.explain((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <button type="submit" class="button button-secondary" aria-disabled=${view.busy}>
        ${t("review.return")}
      </button>
    </form>
  </section>`;
}
