import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

/** What `out/` holds. The browser host runs from its sources and serves `out/renderer`. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: resolve(here, 'electron/main.ts'),
          // Processes of their own: the core (a utilityProcess) and the practice cloud (a child of the core).
          core: resolve(here, 'electron/core-process.ts'),
          demo: resolve(here, 'demo/main.ts'),
          // A thread of the core's.
          carrier: resolve(here, 'core/transfers/carrier/main.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot be an ES module and cannot require packages.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      emptyOutDir: true,
      // The browser host's browsers are not only Chromium.
      target: 'es2023',
      minify: true,
      cssMinify: true,
      rolldownOptions: { input: resolve(here, 'renderer/index.html') },
    },
  },
})
