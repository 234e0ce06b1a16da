import { expect, test } from "vitest";
import { StickyScroll } from "../../src/ui/sticky-scroll";

function list(): { scrollHeight: number; scrollTop: number; clientHeight: number; clientWidth: number } {
  return { scrollHeight: 1_000, scrollTop: 0, clientHeight: 100, clientWidth: 300 };
}

test("a list that larger letters or another window have moved is still followed", () => {
  const changes = [{ scrollHeight: 1_600 }, { clientHeight: 60 }, { clientWidth: 200, scrollHeight: 1_400 }];
  for (const change of changes) {
    const scroll = new StickyScroll(() => undefined);
    const shown = list();
    scroll.attach(shown as unknown as Element);
    scroll.afterRender();
    Object.assign(shown, change, { scrollTop: 300 });
    scroll.onScroll();
    expect([scroll.away, shown.scrollTop]).toEqual([false, shown.scrollHeight]);
  }
});

test("a person who scrolls stays there, through every change of size, until they are back at the end", () => {
  const scroll = new StickyScroll(() => undefined);
  const shown = list();
  scroll.attach(shown as unknown as Element);
  scroll.afterRender();
  shown.scrollTop = 300;
  scroll.onScroll();
  expect(scroll.away).toBe(true);
  shown.scrollHeight = 1_600;
  scroll.onScroll();
  scroll.afterRender();
  expect([scroll.away, shown.scrollTop]).toEqual([true, 300]);
  shown.scrollTop = 1_500;
  scroll.onScroll();
  shown.scrollHeight = 1_700;
  scroll.afterRender();
  expect([scroll.away, shown.scrollTop]).toEqual([false, 1_700]);
});
