import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStaff, permissions } from '../src/modules/identity/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { createDatabase, type Database, sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { type TableInTest, tablesOf } from './generic-rows.ts';
import { givenSystem, type TestSystem } from './harness.ts';
import { appWithRoutes, sampleOf, type WalkedRoute } from './route-walk.ts';
import {
  contentsOf,
  fillCompany,
  givenMember,
  idsOf,
  type Member,
  password,
  secretsOf,
  signIn,
} from './two-companies.ts';

/**
 * Every route of the composed application, as it stands: who may call it, and what a company gets
 * that sends the ids of another one.
 */
let system: TestSystem;
let owner: Database;
let app: FastifyInstance;
let routes: WalkedRoute[];
let theirs: Member;
let ours: Member;
let tables: TableInTest[];

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  ({ app, routes } = await appWithRoutes(system.deps));
  tables = (await tablesOf(owner)).filter(({ kind }) => kind === 'company');
  theirs = await givenMember(system, app, { shortCode: 'jia', name: '甲方物业' });
  ours = await givenMember(system, app, { shortCode: 'yi', name: '乙方物业' });
  await fillCompany(system, theirs.companyId);
});
afterAll(async () => {
  await app.close();
  await owner.close();
  await system.close();
});

const paramsOf = (url: string) => [...url.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');

function urlOf(route: WalkedRoute, ids: ReadonlyMap<string, string>): string {
  return route.url.replaceAll(/:(\w+)/g, (_match, name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`${route.key}: say in tableOf what :${name} names`);
    return id;
  });
}

function send(route: WalkedRoute, token: string | undefined, more: object = {}) {
  return app.inject({
    method: route.method,
    url: route.url.replaceAll(/:\w+/g, newId(system.clock.now())),
    ...(token !== undefined && { cookies: { wuye_session: token } }),
    ...more,
  });
}

const guarded = () => routes.filter(({ permission }) => permission !== 'public');
const ofStaff = () => guarded().filter(({ permission }) => permission !== 'resident');
/** Answers as long as somebody listens. */
const endless = ['GET /api/live'];

describe('every route', () => {
  test('says who may call it, by a permission that a role can have', () => {
    const known = new Set<string>([
      'public',
      'resident',
      'signed-in',
      ...permissions.map(({ name }) => name),
    ]);
    expect(routes.length).toBeGreaterThan(60);
    expect(routes.filter(({ permission }) => !known.has(permission ?? ''))).toEqual([]);
  });
  test('that is open to anybody is open on purpose', () => {
    const open = routes.filter(({ permission }) => permission === 'public').map(({ key }) => key);
    expect(open.sort()).toEqual([
      'GET /api/help',
      'GET /api/help/:key',
      'GET /api/resident/office',
      'GET /api/resident/sign-in-ways',
      'GET /api/resident/wallet-login/:channel',
      'GET /api/resident/wallet-return/:channel',
      'GET /cb/:channel',
      'GET /help/:company/:pictureId',
      'GET /help/pictures/:name',
      'GET /message-receipts/:shortCode/:accountNumber/:receiptKey',
      'GET /pay/:paymentId/back',
      'GET /q/:code',
      'GET /q/:code/ask',
      'GET /q/:code/payments/:paymentId',
      'GET /q/:code/payments/:paymentId/back',
      'GET /q/:code/payments/:paymentId/events',
      'GET /q/:code/payments/:paymentId/go',
      'GET /q/:code/payments/:paymentId/receipt',
      'GET /q/:code/payments/:paymentId/receipt.pdf',
      'GET /q/:code/payments/:paymentId/receipt.png',
      'GET /s/:code',
      'GET /t/:code',
      'GET /t/:code/photos/:photoId',
      'GET /v/:code',
      'GET /v/:code/ask',
      'POST /api/resident/codes',
      'POST /api/resident/session/phone',
      'POST /api/resident/session/wallet',
      'POST /api/session',
      'POST /message-receipts/:shortCode/:accountNumber/:receiptKey',
      'POST /notify/:channel/:shortCode/:accountNumber',
      'POST /pay/:paymentId/back',
      'POST /q/:code/ask',
      'POST /q/:code/pay',
      'POST /q/:code/payments/:paymentId/back',
      'POST /q/:code/payments/:paymentId/survey',
      'POST /t/:code/messages',
      'POST /t/:code/rating',
      'POST /t/:code/reopening',
      'POST /t/:code/withdrawal',
      'POST /v/:code/ask',
    ]);
  });
  test('refuses who is not signed in, before it looks at anything else', async () => {
    const odd = [];
    for (const route of guarded()) {
      for (const token of [undefined, 'forged', `${'0'.repeat(32)}.${'a'.repeat(43)}`]) {
        const { statusCode } = await send(route, token);
        if (statusCode !== 401) odd.push(`${route.key}: ${statusCode}`);
      }
    }
    expect(odd).toEqual([]);
  });
  test('refuses who has every permission but the one it names', async () => {
    const roleId = newId(system.clock.now());
    const { companyId } = ours;
    await owner.transaction(companyId, (tx) =>
      tx.run(sql`
        insert into identity.role (company_id, id, name, name_en, permissions, created_at)
        values (${companyId}, ${roleId}, '差一项', 'All but one', '{}', ${system.clock.now()})`),
    );
    await createStaff(system.deps, {
      companyId,
      loginName: 'all-but-one',
      displayName: '差一项',
      password,
      roleIds: [roleId],
      by: systemActor(companyId, 'test'),
    });
    const token = await signIn(app, 'all-but-one');
    const odd = [];
    for (const route of ofStaff().filter(({ permission }) => permission !== 'signed-in')) {
      const others = permissions
        .map(({ name }) => name)
        .filter((name) => name !== route.permission);
      await owner.global.run(sql`
        update identity.role set permissions = ${others} where id = ${roleId}`);
      const { statusCode } = await send(route, token);
      if (statusCode !== 403) odd.push(`${route.key}: ${statusCode}`);
    }
    expect(odd).toEqual([]);
  });
  test('refuses a browser that another site sends', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const odd = [];
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      const { statusCode } = await send(route, ours.token, { headers });
      // The channel is told in its own words that its message was not taken.
      const isBack = /^POST .*\/:paymentId\/back$/.test(route.key);
      // Banks lead browsers back by a form; nothing of it is read and nothing is changed.
      const wanted = route.url.startsWith('/notify/') ? 500 : isBack ? 200 : 403;
      if (statusCode !== wanted) odd.push(`${route.key}: ${statusCode}`);
    }
    expect(odd).toEqual([]);
  });
});

/** The rows of a run that is not ours are no rows. */
const emptyForUnknown = [
  'GET /api/bill-runs/:runId/bills',
  'GET /api/bill-runs/:runId/bills.csv',
  'GET /api/bill-runs/:runId/skipped',
  'GET /api/bill-runs/:runId/skipped.csv',
];
/** Files of a day that the channel, which nobody plays here, does not tell. */
const notThere = [
  'GET /api/merchant-accounts/:id/statements/:day/file',
  'GET /api/merchant-accounts/:id/statements/:day/lines.csv',
];
/** There for a paid payment; the one that is named may be open. */
const perhapsThere = [
  'GET /api/payments/:paymentId/receipt',
  'GET /api/payments/:paymentId/receipt.pdf',
  'GET /api/payments/:paymentId/receipt.png',
];
/** The templates are the system's own: a company has only its words for them. */
const ofEverybody = [
  'GET /api/message-templates/:templateKey',
  'PUT /api/message-templates/:templateKey/texts/:language',
  'POST /api/message-templates/:templateKey/preview',
];
/** Says how many units a choice meets, without writing: none of another company. */
const previews = ['POST /api/assignments/preview'];

/** With the least that a body needs, or with all that it may hold, the object is not found. */
function isRefusal(route: WalkedRoute, codes: readonly number[]): boolean {
  if (paramsOf(route.url).length === 0) return true;
  if (emptyForUnknown.includes(route.key)) return codes.every((code) => code === 200);
  return codes.includes(404) && codes.every((code) => code === 404 || code === 400);
}

function namesAny(payload: object | undefined, ids: ReadonlyMap<string, string>): boolean {
  const text = JSON.stringify(payload ?? '');
  return [...ids.values()].some((id) => text.includes(id));
}

/** A name, not an id: every company has its own under it. */
const isByName = ({ url }: WalkedRoute) => url.includes('/:articleKey');
const isWalked = (route: WalkedRoute) =>
  !endless.includes(route.key) && !ofEverybody.includes(route.key) && !isByName(route);
const inWalk = () => ofStaff().filter(isWalked);

describe('with the ids of another company', () => {
  test('the walk would notice: their own people find what the ids name', async () => {
    const ids = await idsOf(owner, theirs.companyId);
    const odd = [];
    for (const route of inWalk()) {
      if (route.method !== 'GET' || paramsOf(route.url).length === 0) continue;
      const { statusCode } = await send(route, theirs.token, { url: urlOf(route, ids) });
      const isOpen = statusCode === 409 && perhapsThere.includes(route.key);
      const wanted = isOpen || notThere.includes(route.key) ? 409 : 200;
      if (statusCode !== wanted) odd.push(`${route.key}: ${statusCode}`);
    }
    expect(odd).toEqual([]);
  });
  test('every route answers 404, tells nothing and changes nothing', async () => {
    const ids = await idsOf(owner, theirs.companyId);
    const before = await contentsOf(owner, tables, theirs.companyId);
    const sent = new Set(ids.values());
    const secrets = (await secretsOf(owner, tables, theirs.companyId)).filter(
      (secret) => !sent.has(secret),
    );
    const odd: string[] = [];
    for (const route of inWalk()) {
      const codes: number[] = [];
      for (const optional of [false, true]) {
        const request = await requestWith(route, ids, optional);
        const { statusCode, body } = await app.inject(request);
        codes.push(statusCode);
        const told = secrets.filter((secret) => body.includes(secret));
        if (told.length > 0) odd.push(`${route.key} told ${told.slice(0, 3).join()}`);
        const isNamed = namesAny(request.payload, ids) && statusCode < 300;
        if (isNamed && !previews.includes(route.key)) odd.push(`${route.key} took their ids`);
        if (statusCode >= 500) odd.push(`${route.key}: ${statusCode} ${body.slice(0, 200)}`);
      }
      if (!isRefusal(route, codes)) odd.push(`${route.key}: ${codes.join()}`);
    }
    expect(odd).toEqual([]);
    expect(await contentsOf(owner, tables, theirs.companyId)).toEqual(before);
  });
});

async function requestWith(
  route: WalkedRoute,
  ids: ReadonlyMap<string, string>,
  optional: boolean,
) {
  const options = { idOf: (field: string) => ids.get(field), optional };
  const { body, querystring } = route.schema;
  const query = querystring ? (sampleOf(querystring, options) as Record<string, string>) : {};
  delete query.after;
  const payload = body ? (sampleOf(body, options) as object) : undefined;
  // A session that the walk itself ended is begun again.
  const token = (await isAlive(ours.token)) ? ours.token : await signIn(app, 'admin-yi');
  if (token !== ours.token) ours = { ...ours, token };
  return {
    method: route.method,
    url: urlOf(route, ids),
    query,
    cookies: { wuye_session: token },
    ...(payload && { payload }),
  };
}

async function isAlive(token: string): Promise<boolean> {
  const answer = await app.inject({ url: '/api/session', cookies: { wuye_session: token } });
  return answer.statusCode === 200;
}
