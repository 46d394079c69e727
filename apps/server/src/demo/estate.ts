import { readFile } from 'node:fs/promises';
import type { DemoClient } from './client.ts';
import { lakesideHouseList, lakesideName } from './house-list.ts';

export const sunshineName = '阳光花园';

interface ImportDetail {
  readonly state: string;
  readonly failure: { readonly message: string } | null;
  readonly applyBlockedBy: string | null;
}

const pollMs = 150;
const importTimeoutMs = 120_000;

/** Both communities of the demo, through the same import that a company uses. */
export async function ensureCommunities(client: DemoClient, workbook: string): Promise<void> {
  const { items } = await client.get<{ items: { name: string }[] }>('/api/communities');
  const known = new Set(items.map((community) => community.name));
  if (!known.has(sunshineName)) {
    await importFile(client, sunshineName, '阳光花园.xlsx', await readFile(workbook));
  }
  if (!known.has(lakesideName)) {
    await importFile(client, lakesideName, '翠湖雅苑.csv', Buffer.from(lakesideHouseList()));
  }
}

/** What residents call; one community has a telephone of its own. */
export async function ensureServicePhones(client: DemoClient): Promise<void> {
  const company = { phone: '400-820-8888', hours: '每天 8:00–20:00' };
  await client.put('/api/service-phone', { service: company });
  const { items } = await client.get<{ items: { id: string; name: string }[] }>('/api/communities');
  const lakeside = items.find(({ name }) => name === lakesideName);
  if (!lakeside) return;
  const service = { phone: '0571-8765 0001', hours: '周一至周日 8:30–17:30' };
  await client.put(`/api/communities/${lakeside.id}/service-phone`, { service });
}

async function importFile(
  client: DemoClient,
  communityName: string,
  fileName: string,
  bytes: Buffer,
): Promise<void> {
  const form = new FormData();
  form.set('communityName', communityName);
  form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
  const { importId } = await client.upload<{ importId: string }>('/api/imports', form);
  const checked = await until(client, importId, ['checked']);
  if (checked.applyBlockedBy) throw new Error(`demo import ${fileName}: ${checked.applyBlockedBy}`);
  await client.post(`/api/imports/${importId}/apply`);
  await until(client, importId, ['applied']);
}

async function until(client: DemoClient, importId: string, states: string[]) {
  const end = performance.now() + importTimeoutMs;
  while (performance.now() < end) {
    const detail = await client.get<ImportDetail>(`/api/imports/${importId}`);
    if (states.includes(detail.state)) return detail;
    if (detail.failure) throw new Error(`demo import failed: ${detail.failure.message}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error('the demo import did not end in time');
}
