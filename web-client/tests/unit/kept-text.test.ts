import { describe, expect, test } from "vitest";
import { KeptText, TicketStore, type TextStore } from "../../src/protocol/ticket-store";
import { Drafts } from "../../src/supervisor/drafts";

/** A store that takes so many characters. */
function small(room: number): TextStore & { full: boolean } {
  const kept = new Map<string, string>();
  const used = (): number => Array.from(kept.values()).reduce((sum, text) => sum + text.length, 0);
  return {
    full: false,
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, text) {
      if (this.full || used() + text.length > room) throw new DOMException("full", "QuotaExceededError");
      kept.set(name, text);
    },
    removeItem: (name) => void kept.delete(name),
  };
}

describe("a text that the browser refuses to keep", () => {
  test("is there until a reload, and nothing older comes back instead", () => {
    const store = small(1_000);
    const tickets = new TicketStore("t", store, "citizen");
    tickets.save({ case: "a", ticket: "1" });
    expect(tickets.refused).toBe(false);
    store.full = true;
    tickets.save({ case: "b", ticket: "2" });
    expect(tickets.refused).toBe(true);
    expect(tickets.load()).toEqual({ case: "b", ticket: "2" });
    expect(new TicketStore("t", store, "citizen").load()).toBeNull();
    // There is room again.
    store.full = false;
    tickets.renew("b", "3");
    expect(tickets.refused).toBe(false);
    expect(new TicketStore("t", store, "citizen").load()).toEqual({ case: "b", ticket: "3" });
  });

  test("takes the place of the older one where there is room for one", () => {
    const kept = new KeptText("t", small(5));
    kept.write("first");
    kept.write("other");
    expect([kept.refused, kept.read()]).toEqual([false, "other"]);
  });

  test("is known as such without any store", () => {
    const tickets = new TicketStore("t", null, "citizen");
    tickets.save({ case: "a", ticket: "1" });
    expect(tickets.refused).toBe(true);
    tickets.clear();
    expect([tickets.refused, tickets.load()]).toEqual([false, null]);
  });

  test("stays forgotten where the browser does not take it away either", () => {
    const stuck: TextStore = {
      getItem: () => '{"case":"a","ticket":"1"}',
      setItem: () => {
        throw new Error("no");
      },
      removeItem: () => {
        throw new Error("no");
      },
    };
    const tickets = new TicketStore("t", stuck, "citizen");
    tickets.save({ case: "b", ticket: "2" });
    expect(tickets.load()?.case).toBe("b");
    tickets.clear();
    expect(tickets.load()).toBeNull();
  });

  test("is what a supervisor wrote last, and not what stood there before", () => {
    const store = small(1_000);
    const drafts = new Drafts(store);
    drafts.put("bente", "a", { comments: [], reason: "Se" });
    store.full = true;
    drafts.put("bente", "a", { comments: [], reason: "Se datoen." });
    expect(drafts.of("bente", "a").reason).toBe("Se datoen.");
  });
});
