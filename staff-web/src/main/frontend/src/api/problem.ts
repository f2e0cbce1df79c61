/** What a service said when it did not do what was asked (RFC 9457), or what the browser found out by itself. */
export interface FieldProblem {
  field: string;
  rule: string;
  message: string;
}

export interface ChangeSince {
  at: string;
  who: string;
  what: string;
  version: number;
}

interface ProblemBody {
  title?: string;
  detail?: string | null;
  rule?: string;
  field?: string | null;
  errors?: FieldProblem[];
  incident?: string | null;
  yourVersion?: number | null;
  currentVersion?: number | null;
  changes?: ChangeSince[] | null;
  service?: string;
}

/**
 * `status` 0 means that no answer came at all: whether something was done is then not known.
 * `rule` is the name of the broken rule, as the services and the guide write it.
 */
export class Problem extends Error {
  readonly status: number;
  readonly rule: string;
  readonly title: string;
  readonly field: string | undefined;
  readonly errors: FieldProblem[];
  readonly incident: string | undefined;
  readonly changes: ChangeSince[];
  readonly service: string | undefined;
  /** Seconds to wait, where the answer named them. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(body.detail ?? body.title ?? 'Something went wrong');
    this.name = 'Problem';
    this.status = status;
    this.rule = body.rule ?? (status === 0 ? 'no-answer' : `http-${status}`);
    this.title = body.title ?? 'Something went wrong';
    this.field = body.field ?? undefined;
    this.errors = body.errors ?? [];
    this.incident = body.incident ?? undefined;
    this.changes = body.changes ?? [];
    this.service = body.service;
    this.retryAfter = retryAfter;
  }

  /** Nobody can say whether it was done: look before trying again. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status === 504 || this.rule === 'outcome-unknown';
  }

  /** Trying the same again may well succeed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }

  /** Messages by field, for a form. */
  byField(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const error of this.errors) found[error.field] ??= error.message;
    if (this.field && !found[this.field]) found[this.field] = this.message;
    return found;
  }

  static async of(response: Response): Promise<Problem> {
    const wait = Number(response.headers.get('Retry-After'));
    const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
    try {
      return new Problem(response.status, (await response.json()) as ProblemBody, retryAfter);
    } catch {
      return new Problem(response.status, { title: `The server answered ${response.status}` }, retryAfter);
    }
  }

  static unreachable(): Problem {
    return new Problem(0, {
      title: 'No answer from the clinic',
      detail: navigator.onLine ? 'The clinic’s server can’t be reached.' : 'This device has no network.',
      rule: 'no-answer',
    });
  }
}
