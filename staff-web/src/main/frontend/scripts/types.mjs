// Types of every service's API, from the OpenAPI documents that the services themselves are tested against.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const house = new URL('../../../../../', import.meta.url);
const out = new URL('../src/api/generated/', import.meta.url);
const services = {
  intake: 'intake-service',
  scheduling: 'scheduling-service',
  billing: 'billing-service',
  notification: 'notification-service',
  door: 'staff-web',
};

await mkdir(out, { recursive: true });
for (const [name, module] of Object.entries(services)) {
  const document = JSON.parse(await readFile(new URL(`${module}/src/main/openapi/openapi.json`, house), 'utf8'));
  // every property of an answer is there; what may be null says so
  const types = astToString(await openapiTS(document, { alphabetize: true }));
  await writeFile(new URL(`${name}.d.ts`, out), types);
}

// the clinic's numbers, from the versioned files that scheduling decides by: what a screen shows of them can't drift from the rule
const protocol = new URL('scheduling-service/src/main/resources/scheduling/protocol/', house);
const numbers = {};
for (const file of (await readdir(protocol)).filter((f) => f.endsWith('.json')).sort()) {
  numbers[file.replace('.json', '')] = JSON.parse(await readFile(new URL(file, protocol), 'utf8'));
}
await writeFile(new URL('protocol.ts', out), `export const PROTOCOL = ${JSON.stringify(numbers, null, 2)} as const;\n`);

// the reason codes that billing knows, for people to choose from
const reasons = await readFile(new URL('billing-service/src/main/resources/billing/reason-codes.json', house), 'utf8');
await writeFile(new URL('reason-codes.ts', out), `export const REASON_CODES = ${reasons.trim()} as const;\n`);
