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

/** A stretch of a text, in Unicode scalar values; `end` is exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** A piece of a text: inside one of the stretches or between them. */
export interface Piece {
  text: string;
  marked: boolean;
}

/**
 * Cuts a text at the edges of stretches, which must be in order and apart; what does not fit the
 * text is left out.
 */
export function cutAt(text: string, stretches: readonly Stretch[]): Piece[] {
  const scalars = Array.from(text);
  const pieces: Piece[] = [];
  const add = (start: number, end: number, marked: boolean): void => {
    if (end > start) pieces.push({ text: scalars.slice(start, end).join(""), marked });
  };
  let done = 0;
  for (const { start, end } of stretches) {
    if (start < done || end <= start || end > scalars.length) continue;
    add(done, start, false);
    add(start, end, true);
    done = end;
  }
  add(done, scalars.length, false);
  return pieces;
}

/** Those parts of stretches that lie in `start` to `end`, counted from there. */
export function within(stretches: readonly Stretch[], start: number, end: number): Stretch[] {
  return stretches
    .map((stretch) => ({
      start: Math.max(stretch.start, start) - start,
      end: Math.min(stretch.end, end) - start,
    }))
    .filter((stretch) => stretch.end > stretch.start);
}
