import { fen, yuanText } from '@wuye-pay/money';
import type { DemoClient } from './client.ts';
import { lakesideName } from './house-list.ts';

const bankName = '建设银行';
const pollMs = 150;
const timeoutMs = 120_000;

interface OpenBill {
  readonly unitId: string;
  readonly unitLabel: string;
  readonly openFen: number;
}

/** One bank account, a reference for every home, and a statement with something of each kind. */
export async function ensureBank(client: DemoClient, today: string): Promise<void> {
  const accounts = await client.get<{ items: { id: string }[] }>('/api/bank-accounts');
  const account =
    accounts.items[0] ??
    (await client.post<{ id: string }>('/api/bank-accounts', {
      name: '建行基本户',
      holder: '阳光物业服务有限公司',
      bankName,
      branch: '翠湖支行',
      number: '33050161000100012345',
      communityIds: [],
    }));
  const communities = await client.get<{ items: { id: string; name: string }[] }>(
    '/api/communities',
  );
  const communityId = communities.items.find(({ name }) => name === lakesideName)?.id ?? '';
  await client.post('/api/bank-references', { communityId });
  const imports = await client.get<{ items: { id: string; state: string }[] }>('/api/bank-imports');
  const begun = imports.items[0];
  if (begun?.state === 'applied') return;
  await importStatement(
    client,
    begun?.id ?? (await upload(client, account.id, communityId, today)),
  );
}

async function upload(
  client: DemoClient,
  bankAccountId: string,
  communityId: string,
  today: string,
): Promise<string> {
  const form = new FormData();
  form.set('bankAccountId', bankAccountId);
  const text = await statement(client, communityId, today);
  form.set('file', new Blob([`\uFEFF${text}`]), '建行网银明细.csv');
  const answer = await client.upload<{ bankImportId: string }>('/api/bank-imports', form);
  return answer.bankImportId;
}

async function importStatement(client: DemoClient, bankImportId: string): Promise<void> {
  const path = `/api/bank-imports/${bankImportId}`;
  await until(client, path, ['checked', 'apply-waiting', 'applying', 'applied']);
  await client.post(`${path}/apply`, { acceptLookAlikes: true });
  await until(client, path, ['applied']);
}

async function until(client: DemoClient, path: string, states: string[]): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const detail = await client.get<{ state: string; applyBlockedBy: string | null }>(path);
    if (detail.state === 'checked' && detail.applyBlockedBy) throw new Error(detail.applyBlockedBy);
    if (states.includes(detail.state)) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error('the demo statement was not imported in time');
}

/** Matched, partly matched, suggested by the door, unknown, a settlement, and a debit. */
async function statement(client: DemoClient, communityId: string, today: string): Promise<string> {
  const [whole, part, door] = await owing(client, communityId);
  if (!whole || !part || !door) throw new Error('the demo has too few homes that owe something');
  const referenceOf = async ({ unitId }: OpenBill) => {
    const guide = await client.get<{ referencePrinted: string }>(`/api/units/${unitId}/transfer`);
    return guide.referencePrinted;
  };
  const credits = [
    [whole.openFen, '陈静', '6217001180012345678', `物业费 ${await referenceOf(whole)}`],
    [part.openFen + 50_00, '杨建国', '6222021202045678901', await referenceOf(part)],
    [door.openFen, '刘志强', '6230580000123456789', `${door.unitLabel}物业费`],
    [88_00, '李桂兰', '6212262002012345678', '转账'],
    [1286_40, '财付通支付科技有限公司', '1000107101', '商户结算款'],
  ] as const;
  let balance = 52_318_06;
  const rows = credits.map(([amountFen, name, account, remark], index) => {
    balance += amountFen;
    const amount = yuanText(fen(amountFen));
    const total = yuanText(fen(balance));
    return [today, '', amount, total, name, account, '转入', remark, `DEMO${today}${index}`].join();
  });
  balance -= 963_20;
  const total = yuanText(fen(balance));
  const debit = [today, '963.20', '', total, '市供电公司', '3300', '电费', '公区电费', 'DEMO-D1'];
  const header = '交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,附言,交易流水号';
  return ['账户明细', header, ...rows, debit.join(), '合计'].join('\r\n');
}

/** What homes owe in all, the first few; a page of bills lists a home together. */
async function owing(client: DemoClient, communityId: string): Promise<OpenBill[]> {
  const bills = await client.get<{ items: OpenBill[] }>(
    `/api/bills?state=open&limit=60&communityId=${communityId}`,
  );
  const byUnit = new Map<string, OpenBill>();
  for (const bill of bills.items) {
    const known = byUnit.get(bill.unitId)?.openFen ?? 0;
    byUnit.set(bill.unitId, { ...bill, openFen: known + bill.openFen });
  }
  // The first home is the one whose code the demo opens with, the last one may be cut.
  return [...byUnit.values()].slice(3, -1).filter((_home, index) => index % 3 === 0);
}
