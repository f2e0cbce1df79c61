// After the build: compressed copies beside each file, and the weight of the first screen, which must stay under its limit.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const LIMIT_KB = 200; // of script, compressed, for the first screen
const out = process.env.CLINIC_APP_OUT ?? 'dist';

const sizes = new Map();
for (const entry of await readdir(join(out, 'assets'))) {
  if (!/\.(js|css|svg)$/.test(entry)) continue;
  const file = join(out, 'assets', entry);
  const content = await readFile(file);
  const gzipped = gzipSync(content, { level: 9 });
  await writeFile(`${file}.gz`, gzipped);
  await writeFile(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  );
  sizes.set(`assets/${entry}`, gzipped.length);
}

const manifest = JSON.parse(await readFile(join(out, '.vite', 'manifest.json'), 'utf8'));
const first = new Set();
const follow = (key) => {
  const chunk = manifest[key];
  if (!chunk || first.has(chunk.file)) return;
  first.add(chunk.file);
  (chunk.imports ?? []).forEach(follow);
};
// the first screen of somebody signed in, and of somebody who is not: the larger one counts
const screens = ['src/signin/SignInPage.tsx', 'src/today/TodayPage.tsx'];
let heaviest = 0;
for (const screen of screens) {
  first.clear();
  follow('index.html');
  if (!manifest[screen]) throw new Error(`no chunk of its own for ${screen}`);
  follow(screen);
  const kb = [...first].filter((f) => f.endsWith('.js')).reduce((sum, f) => sum + (sizes.get(f) ?? 0), 0) / 1024;
  console.log(`${screen}: ${kb.toFixed(1)} KB of script, gzip (limit ${LIMIT_KB})`);
  heaviest = Math.max(heaviest, kb);
}
// the patients' page, on a phone and a slow line
const PATIENT_LIMIT_KB = 100;
first.clear();
follow('p.html');
const patientKb = [...first].filter((f) => f.endsWith('.js')).reduce((sum, f) => sum + (sizes.get(f) ?? 0), 0) / 1024;
console.log(`p.html: ${patientKb.toFixed(1)} KB of script, gzip (limit ${PATIENT_LIMIT_KB})`);
if (patientKb > PATIENT_LIMIT_KB) {
  console.error(`the patients' page loads ${patientKb.toFixed(1)} KB of script, more than ${PATIENT_LIMIT_KB}`);
  process.exit(1);
}
await writeFile(join(out, 'weight.json'), JSON.stringify({ 'first-screen-script-kb': Number(heaviest.toFixed(1)), limit: LIMIT_KB }));
if (heaviest > LIMIT_KB) {
  console.error(`the first screen loads ${heaviest.toFixed(1)} KB of script, more than ${LIMIT_KB}`);
  process.exit(1);
}
