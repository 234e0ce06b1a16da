// Which sentences hold something that others in the room must not read.

import type { FormView, UtteranceId } from "../protocol/types";

/** Numbers of the sentences that a sensitive slot rests on, or one of its alternatives. */
export function sensitiveUtterances({ sections }: Pick<FormView, "sections">): Set<UtteranceId> {
  const evidence = sections
    .flatMap((section) => section.slots)
    .filter((slot) => slot.sensitive)
    .flatMap((slot) => [...slot.evidence, ...slot.alternatives.flatMap((other) => other.evidence)]);
  return new Set(evidence.map((one) => one.utterance));
}
