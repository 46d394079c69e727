/** What can be expected to go wrong: declared once, with its status and its words. */
export interface ErrorDefinition {
  readonly status: number;
  /** Whether sending the same request again can succeed. */
  readonly retry: boolean;
  /** Says what happened and what to do; shown to people. `{name}` is filled from the details. */
  readonly zh: string;
  readonly en: string;
}

export type ErrorTable = Readonly<Record<string, ErrorDefinition>>;

/** A field, row or line that is wrong, and why. */
export interface Problem {
  readonly field?: string;
  readonly row?: number;
  readonly column?: string;
  readonly reason: string;
}

export interface ErrorDetails {
  readonly problems?: readonly Problem[];
  readonly values?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

export class AppError extends Error {
  override name = 'AppError';
  readonly code: string;
  readonly definition: ErrorDefinition;
  readonly problems: readonly Problem[];
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: string, definition: ErrorDefinition, details: ErrorDetails = {}) {
    super(`${code}: ${fill(definition.en, details.values ?? {})}`, { cause: details.cause });
    this.code = code;
    this.definition = definition;
    this.problems = details.problems ?? [];
    this.values = details.values ?? {};
  }

  text(language: 'zh' | 'en'): string {
    return fill(this.definition[language], this.values);
  }
}

/**
 * Declares the errors of a module. The result has one function per code:
 * `throw billingErrors.BILL_NOT_FOUND()`.
 */
export function defineErrors<Table extends ErrorTable>(
  table: Table,
): { readonly [Code in keyof Table]: (details?: ErrorDetails) => AppError } {
  const entries = Object.entries(table).map(([code, definition]) => [
    code,
    (details?: ErrorDetails) => new AppError(code, definition, details),
  ]);
  return Object.fromEntries(entries);
}

export const platformErrors = defineErrors({
  INPUT_INVALID: {
    status: 400,
    retry: false,
    zh: '提交的内容有误，请按提示修改',
    en: 'Some of the input is not valid; please correct the fields named',
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    retry: false,
    zh: '请先登录',
    en: 'Please sign in first',
  },
  FORBIDDEN: {
    status: 403,
    retry: false,
    zh: '您没有此项权限，请联系管理员',
    en: 'You do not have this permission; please ask the administrator',
  },
  ORIGIN_REFUSED: {
    status: 403,
    retry: false,
    zh: '请求来自其他网站，已拒绝',
    en: 'The request came from another site and was refused',
  },
  NOT_FOUND: { status: 404, retry: false, zh: '没有找到', en: 'Not found' },
  TOO_MANY_REQUESTS: {
    status: 429,
    retry: true,
    zh: '操作过于频繁，请稍后再试',
    en: 'Too many requests; please try again later',
  },
  TOO_LARGE: {
    status: 413,
    retry: false,
    zh: '提交的内容过大',
    en: 'The request is too large',
  },
  PICTURE_TOO_LARGE: {
    status: 413,
    retry: false,
    zh: '图片超过 {limitMb} MB，请压缩或重新拍摄后上传',
    en: 'The picture is larger than {limitMb} MB; please make it smaller',
  },
  PICTURE_KIND_WRONG: {
    status: 400,
    retry: false,
    zh: '只能上传图片（JPG、PNG、WebP）',
    en: 'Only pictures can be uploaded: JPG, PNG or WebP',
  },
  PICTURE_DAMAGED: {
    status: 400,
    retry: false,
    zh: '图片已损坏或尺寸过大，无法打开，请重新拍摄或导出',
    en: 'The picture is damaged or too large to open; please take or export it again',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    retry: false,
    zh: '同一请求编号已用于其他内容，请重新提交',
    en: 'This idempotency key was used for another request',
  },
  INTERNAL: {
    status: 500,
    retry: true,
    zh: '系统出错了，您的数据没有改变，请稍后再试',
    en: 'Something went wrong; nothing was changed. Please try again later',
  },
});

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (match, name: string) => String(values[name] ?? match));
}
