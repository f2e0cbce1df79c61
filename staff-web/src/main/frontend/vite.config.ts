/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` talks to a running clinic: CLINIC_URL=http://localhost:8080 npm run dev
const clinic = process.env['CLINIC_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(process.env['DEV_PORT'] ?? 5173),
    proxy: {
      '/api': { target: clinic },
      '/login': { target: clinic },
      '/logout': { target: clinic },
      '^/patient/': { target: clinic },
    },
  },
  build: {
    outDir: process.env['CLINIC_APP_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // finish.mjs reads which files the first screen loads
    manifest: true,
    // the staff's app, and the patients' page, which loads nothing of it
    rollupOptions: { input: { staff: 'index.html', patient: 'p.html' } },
    // nothing inlined into the page: the policy forbids inline scripts, and data: fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
