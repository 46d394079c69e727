import { type APIRequestContext, expect } from '@playwright/test';

export type Home = { unitId: string; communityName: string; label: string; roomCodeUrl: string };

const importMs = 30_000;
/** The month of the demo's newest bills has fees of both kinds. */
const fees = [
  { feeItem: '物业服务费', tariffName: '高层住宅 3.20 元' },
  { feeItem: '生活垃圾处理费（代收）', tariffName: '每户 8 元' },
];

type Named = { id: string; name: string };
type List<Item> = { items: Item[] };

/** A home that nobody else pays for, in a community of its own, with two bills of this month. */
export async function givenHome(request: APIRequestContext): Promise<Home> {
  const communityName = `枫林苑${Date.now()}`;
  await signInStaff(request);
  await importHouses(request, communityName);
  const { items } = await get<List<Named>>(request, '/api/communities', { limit: '200' });
  const communityId = items.find(({ name }) => name === communityName)?.id ?? '';
  await bill(request, communityId);
  const units = await get<List<{ id: string; label: string }>>(request, '/api/units', {
    communityId,
  });
  const [unit] = units.items;
  if (!unit) throw new Error('the house list has no home');
  const code = await get<{ url: string }>(request, `/api/units/${unit.id}/room-code`);
  return { unitId: unit.id, communityName, label: unit.label, roomCodeUrl: code.url };
}

export async function signInStaff(request: APIRequestContext): Promise<void> {
  await post(request, '/api/session', { loginName: 'admin', password: 'wuye-demo-2026' });
}

async function importHouses(request: APIRequestContext, communityName: string): Promise<void> {
  const list = [
    '小区,楼栋,单元,楼层,房号,房屋类型,建筑面积,业主姓名,手机号,入住日期',
    `${communityName},1栋,1单元,3,301,住宅,89.37,赵国平,13900007001,2020-01-01`,
  ].join('\n');
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) };
  const multipart = { communityName, file };
  const { importId } = await json<{ importId: string }>(
    request.post('/api/imports', { multipart }),
  );
  const isIn = (state: string) =>
    expect
      .poll(async () => (await get<{ state: string }>(request, `/api/imports/${importId}`)).state, {
        timeout: importMs,
      })
      .toBe(state);
  await isIn('checked');
  await post(request, `/api/imports/${importId}/apply`);
  await isIn('applied');
}

async function bill(request: APIRequestContext, communityId: string): Promise<void> {
  const month = `${new Date().toISOString().slice(0, 7)}-01`;
  const { items } = await get<List<Named>>(request, '/api/fee-items', { limit: '200' });
  for (const { feeItem, tariffName } of fees) {
    const feeItemId = items.find(({ name }) => name === feeItem)?.id;
    const filter = { communityId, kinds: ['home'] };
    await post(request, '/api/assignments', { filter, feeItemId, tariffName, fromOn: month });
  }
  const run = await post<{ id: string }>(request, '/api/bill-runs', { communityId, month });
  await post(request, `/api/bill-runs/${run.id}/publish`);
}

export async function get<Answer>(
  request: APIRequestContext,
  path: string,
  params: Record<string, string> = {},
): Promise<Answer> {
  return await json<Answer>(request.get(path, { params }));
}

/** `headers` of a resident; without them it is the staff's cookie that asks. */
export async function post<Answer>(
  request: APIRequestContext,
  path: string,
  data?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return await json<Answer>(request.post(path, { ...(data && { data }), headers }));
}

async function json<Answer>(sending: ReturnType<APIRequestContext['get']>): Promise<Answer> {
  const answer = await sending;
  const text = await answer.text();
  expect(answer.ok(), `${answer.url()} ${answer.status()} ${text}`).toBe(true);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}
