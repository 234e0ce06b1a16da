// Where a quote stands in a text.

/** A text in three parts; the middle one is the quote. */
export interface Quoted {
  before: string;
  quote: string;
  after: string;
}

/**
 * Splits a text at `start` and `end` (exclusive), both counted in Unicode scalar values as the
 * server counts; JavaScript counts UTF-16 units. Null if the range is not in the text.
 */
export function splitQuote(text: string, start: number, end: number): Quoted | null {
  const scalars = Array.from(text);
  if (start < 0 || end <= start || end > scalars.length) return null;
  return {
    before: scalars.slice(0, start).join(""),
    quote: scalars.slice(start, end).join(""),
    after: scalars.slice(end).join(""),
  };
}
