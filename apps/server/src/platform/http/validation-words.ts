import type { FastifyError } from 'fastify';
import type { Problem } from '../errors.ts';

type Language = 'zh' | 'en';
type Issue = NonNullable<FastifyError['validation']>[number];
/** Given the limit that was not kept. */
type Words = (limit: string) => {
  readonly zh: string;
  readonly en: string;
};

/** What the schema asks for, as a person would say it; other keywords fall back to `unknown`. */
const words: Readonly<Record<string, Words>> = {
  required: () => ({ zh: '必须填写', en: 'is required' }),
  additionalProperties: () => ({ zh: '没有这个字段', en: 'is not a known field' }),
  type: (limit) => ({ zh: `类型不对，应为 ${limit}`, en: `must be ${limit}` }),
  pattern: () => ({ zh: '格式不对', en: 'has the wrong format' }),
  enum: () => ({ zh: '不是可选的值', en: 'is not one of the allowed values' }),
  const: () => ({ zh: '不是可选的值', en: 'is not one of the allowed values' }),
  minLength: (limit) => ({
    zh: `至少 ${limit} 个字符`,
    en: `needs at least ${limit} characters`,
  }),
  maxLength: (limit) => ({
    zh: `最多 ${limit} 个字符`,
    en: `takes at most ${limit} characters`,
  }),
  minimum: (limit) => ({ zh: `不能小于 ${limit}`, en: `must be at least ${limit}` }),
  maximum: (limit) => ({ zh: `不能大于 ${limit}`, en: `must be at most ${limit}` }),
  minItems: (limit) => ({ zh: `至少选 ${limit} 项`, en: `needs at least ${limit} entries` }),
  maxItems: (limit) => ({ zh: `最多 ${limit} 项`, en: `takes at most ${limit} entries` }),
  minProperties: () => ({ zh: '没有要修改的内容', en: 'nothing to change was given' }),
  uniqueItems: () => ({ zh: '不能重复', en: 'must not repeat itself' }),
};
const unknown = { zh: '内容不对', en: 'is not valid' };

/** Says more about an entry that may be of several kinds than that it is of none of them. */
const summaries = new Set(['anyOf', 'oneOf', 'if']);

/** One problem a field, in the reader's language, however many schemas it failed. */
export function problemsOf(issues: readonly Issue[], part: string, language: Language): Problem[] {
  const found = new Map<string, Problem>();
  const precise = issues.filter(({ keyword }) => !summaries.has(keyword));
  for (const { instancePath, keyword, params } of [...precise, ...issues]) {
    const field = fieldOf(instancePath, params, part);
    const reason = (words[keyword]?.(limitIn(params)) ?? unknown)[language];
    if (!found.has(field)) found.set(field, { field, reason });
  }
  return [...found.values()];
}

function fieldOf(path: string, params: Readonly<Record<string, unknown>>, part: string): string {
  const missing = params['missingProperty'] ?? params['additionalProperty'];
  const steps = path.split('/').filter(Boolean);
  if (typeof missing === 'string') steps.push(missing);
  return steps.join('.') || part;
}

function limitIn({ limit, type }: Readonly<Record<string, unknown>>): string {
  return typeof limit === 'number' ? String(limit) : typeof type === 'string' ? type : '';
}
