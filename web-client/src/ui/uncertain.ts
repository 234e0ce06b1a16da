// Words that the recogniser chose because they are more usual than what it heard.

import { html, type TemplateResult } from "lit-html";
import { cutAt, type Stretch } from "../form/quote";

/** A text in which such words are underlined; `title` says what the line means. */
export function withUncertain(
  text: string,
  stretches: readonly Stretch[],
  title: string,
): string | TemplateResult[] {
  if (stretches.length === 0) return text;
  return cutAt(text, stretches).map(({ text: piece, marked }) =>
    marked
      ? html`<span class="uncertain" title=${title}>${piece}</span>`
      : html`${piece}`,
  );
}
