// Pictograms, drawn on a 24 × 24 grid. Always beside a text or inside a labelled button.

import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";

const SHAPES = {
  mic: svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3M8 21h8" />`,
  stop: svg`<rect x="6" y="6" width="12" height="12" rx="2"/>`,
  speaker: svg`<path d="M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`,
  muted: svg`<path d="M4 9v6h4l5 4V5L8 9zM17 9l5 6M22 9l-5 6"/>`,
  repeat: svg`<path d="M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5"/>`,
  keyboard: svg`<rect x="2" y="6" width="20" height="12" rx="2"/><path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10"/>`,
  check: svg`<path d="M4 12.5l5 5L20 6.5"/>`,
  edit: svg`<path d="M4 20l1-5L16 4l4 4L9 19z"/>`,
  warning: svg`<path d="M12 3L2 20h20zM12 10v4M12 17h.01"/>`,
  eye: svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>`,
  hidden: svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM4 20L20 4"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21a8 8 0 0 1 16 0"/>`,
  tablet: svg`<rect x="5" y="2" width="14" height="20" rx="2"/><path d="M11 18h2"/>`,
  quote: svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`,
  close: svg`<path d="M5 5l14 14M19 5L5 19"/>`,
  down: svg`<path d="M12 4v15M6 13l6 6 6-6"/>`,
  form: svg`<path d="M6 2h9l4 4v16H6zM9 10h7M9 14h7M9 18h4"/>`,
  question: svg`<circle cx="12" cy="12" r="10"/><path d="M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17h.01"/>`,
  info: svg`<circle cx="12" cy="12" r="10"/><path d="M12 11v6M12 7h.01"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  sliders: svg`<path d="M3 7h9M18 7h3M3 17h3M12 17h9"/><circle cx="15" cy="7" r="3"/><circle cx="9" cy="17" r="3"/>`,
  link: svg`<circle cx="12" cy="12" r="5"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** A pictogram's name. */
export type IconName = keyof typeof SHAPES;

/** A pictogram in the colour of the text around it; hidden from screen readers. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${SHAPES[name]}
  </svg>`;
}
