import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/ide/",
  build: {
    outDir: "../static/ide",
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 8000,
    rollupOptions: {
      input: "main.js",
      onwarn(warning, warn) {
        // React's "use client" marks mean nothing in a page that has no server part.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
  worker: { format: "es" },
});
