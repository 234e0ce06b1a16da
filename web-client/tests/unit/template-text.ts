// What a screen says, without a browser.

/** All text of a template, in order: enough to see what a screen says. */
export function textOf(part: unknown): string {
  if (typeof part === "string" || typeof part === "number") return String(part);
  if (Array.isArray(part)) return part.map(textOf).join("");
  if (typeof part !== "object" || part === null || !("strings" in part)) return "";
  const { strings, values } = part as unknown as { strings: string[]; values: unknown[] };
  return strings.map((text, at) => text + textOf(values[at])).join("");
}
