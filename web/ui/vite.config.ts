import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// Everything is a file of its own (no inlined data, no inline script), so that the server can send
// a strict Content-Security-Policy. `npm run dev` passes questions on to a server that runs beside it.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { "/api": process.env["MANGROVE_SERVER"] ?? "http://127.0.0.1:8087" } },
  test: { include: ["src/**/*.test.ts"] },
});
