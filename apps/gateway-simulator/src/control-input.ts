import type { FastifyRequest } from 'fastify';
import { rawBody } from './inbound.ts';

/** A control call that cannot be done, in words for the person who made it. */
export class ControlRefused extends Error {
  readonly status: number;
  readonly field: string | null;

  constructor(message: string, field: string | null = null, status = 400) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

export type Fields = Record<string, unknown>;

/** The JSON object of a control call. An unknown field is refused: it is a spelling mistake. */
export function readFields(request: FastifyRequest, known: readonly string[]): Fields {
  const text = rawBody(request).toString('utf8');
  const fields = parse(text === '' ? '{}' : text);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown === undefined) return fields;
  throw new ControlRefused(`没有 ${unknown} 这个字段。可用：${known.join('、')}`, unknown);
}

function parse(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ControlRefused('请求正文不是正确的 JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ControlRefused('请求正文须是 JSON 对象');
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ControlRefused(`${name} 须是非空文本`, name);
}

export function optionalText(fields: Fields, name: string): string | undefined {
  return fields[name] === undefined ? undefined : text(fields, name);
}

/** A number between two limits; `fallback` when the field is missing. */
export function number(
  fields: Fields,
  name: string,
  limits: { least: number; most: number; fallback?: number; isWhole?: boolean },
): number {
  const value = fields[name] ?? limits.fallback;
  const { least, most, isWhole = true } = limits;
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!isWhole || Number.isSafeInteger(value))) return value;
  const kind = isWhole ? '整数' : '数字';
  throw new ControlRefused(`${name} 须是 ${least} 到 ${most} 之间的${kind}`, name);
}

export function optionalNumber(
  fields: Fields,
  name: string,
  limits: { least: number; most: number },
): number | undefined {
  return fields[name] === undefined ? undefined : number(fields, name, limits);
}

export function oneOf<T extends string>(fields: Fields, name: string, known: readonly T[]): T {
  const found = known.find((one) => one === fields[name]);
  if (found !== undefined) return found;
  throw new ControlRefused(`${name} 须是其中之一：${known.join('、')}`, name);
}
