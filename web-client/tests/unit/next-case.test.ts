// What a page keeps of one case must not reach into the next.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlayerState } from "../../src/audio/player";
import type { Link } from "../../src/protocol/connection";
import { emptyConversation, fold, type Conversation } from "../../src/protocol/fold";
import type { ServerMessage } from "../../src/protocol/types";
import { Announcer } from "../../src/ui/announcer";
import { StickyScroll } from "../../src/ui/sticky-scroll";

const OPEN: Link = { kind: "open" };
const MUTED: PlayerState = { speaking: null, waiting: [], blocked: false, muted: true, volume: 1 };

/** As much of an element as the live region needs. */
class FakeElement {
  textContent = "";
  children: FakeElement[] = [];
  setAttribute(): void {}
  append(child: FakeElement): void {
    this.children.push(child);
  }
  replaceChildren(): void {
    this.children = [];
  }
  get childElementCount(): number {
    return this.children.length;
  }
  get texts(): string[] {
    return this.children.map((child) => child.textContent);
  }
}

beforeEach(() => {
  vi.stubGlobal("document", { createElement: () => new FakeElement() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function welcome(id: string): Conversation {
  return fold(emptyConversation(), {
    type: "welcome",
    protocol: "tolkebot.v1",
    case: id,
    role: "staff",
    lang: "da",
    seq: 0,
    resume_ticket: "t",
  });
}

function said(state: Conversation, text: string, id = 1): Conversation {
  const message: ServerMessage = {
    type: "event",
    seq: state.seq + 1,
    at: "2026-11-24T09:00:00Z",
    actor: "citizen",
    kind: "utterance_settled",
    id,
    speaker: "citizen",
    lang: "da",
    text,
    source: "speech",
    start_ms: 0,
    end_ms: 0,
    confidence: 1,
  };
  return fold(state, message);
}

describe("the next case", () => {
  test("is announced from its first words on, whatever was said in the last", () => {
    const page = new FakeElement();
    const announcer = new Announcer(page as unknown as HTMLElement, "citizen", "da");
    const region = page.children[0];
    const first = said(welcome("A"), "Goddag.");
    announcer.update(first, OPEN, MUTED);
    announcer.update(first, OPEN, MUTED);
    expect(region?.texts).toEqual(["Goddag."]);
    announcer.update(emptyConversation(), OPEN, MUTED);
    expect(region?.texts).toEqual([]);
    announcer.update(said(welcome("B"), "Hej."), OPEN, MUTED);
    expect(region?.texts).toEqual(["Hej."]);
  });

  test("says what was missed while the connection was broken, and not what a reload brings back", () => {
    const page = new FakeElement();
    const announcer = new Announcer(page as unknown as HTMLElement, "citizen", "da");
    const region = page.children[0];
    const back = (state: Conversation, seq: number): Conversation =>
      fold(state, { type: "welcome", protocol: "tolkebot.v1", case: "A", role: "staff", lang: "da", seq, resume_ticket: "t" });
    let now = back(emptyConversation(), 1);
    announcer.update(now, OPEN, MUTED);
    now = said(now, "Goddag.");
    announcer.update(now, OPEN, MUTED);
    expect(region?.texts).toEqual([]);
    now = back(now, 2);
    announcer.update(now, OPEN, MUTED);
    now = said(now, "Hej.", 2);
    announcer.update(now, OPEN, MUTED);
    expect(region?.texts).toEqual(["Hej."]);
  });

  test("finds nothing of a conversation that was left, lost or taken by another screen", () => {
    const gone: Link[] = [{ kind: "closed" }, { kind: "stopped", code: "bad_ticket" }, { kind: "stopped", code: "replaced" }];
    for (const link of gone) {
      const page = new FakeElement();
      const announcer = new Announcer(page as unknown as HTMLElement, "citizen", "da");
      const region = page.children[0];
      const first = said(welcome("A"), "Goddag.");
      announcer.update(first, OPEN, MUTED);
      // A break that mends by itself takes nothing away.
      announcer.update(first, { kind: "waiting", code: null }, MUTED);
      expect(region?.texts).toEqual(["Goddag."]);
      announcer.update(first, link, MUTED);
      expect(region?.texts).toEqual([]);
      // Taken back, it goes on with what is new.
      announcer.update(first, OPEN, MUTED);
      expect(region?.texts).toEqual([]);
    }
  });

  test("does not say what a voice says, and not what it would have said in the last case either", () => {
    vi.useFakeTimers();
    const heard = { ...MUTED, muted: false };
    const page = new FakeElement();
    const announcer = new Announcer(page as unknown as HTMLElement, "citizen", "da");
    const region = page.children[0];
    let now = said(welcome("A"), "Goddag.");
    announcer.update(now, OPEN, heard);
    announcer.update(now, OPEN, { ...heard, speaking: 1 });
    announcer.update(now, OPEN, heard);
    vi.advanceTimersByTime(60_000);
    expect(region?.texts).toEqual([]);
    // No voice came.
    now = said(now, "Hej.", 2);
    announcer.update(now, OPEN, heard);
    expect(region?.texts).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(region?.texts).toEqual(["Hej."]);
    announcer.update(said(now, "Farvel.", 3), OPEN, heard);
    announcer.update(emptyConversation(), OPEN, heard);
    vi.advanceTimersByTime(60_000);
    expect(region?.texts).toEqual([]);
    vi.useRealTimers();
  });

  test("is followed from its beginning on, wherever the person was in the last", () => {
    const scroll = new StickyScroll(() => undefined);
    const list = { scrollHeight: 1_000, scrollTop: 0, clientHeight: 100 };
    scroll.attach(list as unknown as Element);
    scroll.show("A");
    scroll.leave();
    scroll.show("A");
    scroll.afterRender();
    expect([scroll.away, list.scrollTop]).toEqual([true, 0]);
    scroll.show("B");
    scroll.afterRender();
    expect([scroll.away, list.scrollTop]).toEqual([false, 1_000]);
  });
});
