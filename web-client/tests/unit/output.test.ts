// Which loudspeaker the interpreter's voice comes from.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { canChooseOutput, Output } from "../../src/audio/output";
import { Player } from "../../src/audio/player";

afterEach(() => vi.unstubAllGlobals());

const done = (): Promise<void> => new Promise((next) => setTimeout(next));

class Node {
  readonly ends: unknown[] = [];
  readonly gain = { value: 1 };
  fftSize = 0;
  connect(end: unknown): void {
    this.ends.push(end);
  }
  disconnect(): void {
    this.ends.length = 0;
  }
}

/** A context that can't choose; see `Routed`. */
class Context {
  static made: Context[] = [];
  state = "running";
  destination = "standard";
  onstatechange: (() => void) | null = null;
  constructor() {
    Context.made.push(this);
  }
  createGain = (): Node => new Node();
  createAnalyser = (): Node => new Node();
  createMediaStreamDestination = () => ({ stream: "stream" });
  resume = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
  currentTime = 0;
  createBuffer = () => ({ duration: 0.02, copyToChannel: () => {} });
  createBufferSource = () => ({ connect: () => {}, start: () => {}, stop: () => {} });
}

class Routed extends Context {
  sinks: string[] = [];
  refuse = false;
  /** It is not let out afterwards either, but for the browser's own choice. */
  stays = false;
  async setSinkId(id: string): Promise<void> {
    this.sinks.push(id);
    this.state = "suspended";
    this.onstatechange?.();
    await done();
    if (!this.stays || id === "") this.state = "running";
    this.onstatechange?.();
    if (this.refuse && id !== "") throw new Error("gone");
  }
}

class Element {
  static made: Element[] = [];
  /** Playing begins after this. */
  static ready: Promise<void> = Promise.resolve();
  srcObject: unknown = null;
  sink = "";
  playing = false;
  constructor() {
    Element.made.push(this);
  }
  setSinkId(id: string): Promise<void> {
    this.sink = id;
    return Promise.resolve();
  }
  async play(): Promise<void> {
    await Element.ready;
    this.playing = true;
  }
  pause(): void {
    this.playing = false;
  }
}

describe("a page", () => {
  test("may choose where a context or an element can", () => {
    expect(canChooseOutput()).toBe(false);
    vi.stubGlobal("AudioContext", Routed);
    expect(canChooseOutput()).toBe(true);
    vi.stubGlobal("AudioContext", Context);
    expect(canChooseOutput()).toBe(false);
    vi.stubGlobal("HTMLMediaElement", Element);
    expect(canChooseOutput()).toBe(true);
  });
});

describe("the way out", () => {
  let from: Node;
  let out: Output;

  beforeEach(() => {
    vi.stubGlobal("Audio", Element);
    Element.made = [];
    Element.ready = Promise.resolve();
    from = new Node();
    out = new Output(new Context() as never, from as never);
  });

  /** Asks for a loudspeaker, and stops before its element plays. */
  async function begun(id: string): Promise<() => Promise<void>> {
    let go = (): void => {};
    Element.ready = new Promise((next) => (go = next));
    const end = out.use(id);
    await done();
    Element.ready = Promise.resolve();
    return () => {
      go();
      return end;
    };
  }

  test("is an element's where a context has only one, and goes back", async () => {
    expect(from.ends).toEqual(["standard"]);
    await out.use("screen");
    await out.use("ears");
    expect(Element.made).toMatchObject([
      { sink: "screen", playing: false },
      { sink: "ears", playing: true, srcObject: "stream" },
    ]);
    expect(from.ends).toEqual([{ stream: "stream" }]);
    await out.use(null);
    expect([from.ends, Element.made[1]?.playing]).toEqual([["standard"], false]);
  });

  test("is the browser's own if that was chosen while an element began", async () => {
    const end = await begun("ears");
    await out.use(null);
    await end();
    expect([from.ends, Element.made.map(({ playing }) => playing)]).toEqual([["standard"], [false]]);
  });

  test("is the newest loudspeaker's, whichever is ready last", async () => {
    const end = await begun("screen");
    await out.use("ears");
    await end();
    expect(Element.made).toMatchObject([{ sink: "screen", playing: false }, { sink: "ears", playing: true }]);
  });
});

describe("the player", () => {
  const PIECE = { utterance: 1, piece: 0, last: true, sample_rate: 16_000 };

  function player(): { player: Player; blocked: boolean[]; refused: () => number; context: () => Routed } {
    Context.made = [];
    vi.stubGlobal("AudioContext", Routed);
    vi.stubGlobal("window", globalThis);
    const blocked: boolean[] = [];
    let refused = 0;
    const made = new Player((state) => blocked.push(state.blocked));
    made.onOutputRefused = () => (refused += 1);
    return { player: made, blocked, refused: () => refused, context: () => Context.made[0] as Routed };
  }

  test("asks for the loudspeaker with its first sound, and at once later", async () => {
    const { player: one, context } = player();
    one.useOutput("screen");
    expect(Context.made).toEqual([]);
    await one.unlock();
    await done();
    expect(context().sinks).toEqual(["screen"]);
    one.useOutput("ears");
    one.useOutput("ears");
    one.useOutput(null);
    await done();
    expect(context().sinks).toEqual(["screen", "ears", ""]);
  });

  test("does not ask for it only to see whether sound is let out", async () => {
    const { player: one, context } = player();
    one.useOutput("screen");
    one.lookWhetherLetOut();
    await done();
    // Some browsers would refuse it outside of a press.
    expect(context().sinks).toEqual([]);
    await one.unlock();
    await done();
    expect(Context.made.map((made) => (made as Routed).sinks)).toEqual([[], ["screen"]]);
  });

  test("says that it is heard once it is, whatever was seen before", async () => {
    const { player: one } = player();
    one.state = { ...one.state, blocked: true };
    one.play(PIECE, new ArrayBuffer(640));
    expect(one.state).toMatchObject({ speaking: 1, blocked: false });
    one.stop();
  });

  test("is not stopped by the change itself", async () => {
    const { player: one, blocked } = player();
    await one.unlock();
    one.useOutput("screen");
    await done();
    await done();
    expect(blocked).toEqual([]);
  });

  test("keeps what comes during the change", async () => {
    const { player: one, blocked } = player();
    await one.unlock();
    one.useOutput("screen");
    one.play(PIECE, new ArrayBuffer(640));
    await done();
    await done();
    expect([one.state.speaking, blocked.includes(true)]).toEqual([1, false]);
    one.stop();
  });

  test("keeps it also if the loudspeaker is refused", async () => {
    const { player: one, blocked, refused, context } = player();
    await one.unlock();
    Object.assign(context(), { refuse: true, stays: true });
    one.useOutput("screen");
    one.play(PIECE, new ArrayBuffer(640));
    for (let i = 0; i < 3; i += 1) await done();
    expect([refused(), one.state.speaking, blocked.includes(true)]).toEqual([1, 1, false]);
    one.stop();
  });

  test("does not wait with it for a context that lets nothing out", async () => {
    const { player: one, context } = player();
    await one.unlock();
    Object.assign(context(), { state: "suspended", stays: true });
    one.useOutput("screen");
    one.play(PIECE, new ArrayBuffer(640));
    await done();
    await done();
    expect(one.state).toMatchObject({ speaking: null, blocked: true });
  });

  test("goes back to the browser's own choice when it is refused, and says so", async () => {
    const { player: one, refused, context } = player();
    await one.unlock();
    context().refuse = true;
    one.useOutput("screen");
    await done();
    await done();
    expect([refused(), context().sinks]).toEqual([1, ["screen", ""]]);
  });
});
