// Types of every service's API, from the OpenAPI documents that the services themselves are tested against.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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
