// Signing on paper: for whoever cannot draw on the tablet, or does not want to.

import { html, type TemplateResult } from "lit-html";
import { formUrl } from "../protocol/api";
import type { CaseId } from "../protocol/types";
import { icon } from "../ui/icons";
import type { StaffContext } from "./context";

/** The document to print, and that the citizen's signature is on it. */
export function paperSigning(
  { t, state, client }: StaffContext,
  { caseId, digest }: { caseId: CaseId; digest: string },
): TemplateResult {
  // The browser asks for the tick itself.
  const signed = (event: Event): void => {
    event.preventDefault();
    client.step({ type: "signed_on_paper", digest });
  };
  return html`<details class="fold">
    <summary>${t("stage.paper.title")}</summary>
    <p>${t("stage.paper.text")}</p>
    <p>
      <a href=${`${formUrl(caseId, "pdf")}?on_paper=true`} target="_blank" rel="noopener"
        >${icon("form")}<span>${t("stage.paper.print")}</span
        ><span class="sr-only"> (${t("form.opens_new")})</span></a
      >
    </p>
    <form @submit=${signed}>
      <p>
        <label class="tick">
          <input type="checkbox" required />
          <span>${t("stage.paper.check")}</span>
        </label>
      </p>
      <button
        type="submit"
        class="button button-secondary"
        ?disabled=${state.link.kind !== "open"}
        aria-disabled=${state.stepping}
      >
        ${t("stage.paper.signed")}
      </button>
    </form>
  </details>`;
}
