import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import { createApp, residentOf } from '../../platform/http/index.ts';
import { authenticateResident, homesOf, requireHome } from './index.ts';

let system: TestSystem;
let app: FastifyInstance;
beforeAll(async () => {
  system = await givenSystem();
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => undefined,
    authenticateResident: (request) => authenticateResident(system.deps, request),
  });
  app.get('/me', { config: { permission: 'resident' } }, async (request) => ({
    id: residentOf(request).id,
  }));
});
afterAll(async () => {
  await app.close();
  await system.close();
});

test('a resident is known by a mini-program’s token and by the page’s cookie', async () => {
  const { accountId, token, headers } = await givenResident(system);
  const byToken = await app.inject({ url: '/me', headers });
  expect(byToken.json()).toEqual({ id: accountId });
  const byCookie = await app.inject({
    url: '/me',
    cookies: { [`resident-${system.shortCode}`]: token },
  });
  expect(byCookie.json()).toEqual({ id: accountId });
});

test('no token, a changed one and one that is too old are asked to sign in', async () => {
  const { token } = await givenResident(system);
  const changed = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const other = await system.addCompany('other');
  const moved = token.replace(/^[^.]+/, other.replaceAll('-', ''));
  for (const wrong of ['', changed, moved, 'Bearer']) {
    const answer = await app.inject({ url: '/me', headers: { authorization: `Bearer ${wrong}` } });
    expect(answer.statusCode).toBe(401);
  }
  system.clock.advance(181 * 24 * 3_600_000);
  const late = await app.inject({ url: '/me', headers: { authorization: `Bearer ${token}` } });
  expect(late.statusCode).toBe(401);
});

test('a resident has the homes they are bound to, and no other', async () => {
  const mine = await givenUnit(system);
  const theirs = await givenUnit(system);
  const { accountId, actor } = await givenResident(system, { unitIds: [mine.unitId] });
  await system.deps.db.read(system.companyId, async (tx) => {
    expect(await homesOf(tx, accountId)).toMatchObject([{ label: mine.label, role: 'owner' }]);
    expect(await requireHome(tx, actor, mine.unitId)).toMatchObject({ unitId: mine.unitId });
    await expect(requireHome(tx, actor, theirs.unitId)).rejects.toThrow('HOME_NOT_BOUND');
  });
});
