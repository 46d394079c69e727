import type { DemoClient } from './client.ts';
import { sunshineName } from './estate.ts';
import { lakesideName } from './house-list.ts';

interface Run {
  readonly id: string;
  readonly communityId: string;
  readonly month: string;
  readonly state: string;
  readonly billCount: number;
}

/** Half a year: the workbook's fees are billed every three and six months. */
const sunshineMonths = 6;
const lakesideMonths = 2;

/** Publishes the bills of both communities up to the month, oldest first. */
export async function ensureBills(client: DemoClient, month: string): Promise<void> {
  const communities = await client.get<{ items: Community[] }>('/api/communities');
  for (const { id, name } of communities.items) {
    const count = name === sunshineName ? sunshineMonths : lakesideMonths;
    for (const each of monthsUpTo(month, count)) await ensureRun(client, id, each);
  }
}

interface Community {
  readonly id: string;
  readonly name: string;
}

function monthsUpTo(month: string, count: number): string[] {
  const last = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, index) => {
    const each = last - count + 1 + index;
    return `${Math.floor(each / 12)}-${String((each % 12) + 1).padStart(2, '0')}-01`;
  });
}

async function ensureRun(client: DemoClient, communityId: string, month: string): Promise<void> {
  const query = `communityId=${communityId}&month=${month}`;
  const { items } = await client.get<{ items: Run[] }>(`/api/bill-runs?${query}`);
  const same = items.filter((run) => run.month === month && run.communityId === communityId);
  if (same.some((run) => run.state === 'published')) return;
  const draft = same.find((run) => run.state === 'draft');
  const run = draft ?? (await client.post<Run>('/api/bill-runs', { communityId, month }));
  if (run.billCount > 0) await client.post(`/api/bill-runs/${run.id}/publish`);
}

const deskPayments = 12;

interface OpenBill {
  readonly id: string;
  readonly unitId: string;
  readonly month: string;
  readonly openFen: number;
}

/** Some owners came to the desk: the first bill of every third home. Keys make it repeatable. */
export async function ensureDeskPayments(client: DemoClient): Promise<void> {
  const communities = await client.get<{ items: Community[] }>('/api/communities');
  const lakeside = communities.items.find(({ name }) => name === lakesideName);
  const bills = await client.get<{ items: OpenBill[] }>(
    `/api/bills?state=overdue&limit=200&communityId=${lakeside?.id ?? ''}`,
  );
  const byUnit = new Map(bills.items.map((bill) => [bill.unitId, bill]));
  const chosen = [...byUnit.values()].filter((_, index) => index % 3 === 0);
  for (const bill of chosen.slice(0, deskPayments)) {
    await client.post('/api/payments/desk', {
      unitId: bill.unitId,
      billIds: [bill.id],
      method: 'cash',
      amountFen: bill.openFen,
      idempotencyKey: `demo-desk-${bill.id}`,
    });
  }
}

/** The room code of the first home that owes something: the link to begin with. */
export async function firstRoomCode(client: DemoClient): Promise<string> {
  const bills = await client.get<{ items: { unitId: string }[] }>('/api/bills?state=open&limit=1');
  const unitId = bills.items[0]?.unitId;
  if (unitId === undefined) throw new Error('the demo has no open bill');
  return (await client.get<{ url: string }>(`/api/units/${unitId}/room-code`)).url;
}
