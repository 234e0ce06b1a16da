// The cases that wait for a second person.

import { html, nothing, type TemplateResult } from "lit-html";
import { day, isMessageKey } from "../i18n/i18n";
import type { QueueLine } from "../protocol/types";
import { caseNumber } from "../ui/case-number";
import type { SupervisorContext } from "./context";
import { outboxSection } from "./outbox";

/** `3 t 12 min` in the screen's words. */
function age(ctx: SupervisorContext, seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? ctx.t("review.age.minutes", { n: minutes })
    : ctx.t("review.age.hours", { h: Math.floor(minutes / 60), n: minutes % 60 });
}

/** What kind of move it is, when, and whether the law's deadline presses. */
function move({ t, ui }: SupervisorContext, line: QueueLine): TemplateResult {
  const kind = `review.move_type.${line.move_type}`;
  return html`${isMessageKey(kind) ? t(kind) : line.move_type}
    <p class="review__fields">
      ${line.move_date === null ? t("review.move.no_date") : day(ui, line.move_date)}
    </p>
    ${line.deadline === "open" || line.report_by === null
      ? nothing
      : html`<span class="badge ${line.deadline === "passed" ? "badge-error" : "badge-warning"}"
          >${t(`review.deadline.${line.deadline}`, { day: day(ui, line.report_by) })}</span
        >`}`;
}

/** A mark with a number; none of nothing. */
function mark(ctx: SupervisorContext, key: "review.returned_times" | "review.warnings", n: number): unknown {
  return n === 0 ? nothing : html`<span class="badge badge-warning">${ctx.t(key, { n })}</span>`;
}

/** Before the server has said what there is: nothing must look as if there were nothing. */
export function waitingScreen(ctx: SupervisorContext): TemplateResult {
  const { t, view } = ctx;
  return html`<main id="main" class="review" tabindex="-1">
    <h1>${t("review.title")}</h1>
    ${view.trouble === null
      ? html`<p role="status">${t("link.connecting")}</p>`
      : html`<button
          type="button"
          class="button button-secondary"
          aria-disabled=${view.busy}
          @click=${() => ctx.begin()}
        >
          ${t("app.try_again")}
        </button>`}
  </main>`;
}

/** The queue. */
export function queueScreen(ctx: SupervisorContext): TemplateResult {
  const { t, view } = ctx;
  return html`<main id="main" class="review" tabindex="-1">
    <h1>${t("review.title")}</h1>
    <button
      type="button"
      class="button button-secondary"
      aria-disabled=${view.busy}
      @click=${() => ctx.refresh()}
    >
      ${t("review.refresh")}
    </button>
    ${view.noCases
      ? html`<p>${t("outbox.admin")}</p>`
      : view.queue.length === 0
      ? html`<p role="status">${t("review.empty")}</p>`
      : html`<div class="review__across"><table class="table">
          <thead>
            <tr>
              <th scope="col">${t("review.case")}</th>
              <th scope="col">${t("review.state")}</th>
              <th scope="col">${t("review.move")}</th>
              <th scope="col">${t("review.age")}</th>
              <th scope="col">${t("review.complete")}</th>
              <th scope="col">${t("review.sent_by")}</th>
            </tr>
          </thead>
          <tbody>
            ${view.queue.map((line) => row(ctx, line))}
          </tbody>
        </table></div>`}
    ${outboxSection(ctx)}
  </main>`;
}

function row(ctx: SupervisorContext, line: QueueLine): TemplateResult {
  const { t, view } = ctx;
  return html`<tr>
    <td>
      <button
        type="button"
        class="button button-tertiary"
        aria-disabled=${view.busy}
        @click=${() => ctx.look(line.case)}
      >
        ${caseNumber(line.case)}
      </button>
    </td>
    <td>${t(`stage.state.${line.state}`)} ${mark(ctx, "review.returned_times", line.returned)}</td>
    <td>${move(ctx, line)}</td>
    <td>${age(ctx, line.age_s)}</td>
    <td>
      ${t("form.section.count", { done: line.settled, all: line.total })}
      ${mark(ctx, "review.warnings", line.warnings)}
    </td>
    <td>${line.sent_by ?? nothing}</td>
  </tr>`;
}
