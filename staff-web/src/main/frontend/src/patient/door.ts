import type { components as Intake } from '../api/generated/intake';
import type { components as Door } from '../api/generated/door';

type Intakes = Intake['schemas'];
export type Registration = Intakes['RegistrationView'];
export type Visit = Intakes['PatientVisit'];
export type Assessment = Intakes['PatientAssessment'];
export type Clinic = Door['schemas']['ClinicCard'];
type Access = Door['schemas']['PatientAccess'];

/** What went wrong, in the rule's name; `offline` when nobody answered. */
export class Refusal extends Error {
  constructor(
    readonly rule: string,
    readonly status: number,
    readonly field: string | undefined,
  ) {
    super(rule);
  }
}

const KEPT = 'clinicops-link';
const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;

/**
 * The link's token: from behind the hash sign, which is then taken out of the address so that no history keeps it, or from this
 * tab's own memory after a reload.
 */
export function takeLink(): string | null {
  const given = window.location.hash.slice(1);
  if (given !== '') {
    window.history.replaceState(null, '', window.location.pathname);
    if (TOKEN.test(given)) sessionStorage.setItem(KEPT, given);
    else sessionStorage.removeItem(KEPT);
  }
  return sessionStorage.getItem(KEPT);
}

export function forgetLink(): void {
  sessionStorage.removeItem(KEPT);
}

export async function clinicCard(): Promise<Clinic> {
  return (await json<Clinic>(await reach('/patient/clinic', {}))).body;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'omit', cache: path === '/patient/clinic' ? 'default' : 'no-store' });
  } catch {
    throw new Refusal('offline', 0, undefined);
  }
}

async function json<T>(answer: Response): Promise<{ body: T; etag: string | null }> {
  const body: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const problem = body as { rule?: string; field?: string; errors?: { field: string }[] };
    throw new Refusal(problem.rule ?? 'unknown', answer.status, problem.field ?? problem.errors?.[0]?.field);
  }
  return { body: body as T, etag: answer.headers.get('ETag') };
}

/** Everything that this page may ask for. The access token stays in this object, and is renewed with the link when it runs out. */
export class PatientDoor {
  private access: Access | null = null;

  constructor(private readonly link: string) {}

  async open(): Promise<Access> {
    const answer = await reach('/patient/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: this.link }),
    });
    this.access = (await json<Access>(answer)).body;
    return this.access;
  }

  visit = () => this.ask<Visit>('GET', '/visit');
  registration = () => this.ask<Registration>('GET', '/registration');
  finish = () => this.ask<Visit>('POST', '/finish');
  fill = (section: string, version: number, body: object) => this.ask<Registration>('PUT', `/registration/${section}`, version, body);
  assessments = async () => (await this.ask<{ items: Assessment[] }>('GET', '/assessments')).items;
  assessment = (id: string) => this.ask<Assessment>('GET', `/assessments/${id}`);
  answer = (of: Assessment, answers: Record<string, string>, complete: boolean) =>
    this.ask<Assessment>('PUT', `/assessments/${of.id}`, of.version, { answers, complete });

  private async ask<T>(method: string, path: string, version?: number, body?: object): Promise<T> {
    const access = this.access ?? (await this.open());
    const send = (token: string) =>
      reach(`/patient/api${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    let answer = await send(access.accessToken);
    // five minutes are over: the link opens again
    if (answer.status === 401) answer = await send((await this.open()).accessToken);
    return (await json<T>(answer)).body;
  }
}
