import { describe, expect, test } from "vitest";
import { citizenNeeded, emptyConversation, type Conversation } from "../../src/protocol/fold";
import type { CaseStage, StageView } from "../../src/protocol/types";
import { screenName } from "../../src/tablet/screen-name";

const HERE = { screen: "conversation", wentOnAt: 0 } as const;

function at(state: CaseStage): StageView {
  return {
    state,
    digest: "",
    missing: [],
    unconfirmed: [],
    blocked_by: [],
    read_back: [],
    unread: [],
    read_back_confirmed: false,
    read_back_doubted: false,
    signature: null,
    returned_because: "",
    comments: [],
  };
}

function conversation(change: Partial<Conversation>): Conversation {
  return {
    ...emptyConversation(),
    role: "citizen",
    answers: { staff: {}, citizen: { ai_disclosure: true, processing: true } },
    stage: at("open"),
    ...change,
  };
}

describe("the tablet's screen", () => {
  test("follows the conversation", () => {
    expect(screenName(conversation({}), { ...HERE, screen: "pair" })).toBe("pair");
    expect(screenName(conversation({ role: null }), HERE)).toBe("connecting");
    const unread = { staff: {}, citizen: {} };
    expect(screenName(conversation({ answers: unread }), HERE)).toBe("notice");
    expect(screenName(conversation({}), HERE)).toBe("talk");
    const asked = conversation({ interpreterAskedAt: 7 });
    expect(screenName(asked, HERE)).toBe("human");
    expect(screenName(asked, { ...HERE, wentOnAt: 9 })).toBe("talk");
    // Asked for anew.
    expect(screenName({ ...asked, interpreterAskedAt: 11 }, { ...HERE, wentOnAt: 9 })).toBe("human");
    const declined = { staff: {}, citizen: { processing: false } };
    expect(screenName({ ...asked, answers: declined }, HERE)).toBe("human");
    expect(screenName({ ...asked, answers: declined }, { ...HERE, wentOnAt: 9 })).toBe("notice");
    expect(screenName(conversation({ cancelled: true }), HERE)).toBe("end");
  });

  test("is the one to sign on whenever the form was read out, also after the end", () => {
    const stage = at("read_back");
    for (const ended of [false, true]) {
      expect(screenName(conversation({ stage, ended }), HERE)).toBe("sign");
      const waiting = { interpreterAskedAt: 7 };
      expect(screenName(conversation({ stage, ended, ...waiting }), HERE)).toBe("sign");
      // Staff filled the form in by hand, and it is read out all the same.
      const declined = { staff: {}, citizen: { processing: false } };
      for (const asked of [{}, waiting]) {
        expect(screenName(conversation({ stage, ended, answers: declined, ...asked }), HERE)).toBe("sign");
      }
      // Nobody signs what was never explained to them.
      const answers = { staff: {}, citizen: {} };
      expect(screenName(conversation({ stage, ended, answers }), HERE)).toBe("notice");
    }
    expect(screenName(conversation({ ended: true }), HERE)).toBe("end");
    expect(screenName(conversation({ ended: true, stage: at("signed") }), HERE)).toBe("end");
    expect(screenName(conversation({ stage, cancelled: true }), HERE)).toBe("end");
  });
});

test("nothing stays on a tablet that only a person can connect again", () => {
  const screens = [conversation({}), conversation({ stage: at("read_back") }), conversation({ ended: true })];
  for (const one of screens) {
    for (const code of ["bad_ticket", "idle_timeout", "replaced", "not_allowed", "bad_message"] as const) {
      expect(screenName(one, HERE, { kind: "stopped", code })).toBe("elsewhere");
    }
    // A break that mends by itself takes nothing away from whoever is reading.
    const here = screenName(one, HERE);
    expect(screenName(one, HERE, { kind: "waiting", code: null })).toBe(here);
    expect(screenName(one, HERE, { kind: "connecting", attempt: 1 })).toBe(here);
  }
});

test("the citizen is needed until the form is signed", () => {
  const needed = (ended: boolean, state: CaseStage): boolean =>
    citizenNeeded(conversation({ ended, stage: at(state) }));
  const after: CaseStage[] = ["signed", "in_review", "approved", "submitted", "cancelled"];
  for (const state of ["open", "read_back", "returned"] as const) {
    expect([state, needed(true, state)]).toEqual([state, true]);
  }
  for (const state of after) expect([state, needed(true, state)]).toEqual([state, false]);
  expect(needed(false, "signed")).toBe(true);
  expect(citizenNeeded(conversation({ ended: true, stage: null }))).toBe(false);
  expect(citizenNeeded(conversation({ cancelled: true }))).toBe(false);
});
