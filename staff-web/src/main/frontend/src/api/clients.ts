import createClient, { type Middleware } from 'openapi-fetch';
import type { paths as BillingPaths } from './generated/billing';
import type { paths as DoorPaths } from './generated/door';
import type { paths as IntakePaths } from './generated/intake';
import type { paths as NotificationPaths } from './generated/notification';
import type { paths as SchedulingPaths } from './generated/scheduling';
import { Problem } from './problem';
import { answered, unanswered } from './reach';

export function csrfToken(): string {
  const cookie = document.cookie.split('; ').find((c) => c.startsWith('XSRF-TOKEN='));
  return cookie ? decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) : '';
}

type Listener = () => void;
const signedOut = new Set<Listener>();

/** Called whenever an answer shows that the session has ended. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Longest wait for an answer; the front door itself gives a service 30 s. */
const PATIENCE_MS = 35_000;

const door_: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-XSRF-TOKEN', csrfToken());
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    const problem = await Problem.of(response);
    // without its token a browser that lost all cookies is refused before anybody asks for its session
    if (problem.status === 401 || problem.rule === 'csrf') signedOut.forEach((tell) => tell());
    throw problem;
  },
};

async function patientFetch(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]) });
  } catch (failure) {
    if (request.signal.aborted) throw failure;
    throw Problem.unreachable();
  }
}

/** The gateway's word for a service that does not answer it. */
const AWAY = new Set([502, 503, 504]);

/** Whether the sessions' service answers decides what may be done at a chair. */
async function watchedFetch(request: Request): Promise<Response> {
  try {
    const response = await patientFetch(request);
    if (AWAY.has(response.status)) unanswered();
    else answered();
    return response;
  } catch (failure) {
    // given up by the screen itself, which went elsewhere: says nothing about the network
    if (!(request.signal.aborted && request.signal.reason?.name !== 'TimeoutError')) unanswered();
    throw failure;
  }
}

function client<Paths extends object>(fetching = patientFetch) {
  const made = createClient<Paths>({ baseUrl: window.location.origin, fetch: fetching });
  made.use(door_);
  return made;
}

/** One typed client for each service; all of them talk to the front door. */
export const intake = client<IntakePaths>();
export const scheduling = client<SchedulingPaths>(watchedFetch);
export const billing = client<BillingPaths>();
export const notification = client<NotificationPaths>();
export const door = client<DoorPaths>();

/** The body of an answer, which is there when no Problem was thrown. */
export async function body<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  return (await answer).data as T;
}

export interface Versioned<T> {
  value: T;
  /** Goes back as If-Match with the next change. */
  etag: string | undefined;
}

/** Body and version of an answer. */
export async function versioned<T>(answer: Promise<{ data?: T; response: Response }>): Promise<Versioned<T>> {
  const { data, response } = await answer;
  return { value: data as T, etag: response.headers.get('ETag') ?? undefined };
}

/** The version header of an aggregate whose number is known from a list. */
export const ifMatch = (version: number) => `"${version}"`;
