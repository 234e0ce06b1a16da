// A case's number, as it is told over the phone and found on every screen.

import { html, type TemplateResult } from "lit-html";

/** So much of a number is enough to tell cases apart. */
const SHORT = 8;
/** Numbers up to this length are told whole. */
const MAX_WHOLE = 16;

/** The part that people name a case by. */
export function shortCase(id: string): string {
  return id.length > MAX_WHOLE ? id.slice(0, SHORT) : id;
}

/** The whole number with that part in front of it made visible. */
export function caseNumber(id: string): TemplateResult {
  const short = shortCase(id);
  return html`<span><b>${short}</b><span class="case-rest">${id.slice(short.length)}</span></span>`;
}
