// The QR code that the server draws, rebuilt from the few shapes that a QR code needs.

import { html, nothing, type TemplateResult } from "lit-html";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = new Set(["svg", "g", "rect", "path", "polygon"]);
const ATTRIBUTES = new Set([
  "viewbox",
  "width",
  "height",
  "x",
  "y",
  "d",
  "points",
  "fill",
  "stroke",
  "stroke-width",
  "transform",
  "shape-rendering",
]);

let last: { text: string; element: SVGElement | null } | null = null;

/** A QR code as a picture with an alternative text; nothing if the text is no SVG. */
export function qrCode(text: string, alternative: string): TemplateResult | typeof nothing {
  if (last?.text !== text) last = { text, element: rebuild(text) };
  const { element } = last;
  if (element === null) return nothing;
  return html`<div class="qr" role="img" aria-label=${alternative}>${element}</div>`;
}

function rebuild(text: string): SVGElement | null {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const copied = parsed.localName === "svg" ? copy(parsed) : null;
  const width = parsed.getAttribute("width");
  const height = parsed.getAttribute("height");
  if (copied !== null && !copied.hasAttribute("viewBox") && width !== null && height !== null) {
    copied.setAttribute("viewBox", `0 0 ${parseFloat(width)} ${parseFloat(height)}`);
  }
  copied?.setAttribute("aria-hidden", "true");
  return copied;
}

function copy(from: Element): SVGElement | null {
  if (!SHAPES.has(from.localName)) return null;
  const to = document.createElementNS(SVG, from.localName) as SVGElement;
  for (const { name, value } of Array.from(from.attributes)) {
    if (ATTRIBUTES.has(name.toLowerCase())) to.setAttribute(name, value);
  }
  for (const child of Array.from(from.children)) {
    const copied = copy(child);
    if (copied !== null) to.append(copied);
  }
  return to;
}
