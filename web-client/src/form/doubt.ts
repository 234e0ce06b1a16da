// Why a value that was heard has to be asked about or confirmed, as far as what was said shows it.

import type { Line } from "../protocol/fold";
import type { SlotView } from "../protocol/types";

/** Below this the recogniser is unsure of its words. */
export const UNSURE_BELOW = 0.55;

/** One reason. */
export type Doubt =
  /** Words of the sentence are missing, which may have taken it back. */
  | "interrupted"
  /** The recogniser is unsure of the sentence. */
  | "unclear"
  /** It chose the very words among several. */
  | "chosen"
  /** A number, day, name or person may be translated wrongly. */
  | "translation"
  /** Only the employee said it. */
  | "staff_only"
  /** It stands on one sentence. */
  | "once";

/** The reasons, the weightiest first; none of what a person decided, or what follows by rule. */
export function doubts(
  { status, evidence }: Pick<SlotView, "status" | "evidence">,
  lines: readonly Line[],
): Doubt[] {
  if (status !== "proposed" && status !== "needs_confirmation" && status !== "conflict") return [];
  const said = evidence.flatMap((one) => {
    const line = lines.find(({ id }) => id === one.utterance);
    return line === undefined ? [] : [{ one, line }];
  });
  const reasons: [Doubt, boolean][] = [
    ["interrupted", said.some(({ line }) => line.interrupted === true)],
    ["unclear", said.some(({ line }) => line.confidence < UNSURE_BELOW)],
    [
      "chosen",
      said.some(({ one, line }) =>
        (line.reconsidered ?? []).some(
          ({ start, end }) => one.lang === line.lang && start < one.end && one.start < end,
        ),
      ),
    ],
    [
      "translation",
      said.some(({ line }) => line.translation?.warnings.includes("value_mismatch") === true),
    ],
    ["staff_only", evidence.length > 0 && evidence.every(({ speaker }) => speaker === "staff")],
    [
      "once",
      status === "needs_confirmation" && new Set(evidence.map((one) => one.utterance)).size === 1,
    ],
  ];
  return reasons.filter(([, holds]) => holds).map(([doubt]) => doubt);
}
