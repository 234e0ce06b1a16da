import { defineConfig } from "vitest/config";

// One browser at a time: the screens are driven, not timed.
export default defineConfig({
  test: {
    include: ["tests/e2e/**/*.test.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // A screen follows on a slow machine, too: the preset is a second.
    expect: { poll: { timeout: 20_000 } },
  },
});
