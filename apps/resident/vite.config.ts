import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** `API_URL` points the development server at a running system, http://127.0.0.1:8080 by default. */
const apiUrl = process.env['API_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  // Pages live under /r/<company>/; a company's code never begins with a line.
  base: '/r/',
  plugins: [react(), compressOnce()],
  build: {
    outDir: 'dist',
    assetsDir: '_',
    // Tells the server which files a page needs, so that the browser asks for all of them at once.
    manifest: 'manifest.json',
    // All styles together are small: one file, and none comes late.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // What pages share is one file and not a dozen of them, each a request of its own.
        codeSplitting: {
          groups: [{ name: 'shared', test: /\/src\/(?!pages\/|web\/)|\/packages\// }],
        },
      },
    },
    // Phones of the last six years, the wallets' own browsers among them.
    target: ['es2020', 'chrome80', 'safari14'],
    cssTarget: ['chrome80', 'safari14'],
  },
  server: { proxy: { '/api': apiUrl, '/q': apiUrl, '/sim': apiUrl } },
});

/** Smaller files gain nothing. */
const smallestBytes = 1024;

/** Compresses what was built, so that the server does not do it again for every reader. */
function compressOnce(): Plugin {
  return {
    name: 'compress-once',
    apply: 'build',
    closeBundle() {
      const folder = join(import.meta.dirname, 'dist', '_');
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (!/\.(js|css)$/.test(name) || statSync(path).size < smallestBytes) continue;
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
      }
    },
  };
}
