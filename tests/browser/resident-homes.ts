import { type APIRequestContext, expect } from '@playwright/test';

export interface Home {
  readonly unitId: string;
  /** 1栋1单元301, as the app writes it. */
  readonly label: string;
  readonly doorNo: string;
  readonly owner: string;
  readonly phone: string;
  readonly openFen: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const staff = { loginName: 'admin', password: 'wuye-demo-2026' };
const homesAFloor = 4;
const areas = ['89.37', '102.50', '76.40', '118.52'];

/**
 * A community of its own with two open bills at each home, made as staff make them: a house list,
 * prices, a bill run. Every home's owner has a phone that nobody else has.
 */
export async function givenHomes(request: APIRequestContext, count: number): Promise<Home[]> {
  await demoLoaded(request);
  const stamp = Date.now();
  const name = `听雨轩${stamp}`;
  const wanted = Array.from({ length: count }, (_, index) => ({
    doorNo: `${Math.floor(index / homesAFloor) + 1}0${(index % homesAFloor) + 1}`,
    owner: `沈听雨${index + 1}`,
    phone: `13${String(Math.floor(stamp / 100) % 100_000_000).padStart(8, '0')}${index}`,
    area: areas[index % areas.length],
  }));
  expect(count).toBeLessThanOrEqual(10);
  const list = [
    '小区,楼栋,单元,楼层,房号,房屋类型,建筑面积,业主姓名,手机号,入住日期',
    ...wanted.map(({ doorNo, owner, phone, area }) =>
      [name, '1栋', '1单元', doorNo[0], doorNo, '住宅', area, owner, phone, '2020-01-01'].join(),
    ),
  ].join('\n');
  await importList(request, name, list);
  const communityId = await communityNamed(request, name);
  await assign(request, communityId, '物业服务费', '高层住宅 3.20 元');
  await assign(request, communityId, '生活垃圾处理费（代收）', '每户 8 元');
  await publish(request, communityId);
  const { items } = await get<{ items: { id: string; label: string; doorNo: string }[] }>(
    request,
    `/api/units?limit=50&communityId=${communityId}`,
  );
  const homes = await Promise.all(
    wanted.map(async ({ doorNo, owner, phone }) => {
      const unit = items.find((one) => one.doorNo === doorNo);
      if (!unit) throw new Error(`no home ${doorNo} in ${name}`);
      const bills = await get<{ items: { openFen: number }[] }>(
        request,
        `/api/bills?state=open&limit=10&unitId=${unit.id}`,
      );
      const openFen = bills.items.reduce((sum, bill) => sum + bill.openFen, 0);
      return { unitId: unit.id, label: unit.label, doorNo, owner, phone, openFen };
    }),
  );
  await request.delete('/api/session');
  return homes;
}

/** The demo goes on loading while its first pages can be opened already; its residents come last. */
export async function demoLoaded(request: APIRequestContext): Promise<void> {
  await expect(async () => {
    await post(request, '/api/session', staff);
    const path = '/api/home-applications?limit=1';
    expect((await get<{ items: object[] }>(request, path)).items).not.toEqual([]);
  }).toPass({ timeout: 120_000, intervals: [1000] });
}

/** What is printed on the notice of payment of a home. */
export async function accountNumberOf(request: APIRequestContext, unitId: string) {
  await post(request, '/api/session', staff);
  const guide = await post<{ referencePrinted: string }>(request, `/api/units/${unitId}/transfer`);
  await request.delete('/api/session');
  return guide.referencePrinted;
}

/** Money that the home's owner paid ahead at the desk. */
export async function paidAhead(request: APIRequestContext, unitId: string, amountFen: number) {
  await post(request, '/api/session', staff);
  const money = { unitId, billIds: [], topUpFen: amountFen, amountFen, method: 'cash' };
  await post(request, '/api/payments/desk', { ...money, idempotencyKey: `ahead-${unitId}` });
  await request.delete('/api/session');
}

async function importList(request: APIRequestContext, name: string, list: string) {
  const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(list) };
  const sent = await request.post('/api/imports', { multipart: { communityName: name, file } });
  const { importId } = (await sent.json()) as { importId: string };
  const inState = (state: string) =>
    expect
      .poll(async () => {
        const found = await get<{ state: string }>(request, `/api/imports/${importId}`);
        return found.state;
      })
      .toBe(state);
  await inState('checked');
  await post(request, `/api/imports/${importId}/apply`);
  await inState('applied');
}

async function communityNamed(request: APIRequestContext, name: string): Promise<string> {
  const { items } = await get<{ items: Named[] }>(request, '/api/communities');
  return idOf(items, name);
}

async function assign(
  request: APIRequestContext,
  communityId: string,
  feeItem: string,
  tariffName: string,
): Promise<void> {
  const { items } = await get<{ items: Named[] }>(request, '/api/fee-items');
  await post(request, '/api/assignments', {
    filter: { communityId },
    feeItemId: idOf(items, feeItem),
    tariffName,
    fromOn: '2026-01-01',
  });
}

async function publish(request: APIRequestContext, communityId: string): Promise<void> {
  const month = `${new Date().toISOString().slice(0, 7)}-01`;
  const run = await post<{ id: string }>(request, '/api/bill-runs', { communityId, month });
  await post(request, `/api/bill-runs/${run.id}/publish`);
}

function idOf(items: readonly Named[], name: string): string {
  const found = items.find((one) => one.name === name);
  if (!found) throw new Error(`nothing is called ${name}`);
  return found.id;
}

async function get<Answer>(request: APIRequestContext, path: string): Promise<Answer> {
  const answer = await request.get(path);
  expect(answer.ok(), `${path} ${answer.status()}`).toBe(true);
  return (await answer.json()) as Answer;
}

async function post<Answer>(
  request: APIRequestContext,
  path: string,
  data: object = {},
): Promise<Answer> {
  const answer = await request.post(path, { data });
  const text = await answer.text();
  expect(answer.ok(), `${path} ${answer.status()} ${text}`).toBe(true);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}
