import { describe, expect, test } from "vitest";
import { codeInAddress, digitsOfCode, formUrl } from "../../src/protocol/api";
import { readQr } from "../../src/ui/qr";

describe("pairing code", () => {
  test.each([
    ["482913", "482913"],
    [" 482 913 ", "482913"],
    ["482-913", "482913"],
    ["48291", null],
    ["4829134", null],
    ["48291a", null],
  ])("typed as `%s`", (typed, code) => {
    expect(digitsOfCode(typed)).toBe(code);
  });

  test.each([
    ["?code=482913", "", "482913"],
    ["", "#code=482913", "482913"],
    ["", "#482913", "482913"],
    ["", "", null],
    ["?other=1", "#main", null],
  ])("in the address `%s%s`", (search, hash, code) => {
    expect(codeInAddress(search, hash)).toBe(code);
  });

  test("a case id cannot leave its place in an address", () => {
    expect(formUrl("../x", "pdf")).toBe("/api/cases/..%2Fx/form.pdf");
  });
});

describe("QR code", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="240" height="240" ' +
    'viewBox="0 0 240 240" shape-rendering="crispEdges">' +
    '<rect x="0" y="0" width="240" height="240" fill="#ffffff"/><path fill="#000000" d="M8 8h8v8"/>' +
    "<script>alert(1)</script></svg>";

  test("is read as shapes and nothing else", () => {
    expect(readQr(svg)).toEqual({
      viewBox: "0 0 240 240",
      shapes: [
        { kind: "rect", x: "0", y: "0", width: "240", height: "240", fill: "#ffffff" },
        { kind: "path", d: "M8 8h8v8", fill: "#000000" },
      ],
    });
  });

  test("what is no picture is not drawn", () => {
    expect(readQr("<p>no</p>")).toBeNull();
    expect(readQr("<svg></svg>")).toBeNull();
  });
});
