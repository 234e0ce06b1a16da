import { defineConfig } from "vite";

// Where `npm run dev` finds the server that answers `/api`.
const server = process.env.TOLKEBOT_URL ?? "http://127.0.0.1:8600";

export default defineConfig({
  // Several pages, no fallback to the start page: an unknown address is a 404.
  appType: "mpa",
  build: {
    target: "es2022",
    // The content security policy allows no `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["index.html", "staff/index.html", "tablet/index.html", "supervisor/index.html"],
    },
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules/dkfds/dist/scss"],
        // The design system's own use of the language is not ours to change.
        quietDeps: true,
      },
    },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
    },
  },
});
