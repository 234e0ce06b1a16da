// Which of the tablet's screens is shown: pure rules.

import { accepted, type Conversation } from "../protocol/fold";
import type { TabletView } from "./context";

/** The tablet's screens. */
export type ScreenName = "pair" | "connecting" | "notice" | "human" | "sign" | "talk" | "end";

/** The screen for where the conversation and the case stand. */
export function screenName(
  conversation: Conversation,
  view: Pick<TabletView, "screen" | "waitingForHuman">,
): ScreenName {
  const { role, ended, cancelled, stage } = conversation;
  if (view.screen === "pair") return "pair";
  // What was read out is confirmed and signed here also after people have talked.
  const signing = stage?.state === "read_back";
  if (cancelled || (ended && !signing)) return "end";
  if (role === null) return "connecting";
  const informed =
    accepted(conversation, "citizen", "ai_disclosure") &&
    accepted(conversation, "citizen", "processing");
  // Whoever wants no machine to interpret hears the form read and signs it all the same; and a human
  // interpreter may come for the reading: it cannot wait behind another screen.
  const answered = informed || conversation.answers.citizen.processing === false;
  if (answered && signing) return "sign";
  if (view.waitingForHuman) return "human";
  return informed ? "talk" : "notice";
}
