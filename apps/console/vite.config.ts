import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `API_URL` points the development server at a running system, http://127.0.0.1:8080 by default. */
const apiUrl = process.env['API_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2022', chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/api': apiUrl, '/q': apiUrl, '/sim': apiUrl } },
});
