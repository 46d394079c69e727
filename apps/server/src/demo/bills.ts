import type { DemoClient } from './client.ts';

interface Run {
  readonly id: string;
  readonly communityId: string;
  readonly month: string;
  readonly state: string;
  readonly billCount: number;
}

/** Publishes the bills of every community for the given months, oldest first. */
export async function ensureBills(client: DemoClient, months: readonly string[]): Promise<void> {
  const communities = await client.get<{ items: { id: string }[] }>('/api/communities');
  for (const { id: communityId } of communities.items) {
    for (const month of months) await ensureRun(client, communityId, month);
  }
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

/** The room code of the first home that owes something: the link to begin with. */
export async function firstRoomCode(client: DemoClient): Promise<string | undefined> {
  const bills = await client.get<{ items: { unitId: string }[] }>('/api/bills?state=open&limit=1');
  const unitId = bills.items[0]?.unitId;
  if (unitId === undefined) return undefined;
  return (await client.get<{ url: string }>(`/api/units/${unitId}/room-code`)).url;
}
