import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import type { StaffActor } from '../../platform/actor.ts';
import { createApp } from '../../platform/http/index.ts';
import { authenticateResident } from '../resident/index.ts';
import { builtIn, picturesIn } from './domain/article.ts';
import { drawPicture, isBuiltInPicture } from './domain/pictures.ts';
import { addContentRoutes } from './index.ts';

let system: TestSystem;
let app: FastifyInstance;
let staff: StaffActor;
let otherCompany: string;
beforeAll(async () => {
  system = await givenSystem();
  staff = system.staff;
  otherCompany = await system.addCompany('other');
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => staff,
    authenticateResident: (request) => authenticateResident(system.deps, request),
  });
  const companies: Record<string, string> = { test: system.companyId, other: otherCompany };
  addContentRoutes(app, system.deps, {
    companyByShortCode: async (_deps, code) => {
      const companyId = companies[code];
      return companyId === undefined ? undefined : { companyId };
    },
  });
});
afterAll(async () => {
  await app.close();
  await system.close();
});

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await app.inject({ url, headers });
  return { status: answer.statusCode, body: answer.json() };
};
const send = async (method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const answer = await app.inject({ method, url, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json() };
};
/** One black pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNg' +
    'YGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
);
const upload = (payload: Buffer, type = 'image/png') =>
  app.inject({
    method: 'POST',
    url: '/api/help-pictures',
    payload,
    headers: { 'content-type': type },
  });

describe('the product’s help', () => {
  test('is whole in both languages, and every picture that it shows can be drawn', () => {
    for (const { title, body } of builtIn) {
      for (const language of ['zh', 'en'] as const) {
        expect(title[language].length).toBeGreaterThan(2);
        for (const name of picturesIn(body[language])) {
          expect(isBuiltInPicture(name), name).toBe(true);
          expect(drawPicture(name, language)).toMatch(/^<svg /);
        }
      }
    }
  });
  test('is open to everybody and found by what it says', async () => {
    const all = await get('/api/help?company=test');
    expect(all.body.items.length).toBeGreaterThan(15);
    const found = await get(`/api/help?company=test&search=${encodeURIComponent('代扣 跳过')}`);
    expect(found.body.items.map(({ key }: { key: string }) => key)).toEqual(['autopay']);
    const english = await get('/api/help/autopay?company=test&lang=en');
    expect(english.body.title).toBe('Set up autopay');
    expect((await get('/api/help?company=nobody')).status).toBe(404);
    expect((await get('/api/help/no-such-thing?company=test')).status).toBe(404);
  });
  test('is changed for one company only, and can be taken back', async () => {
    const article = {
      category: 'trouble',
      titleZh: '客服电话',
      titleEn: '',
      bodyZh: '请打 400-000-0000',
      bodyEn: '',
      state: 'published',
    };
    await send('PUT', '/api/help-articles/safety', article);
    await send('PUT', '/api/help-articles/our-phone', article);
    expect((await get('/api/help/safety?company=test')).body.title).toBe('客服电话');
    // No English of their own: Chinese rather than nothing.
    expect((await get('/api/help/our-phone?company=test&lang=en')).body.title).toBe('客服电话');
    expect((await get('/api/help/safety?company=other')).body.title).toBe('防骗提示');
    expect((await get('/api/help/our-phone?company=other')).status).toBe(404);
    expect((await send('DELETE', '/api/help-articles/safety')).status).toBe(200);
    expect((await get('/api/help/safety?company=test')).body.title).toBe('防骗提示');
    expect((await send('DELETE', '/api/help-articles/safety')).status).toBe(404);
    await send('PUT', '/api/help-articles/our-phone', { ...article, state: 'hidden' });
    expect((await get('/api/help/our-phone?company=test')).status).toBe(404);
  });
});

describe('pictures', () => {
  test('are taken by what they are, not by what they are called', async () => {
    const { id } = (await upload(png)).json<{ id: string }>();
    const shown = await app.inject({ url: `/help/test/${id}` });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/png']);
    expect((await app.inject({ url: `/help/other/${id}` })).statusCode).toBe(404);
    const page = Buffer.from('<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>');
    expect((await upload(page)).statusCode).toBe(400);
    expect((await upload(Buffer.concat([png, Buffer.alloc(1024 * 1024)]))).statusCode).toBe(413);
  });
  test('that an article names must be there', async () => {
    const body = '![图](picture:0190d0c0-0000-7000-8000-000000000000)';
    const article = { category: 'pay', titleZh: '图', titleEn: '', bodyEn: '', state: 'published' };
    const answer = await send('PUT', '/api/help-articles/with-picture', {
      ...article,
      bodyZh: body,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.problems[0].field).toBe('bodyZh');
    const { id } = (await upload(png)).json<{ id: string }>();
    const good = { ...article, bodyZh: `![图](picture:${id})` };
    expect((await send('PUT', '/api/help-articles/with-picture', good)).status).toBe(200);
  });
});

describe('announcements', () => {
  const draft = async (text: object) => {
    const body = { kind: 'news', title: '停水通知', body: '周六 9 点到 12 点停水。', ...text };
    return (await send('POST', '/api/announcements', body)).body.id as string;
  };
  const publish = (id: string) => send('POST', `/api/announcements/${id}/publish`);
  const titlesFor = async (headers: Record<string, string>) => {
    const { body } = await get('/api/resident/announcements', headers);
    return body.items.map(({ title }: { title: string }) => title) as string[];
  };

  test('are seen by the communities that they are for, from published to over', async () => {
    const here = await givenUnit(system, { community: '公告小区' });
    const there = await givenUnit(system, { community: '别的小区' });
    const { headers } = await givenResident(system, { unitIds: [here.unitId] });
    const neighbour = await givenResident(system, { unitIds: [there.unitId] });
    await publish(await draft({ title: '给所有人' }));
    const id = await draft({ title: '只给这里', communityId: here.communityId, isPinned: true });
    expect(await titlesFor(headers)).toEqual(['给所有人']);
    await publish(id);
    await publish(await draft({ title: '昨天为止', expiresOn: '2026-11-23' }));
    expect(await titlesFor(headers)).toEqual(['只给这里', '给所有人']);
    expect(await titlesFor(neighbour.headers)).toEqual(['给所有人']);
    const url = `/api/resident/announcements/${id}`;
    expect((await get(url, neighbour.headers)).status).toBe(404);
    expect((await get(url, headers)).body).toMatchObject({ title: '只给这里', isRead: true });
    await get(url, headers);
    expect((await get(`/api/announcements/${id}`)).body.readers).toBe(1);
    expect((await get('/api/resident/announcements', headers)).body.unread).toBe(1);
    await send('POST', `/api/announcements/${id}/withdraw`);
    expect(await titlesFor(headers)).toEqual(['给所有人']);
  });
  test('once published are withdrawn, not rewritten', async () => {
    const id = await draft({});
    const text = { kind: 'news', title: '改过', body: '改过' };
    expect((await send('POST', `/api/announcements/${id}/withdraw`)).status).toBe(409);
    expect((await send('PUT', `/api/announcements/${id}`, text)).body.title).toBe('改过');
    await Promise.all(Array.from({ length: 8 }, () => publish(id)));
    expect((await send('PUT', `/api/announcements/${id}`, text)).status).toBe(409);
  });
  test('of another company’s community are refused, another company’s are not found', async () => {
    const theirs = await givenUnit(system, { companyId: otherCompany });
    const body = { kind: 'news', title: '越界', body: '越界', communityId: theirs.communityId };
    expect((await send('POST', '/api/announcements', body)).status).toBe(400);
    const id = await draft({});
    staff = { ...system.staff, companyId: otherCompany };
    expect((await publish(id)).status).toBe(404);
    staff = system.staff;
  });
});
