// A case of the mock server as a second person judges it.

import type { ReviewView } from "../../src/protocol/types";
import { SAMPLE, type MockCase } from "./mock-case";

/** The case, filled from the sample and signed. */
export function reviewOf(of: MockCase): ReviewView {
  of.fillFromSample(2);
  const digest = "3f".repeat(32);
  return {
    case: of.id,
    stage: {
      state: "in_review",
      digest,
      missing: [],
      unconfirmed: [],
      blocked_by: [],
      read_back: [],
      unread: [],
      read_back_confirmed: true,
      read_back_doubted: false,
      signature: {
        method: "tablet",
        signer: "Oksana Kovalenko",
        at: "2026-11-24T09:20:00Z",
        digest,
        void: false,
      },
      returned_because: "",
      comments: [],
    },
    form: of.form,
    evidence: [
      {
        utterance: 2,
        speaker: "citizen",
        lang: "uk",
        text: SAMPLE.citizen.uk,
        translation: SAMPLE.citizen.da,
        confidence: 0.93,
        warnings: [],
        verified: false,
      },
    ],
    history: [],
    changed_since_return: [],
    log_intact: true,
    may_approve: true,
  };
}
