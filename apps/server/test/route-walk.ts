import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { vi } from 'vitest';
import type { Deps } from '../src/platform/deps.ts';
import * as http from '../src/platform/http/index.ts';
import type { Work } from '../src/platform/worker.ts';

export interface WalkedRoute {
  /** "GET /api/units/:unitId" */
  readonly key: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly permission: string | undefined;
  readonly schema: { readonly body?: JsonSchema; readonly querystring?: JsonSchema };
}

export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
}

/**
 * The application as it is composed, with the list of every route that it declared. The caller
 * must not import compose.ts itself, or that one is composed without the list.
 */
export async function appWithRoutes(
  deps: Deps,
): Promise<{ app: FastifyInstance; routes: WalkedRoute[]; work: Work }> {
  const routes: WalkedRoute[] = [];
  const { createApp } = http;
  vi.doMock('../src/platform/http/index.ts', () => ({
    ...http,
    createApp: async (options: http.AppOptions) => {
      const app = await createApp(options);
      app.addHook('onRoute', (route) => void routes.push(...walked(route)));
      return app;
    },
  }));
  const { buildApp, workOf } = await import('../src/compose.ts');
  const app = await buildApp(deps);
  await app.ready();
  if (routes.length === 0) throw new Error('no route was seen: compose.ts was imported before');
  const anchorDirectory = join(tmpdir(), `wuye-anchors-${process.pid}`);
  return { app, routes, work: workOf(deps, { anchorDirectory }) };
}

function walked(route: RouteOptions): WalkedRoute[] {
  const methods = [route.method].flat().filter((method) => !['HEAD', 'OPTIONS'].includes(method));
  return methods.map((method) => ({
    key: `${method} ${route.url}`,
    method: method as WalkedRoute['method'],
    url: route.url,
    permission: route.config?.permission,
    schema: (route.schema ?? {}) as WalkedRoute['schema'],
  }));
}

/** Texts of which one fits each pattern of the contract. */
const candidates = [
  '2026-11-24',
  '2026-11-01',
  '12.50',
  '08:30',
  'reminder.due',
  'reminder',
  '13800138000',
  '123456',
  'anna@example.com',
  'sample-text-0001',
  'wxsample0000000001',
  '1900000009',
  'PUB_KEY_ID_0000000001',
  'abcdef0123456789abcdef0123456789',
  'somebody@example.com',
  'A',
];

/**
 * A value that a schema accepts.
 * @param idOf what stands for an id, by the name of its field
 * @param optional whether what may be left out is given
 */
export function sampleOf(
  schema: JsonSchema,
  options: { readonly idOf: (field: string) => string | undefined; readonly optional: boolean },
  field = '',
): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0], options, field);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => options.optional || schema.required?.includes(name))
          .map(([name, part]) => [name, sampleOf(part, options, name)]),
      );
    case 'array':
      return [sampleOf(schema.items ?? {}, options, field)];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema, options.idOf(field), field);
  }
}

function textOf(schema: JsonSchema, id: string | undefined, field: string): string {
  const { pattern = '', minLength = 0, maxLength = 1e6 } = schema;
  const long = 'x'.repeat(Math.min(Math.max(minLength, 4), maxLength));
  const text = [...(id ? [id] : []), ...candidates, long].find(
    (each) =>
      new RegExp(pattern, 'u').test(each) && each.length >= minLength && each.length <= maxLength,
  );
  if (text === undefined) throw new Error(`no sample fits ${field}: ${pattern}; add a candidate`);
  return text;
}
