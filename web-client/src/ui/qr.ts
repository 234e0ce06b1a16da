// The QR code that the server draws, rebuilt from the few shapes that a QR code needs. The text is
// read by hand and not given to a parser, so that nothing else in it can come to life.

import { html, nothing, svg, type TemplateResult } from "lit-html";

/** The shapes of a QR code. */
export interface Drawing {
  viewBox: string;
  shapes: (
    | { kind: "rect"; x: string; y: string; width: string; height: string; fill: string }
    | { kind: "path"; d: string; fill: string }
  )[];
}

/** Reads a QR code's SVG; null if there is nothing to draw in it. */
export function readQr(text: string): Drawing | null {
  let viewBox: string | null = null;
  const shapes: Drawing["shapes"] = [];
  for (const [, name, rest] of text.matchAll(/<(svg|rect|path)\b([^>]*)>/g)) {
    const attributes = new Map(
      Array.from((rest ?? "").matchAll(/([\w:-]+)\s*=\s*["']([^"']*)["']/g), (found) => [
        found[1] ?? "",
        found[2] ?? "",
      ]),
    );
    const value = (attribute: string, preset: string): string =>
      attributes.get(attribute) ?? preset;
    const fill = value("fill", "#000");
    if (name === "svg") {
      const size = `0 0 ${parseFloat(value("width", "0"))} ${parseFloat(value("height", "0"))}`;
      viewBox ??= value("viewBox", size);
    } else if (name === "rect") {
      const [x, y] = [value("x", "0"), value("y", "0")];
      shapes.push({ kind: "rect", x, y, width: value("width", "0"), height: value("height", "0"), fill });
    } else {
      shapes.push({ kind: "path", d: value("d", ""), fill });
    }
  }
  return viewBox === null || shapes.length === 0 ? null : { viewBox, shapes };
}

/** A QR code as a picture with an alternative text. */
export function qrCode(text: string, alternative: string): TemplateResult | typeof nothing {
  const drawing = readQr(text);
  if (drawing === null) return nothing;
  return html`<svg
    class="qr"
    viewBox=${drawing.viewBox}
    role="img"
    aria-label=${alternative}
    shape-rendering="crispEdges"
  >
    ${drawing.shapes.map((shape) =>
      shape.kind === "path"
        ? svg`<path d=${shape.d} fill=${shape.fill} />`
        : svg`<rect x=${shape.x} y=${shape.y} width=${shape.width} height=${shape.height}
            fill=${shape.fill} />`,
    )}
  </svg>`;
}
