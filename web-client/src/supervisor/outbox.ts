// Approved cases that have not arrived where they are handed in.

import { html, nothing, type TemplateResult } from "lit-html";
import { clock, dayAndClock } from "../i18n/i18n";
import type { OutboxLine } from "../protocol/types";
import type { SupervisorContext } from "./context";

/** The list, below the queue. */
export function outboxSection(ctx: SupervisorContext): TemplateResult {
  const { t, view } = ctx;
  return html`<section aria-labelledby="outbox-title">
    <h2 id="outbox-title">${t("outbox.title")}</h2>
    ${view.outbox.length === 0
      ? html`<p role="status">${t("outbox.empty")}</p>`
      : html`<div class="review__across"><table class="table">
          <thead>
            <tr>
              <th scope="col">${t("review.case")}</th>
              <th scope="col">${t("outbox.since")}</th>
              <th scope="col">${t("review.state")}</th>
              <th scope="col">${t("outbox.failed")}</th>
              <th scope="col">${t("outbox.because")}</th>
            </tr>
          </thead>
          <tbody>
            ${view.outbox.map((line) => row(ctx, line))}
          </tbody>
        </table></div>`}
  </section>`;
}

function state({ t, ui }: SupervisorContext, line: OutboxLine): string {
  if (line.dead) return t("outbox.dead");
  return line.next_at === null
    ? t("outbox.waiting")
    : t("outbox.next", { time: clock(ui, line.next_at) });
}

function row(ctx: SupervisorContext, line: OutboxLine): TemplateResult {
  const { t, ui, view } = ctx;
  return html`<tr>
    <td>${line.case}</td>
    <td>${dayAndClock(ui, line.since)}</td>
    <td>
      ${state(ctx, line)}
      ${line.failed === 0
        ? nothing
        : html`<button
            type="button"
            class="button button-secondary"
            aria-label=${t("outbox.retry_of", { id: line.case })}
            aria-disabled=${view.busy}
            @click=${() => ctx.retry(line.case)}
          >
            ${t("outbox.retry")}
          </button>`}
    </td>
    <td>${line.failed}</td>
    <td>${why(ctx, line)}</td>
  </tr>`;
}

/** What went wrong last in the screen's words; what the machine says of it for whoever mends it. */
function why({ t }: SupervisorContext, line: OutboxLine): unknown {
  if (line.trouble === null) return nothing;
  return html`${t(`outbox.why.${line.trouble}`)}
    <details>
      <summary>${t("outbox.technical")}</summary>
      <span lang="en">${line.because}</span>
    </details>`;
}
