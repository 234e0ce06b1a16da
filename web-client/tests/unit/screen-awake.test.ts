import { describe, expect, test } from "vitest";
import { ScreenAwake, type WakeLocks } from "../../src/ui/screen-awake";

class Lock {
  released = false;
  release(): Promise<undefined> {
    this.released = true;
    return Promise.resolve(undefined);
  }
}

/** A browser that answers when it is told to. */
class Browser implements WakeLocks {
  readonly locks: Lock[] = [];
  readonly answers: ((lock: Lock | null) => void)[] = [];

  request(): Promise<Lock> {
    return new Promise((given, refused) =>
      this.answers.push((lock) => (lock === null ? refused(new Error("battery")) : given(lock))),
    );
  }
  async answer(): Promise<void> {
    const lock = new Lock();
    this.locks.push(lock);
    this.answers.shift()?.(lock);
    await settled();
  }
  get open(): number {
    return this.locks.filter((lock) => !lock.released).length;
  }
}

function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

describe("the lock that keeps the screen on", () => {
  test("is one, however often it is wanted before the browser answers", async () => {
    const browser = new Browser();
    const awake = new ScreenAwake(browser);
    for (let n = 0; n < 5; n += 1) awake.want(true);
    expect(browser.answers).toHaveLength(1);
    await browser.answer();
    awake.want(true);
    expect([browser.answers.length, browser.open]).toEqual([0, 1]);
    awake.want(false);
    expect(browser.open).toBe(0);
  });

  test("is let go when it arrives too late", async () => {
    const browser = new Browser();
    const awake = new ScreenAwake(browser);
    awake.want(true);
    awake.want(false);
    await browser.answer();
    expect(browser.open).toBe(0);
    // Wanted again meanwhile: the one that arrives is kept.
    awake.want(true);
    awake.want(false);
    awake.want(true);
    await browser.answer();
    expect([browser.answers.length, browser.open]).toEqual([0, 1]);
  });

  test("is asked for again when the browser took it back or refused", async () => {
    const browser = new Browser();
    const awake = new ScreenAwake(browser);
    awake.want(true);
    browser.answers.shift()?.(null);
    await settled();
    awake.want(true);
    await browser.answer();
    const [lock] = browser.locks;
    if (lock !== undefined) lock.released = true;
    awake.want(true);
    await browser.answer();
    expect(browser.open).toBe(1);
    new ScreenAwake(undefined).want(true);
  });
});
