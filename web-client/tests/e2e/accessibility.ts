// Automated part of the WCAG 2.1 A and AA checks.

import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What axe finds wrong on the page, one line a finding; empty when all is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Through the debugger, so that the page's own policy against foreign scripts stays in force.
  await page.evaluate(axe.source);
  const results = await page.evaluate(
    (rules) =>
      (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({
        runOnly: { type: "tag", values: rules },
      }),
    RULES,
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`),
  );
}
