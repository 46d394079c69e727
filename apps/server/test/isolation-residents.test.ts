import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type Database, sql } from '../src/platform/database/index.ts';
import { givenUnit } from './estate-builders.ts';
import { type TableInTest, tablesOf } from './generic-rows.ts';
import { givenSystem, type TestSystem } from './harness.ts';
import { givenResident, type ResidentInTest } from './resident-builders.ts';
import { appWithRoutes, sampleOf, type WalkedRoute } from './route-walk.ts';
import { contentsOf, fillCompany, givenMember, idsOf, type Member } from './two-companies.ts';

/**
 * Every route of the resident app, as it stands: what a resident of another company gets who sends
 * a company's ids, and what a neighbour gets who sends those of another home.
 */
let system: TestSystem;
let owner: Database;
let app: FastifyInstance;
let routes: WalkedRoute[];
let theirs: Member;
let other: Member;
let tables: TableInTest[];
let ids: Map<string, string>;

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  const walked = await appWithRoutes(system.deps);
  app = walked.app;
  routes = walked.routes.filter(({ permission }) => permission === 'resident');
  tables = (await tablesOf(owner)).filter(({ kind }) => kind === 'company');
  theirs = await givenMember(system, app, { shortCode: 'jia', name: '甲方物业' });
  other = await givenMember(system, app, { shortCode: 'yi', name: '乙方物业' });
  await fillCompany(system, theirs.companyId);
  ids = await idsOf(owner, theirs.companyId);
  const home = await owner.read(theirs.companyId, (tx) =>
    tx.one(sql<{ unitId: string }>`
      select unit_id as "unitId" from resident.binding where company_id = ${tx.companyId} limit 1`),
  );
  ids.set('unitId', home.unitId).set('unitIds', home.unitId);
});
afterAll(async () => {
  await app.close();
  await owner.close();
  await system.close();
});

const paramsOf = (url: string) => [...url.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
const residentTables = () => tables.filter(({ name }) => name.startsWith('resident.'));

/** What is everybody's in a company: houses have numbers, and notices hang in the hall. */
const ofTheCompany = [
  'GET /api/resident/buildings/:buildingId/units',
  'GET /api/resident/communities/:communityId/buildings',
];
/** Asks nobody but whoever paid, and leads only to the app's own page of a payment. */
const tellsNothing = ['POST /api/resident/satisfaction/question', 'GET /pay/:paymentId/receipt'];
/** 公示: what homes of a community pay is told to everybody who has a home in it. */
const published = ['GET /api/resident/communities/:communityId/fee-standards'];
/** Whoever wants a home names it; staff decide. */
const anyHome = ['POST /api/resident/applications'];
/** Lists of places: of another company, an empty one. */
const emptyForUnknown = ofTheCompany;

function requestOf(route: WalkedRoute, headers: object, optional: boolean) {
  const options = { idOf: (field: string) => ids.get(field), optional };
  const { body, querystring } = route.schema;
  const query = querystring ? (sampleOf(querystring, options) as Record<string, string>) : {};
  delete query.after;
  const payload = body ? (sampleOf(body, options) as object) : undefined;
  const url = route.url.replaceAll(/:(\w+)/g, (_match, name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`${route.key}: say in tableOf what :${name} names`);
    return id;
  });
  return { method: route.method, url, query, headers: { ...headers }, ...(payload && { payload }) };
}

const nameOfAny = (text: object | undefined) =>
  [...ids.values()].some((id) => id.length === 36 && JSON.stringify(text ?? '').includes(id));

/** Sends theirs' ids to every route as somebody else. @returns what was odd */
async function walk(stranger: () => Promise<ResidentInTest>, exempt: readonly string[]) {
  const odd: string[] = [];
  let named = 0;
  for (const route of routes) {
    for (const optional of [false, true]) {
      const { headers } = await stranger();
      const request = requestOf(route, headers, optional);
      const { statusCode, body } = await app.inject(request);
      const isNamed = paramsOf(route.url).length > 0 || nameOfAny(request.payload);
      if (isNamed) named += 1;
      // No account sends messages here, which is said with 503.
      if (statusCode === 500) odd.push(`${route.key}: ${statusCode} ${body.slice(0, 200)}`);
      const isPublished = route.key.endsWith('/fee-standards') && exempt.includes(route.key);
      if (/甲某|甲的|甲方费/.test(body) && !isPublished) {
        odd.push(`${route.key} told ${body.slice(0, 200)}`);
      }
      if (isNamed && statusCode < 400 && !exempt.includes(route.key)) {
        odd.push(`${route.key}: ${statusCode}`);
      }
    }
  }
  return { odd, named };
}

describe('every route of the app', () => {
  test('refuses who is nobody, and a member of staff who is no resident', async () => {
    const odd = [];
    for (const route of routes) {
      const request = requestOf(route, {}, false);
      const asStaff = { ...request, cookies: { wuye_session: theirs.token } };
      const asBoth = { ...request, headers: { authorization: `Bearer ${theirs.token}` } };
      for (const tried of [request, asStaff, asBoth]) {
        const { statusCode } = await app.inject(tried);
        if (statusCode !== 401) odd.push(`${route.key}: ${statusCode}`);
      }
    }
    expect(odd).toEqual([]);
    expect(routes.length).toBeGreaterThan(30);
  });

  test('gives a resident of another company nothing, and changes nothing', async () => {
    const before = await contentsOf(owner, tables, theirs.companyId);
    const stranger = () => givenResident(system, { companyId: other.companyId });
    const { odd, named } = await walk(stranger, [...emptyForUnknown, ...tellsNothing]);
    expect(odd).toEqual([]);
    expect(named).toBeGreaterThan(10);
    expect(await contentsOf(owner, tables, theirs.companyId)).toEqual(before);
  });

  test('gives a neighbour nothing of another home, and takes nothing from it', async () => {
    const own = await givenUnit(system, { companyId: theirs.companyId, doorNo: '9901' });
    const of = (accountId: string) =>
      owner.read(theirs.companyId, async (tx) => {
        const found: Record<string, unknown> = {};
        for (const { name } of residentTables()) {
          const isAccount = name === 'resident.account';
          const { rows } = await tx.client.query(
            `select to_jsonb(t) as row from ${name} as t where company_id = $1
              and to_jsonb(t)->>'${isAccount ? 'id' : 'account_id'}' = $2 order by t::text`,
            [theirs.companyId, accountId],
          );
          found[name] = rows;
        }
        return found;
      });
    const victim = ids.get('residentId') ?? '';
    const before = await of(victim);
    const stranger = () =>
      givenResident(system, { companyId: theirs.companyId, unitIds: [own.unitId] });
    const { odd } = await walk(stranger, [
      ...ofTheCompany,
      ...anyHome,
      ...tellsNothing,
      ...published,
    ]);
    expect(odd).toEqual([]);
    expect(await of(victim)).toEqual(before);
  });
});

describe('the session of a resident', () => {
  test('opens no door of the console', async () => {
    const { token, headers } = await givenResident(system, { companyId: theirs.companyId });
    for (const url of ['/api/residents', '/api/session', '/api/staff', '/api/bills']) {
      expect((await app.inject({ url, headers })).statusCode).toBe(401);
      const cookies = { wuye_session: token, 'resident-jia': token };
      expect((await app.inject({ url, cookies })).statusCode).toBe(401);
    }
  });

  test('of two companies on one origin, each page has its own', async () => {
    const [jia, yi] = [
      await givenResident(system, { companyId: theirs.companyId }),
      await givenResident(system, { companyId: other.companyId }),
    ];
    const cookies = { 'resident-jia': jia.token, 'resident-yi': yi.token };
    const me = async (headers: Record<string, string>) => {
      const answer = await app.inject({ url: '/api/resident/me', cookies, headers });
      return answer.statusCode === 200 ? answer.json().accountId : answer.statusCode;
    };
    expect(await me({ referer: 'http://localhost:8080/r/jia/bills' })).toBe(jia.accountId);
    expect(await me({ referer: 'http://localhost:8080/r/yi/' })).toBe(yi.accountId);
    expect(await me({ 'x-company': 'yi' })).toBe(yi.accountId);
    expect(await me({ 'x-company': 'none' })).toBe(401);
    expect(await me({})).toBe(401);
  });

  test('of an account that was closed is over, whatever it asks for', async () => {
    const { accountId, headers } = await givenResident(system, { companyId: theirs.companyId });
    await owner.transaction(theirs.companyId, (tx) =>
      tx.run(sql`
        update resident.account set state = 'closed', display_name = null,
          closed_at = ${system.clock.now()}
        where company_id = ${tx.companyId} and id = ${accountId}`),
    );
    const odd = [];
    for (const route of routes) {
      const { statusCode } = await app.inject(requestOf(route, headers, false));
      if (statusCode !== 401) odd.push(`${route.key}: ${statusCode}`);
    }
    expect(odd).toEqual([]);
  });
});
