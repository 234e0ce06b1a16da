import { expect, test } from "vitest";
import type { TextStore } from "../../src/protocol/ticket-store";
import { KeptView } from "../../src/tablet/kept-view";

function store(): TextStore & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => void texts.set(name, text),
    removeItem: (name) => void texts.delete(name),
  };
}

test("a reload finds what was typed and how large the letters are, and nothing else", () => {
  const kept = store();
  const parts = { draft: "Я переїжджаю", typing: true, wentOnAt: 7, textSize: 3 };
  // A view holds more.
  new KeptView("v", kept).save({ ...parts, pairing: true } as typeof parts);
  expect(new KeptView("v", kept).load()).toEqual(parts);
  new KeptView("v", kept).clear();
  expect(kept.texts.size).toBe(0);
  expect(new KeptView("v", kept).load()).toBeNull();
});

test("what cannot be read counts as nothing", () => {
  const kept = store();
  for (const text of ["", "{", "7", "null", "{}", '{"draft":1,"typing":true,"wentOnAt":0,"textSize":1}']) {
    kept.setItem("v", text);
    expect([text, new KeptView("v", kept).load()]).toEqual([text, null]);
  }
});
