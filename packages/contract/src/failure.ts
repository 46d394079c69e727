/** A field, row or line that is wrong, and why, in the server's words. */
export interface Problem {
  readonly field?: string;
  readonly row?: number;
  readonly column?: string;
  readonly reason: string;
}

interface FailureFacts {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** NETWORK when no answer came, UNREADABLE when it was not our server's. */
  readonly code: string;
  readonly message?: string;
  /** Whether the same request can succeed later. */
  readonly retry: boolean;
  readonly problems?: readonly Problem[];
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** A refusal of the server, or no answer at all (code NETWORK). */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly status: number;
  readonly code: string;
  readonly retry: boolean;
  readonly problems: readonly Problem[];
  readonly requestId: string | undefined;

  constructor(facts: FailureFacts) {
    super(facts.message ?? '', { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.retry = facts.retry;
    this.problems = facts.problems ?? [];
    this.requestId = facts.requestId;
  }
}

/** Reads the body of a refusal; a proxy's page or an empty answer becomes code UNREADABLE. */
export function failureOf(status: number, text: string): ApiFailure {
  const error = errorIn(text);
  if (!error) return new ApiFailure({ status, code: 'UNREADABLE', retry: status >= 500 });
  return new ApiFailure({
    status,
    code: textIn(error['code']) || 'UNREADABLE',
    message: textIn(error['message']),
    retry: error['retry'] === true,
    problems: problemsIn(error['problems']),
    ...(typeof error['requestId'] === 'string' && { requestId: error['requestId'] }),
  });
}

export function networkFailure(cause: unknown): ApiFailure {
  return new ApiFailure({ status: 0, code: 'NETWORK', retry: true, cause });
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiFailure && error.status === 401;
}

function errorIn(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (!isRecord(body)) return undefined;
    return isRecord(body['error']) ? body['error'] : undefined;
  } catch {
    // Not JSON: the answer is a proxy's, not the server's; failureOf says so.
    return undefined;
  }
}

function problemsIn(value: unknown): Problem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((problem) => ({
    reason: textIn(problem['reason']),
    ...(typeof problem['field'] === 'string' && { field: problem['field'] }),
    ...(typeof problem['row'] === 'number' && { row: problem['row'] }),
    ...(typeof problem['column'] === 'string' && { column: problem['column'] }),
  }));
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
