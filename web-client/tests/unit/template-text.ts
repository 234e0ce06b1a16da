// What a screen says, and what its buttons do, without a browser.

/** All text of a template, in order: enough to see what a screen says. */
export function textOf(part: unknown): string {
  if (typeof part === "string" || typeof part === "number") return String(part);
  if (Array.isArray(part)) return part.map(textOf).join("");
  if (isRepeat(part)) return repeated(part).map(textOf).join("");
  if (typeof part !== "object" || part === null || !("strings" in part)) return "";
  const { strings, values } = part as unknown as { strings: string[]; values: unknown[] };
  return strings.map((text, at) => text + textOf(values[at])).join("");
}

/** What a press of the button with this text does. */
export function press(part: unknown, label: string): (event?: Partial<MouseEvent>) => void {
  const [handler] = handlers(part, label);
  if (handler === undefined) throw new Error(`nothing is called ${label}`);
  return (event = {}) => handler(event);
}

function handlers(part: unknown, label: string): ((event: unknown) => void)[] {
  if (Array.isArray(part)) return part.flatMap((one) => handlers(one, label));
  if (isRepeat(part)) return repeated(part).flatMap((one) => handlers(one, label));
  if (typeof part !== "object" || part === null || !("strings" in part)) return [];
  const { strings, values } = part as unknown as { strings: string[]; values: unknown[] };
  return values.flatMap((value, at) => {
    if (typeof value !== "function" || strings[at]?.endsWith("@click=") !== true) {
      return handlers(value, label);
    }
    const after = strings.slice(at + 1).map((text, n) => text + textOf(values[at + 1 + n]));
    const [inside = ""] = after.join("").split("</button>");
    return inside.includes(label) ? [value as (event: unknown) => void] : [];
  });
}

/** What lit's `repeat` returns: it draws nothing before it is rendered. */
interface Repeat {
  values: [items: unknown[], key: unknown, template: (item: unknown, index: number) => unknown];
}

function isRepeat(part: unknown): part is Repeat {
  if (typeof part !== "object" || part === null || !("_$litDirective$" in part)) return false;
  const { values } = part as unknown as Repeat;
  return Array.isArray(values[0]) && typeof values[2] === "function";
}

function repeated({ values: [items, , template] }: Repeat): unknown[] {
  return items.map(template);
}
