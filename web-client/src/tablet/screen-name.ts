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
  // A human interpreter may come for the reading, too: it cannot wait behind another screen.
  if (informed && signing) return "sign";
  if (view.waitingForHuman) return "human";
  return informed ? "talk" : "notice";
}
