import type { DemoClient } from './client.ts';
import { sunshineName } from './estate.ts';
import { lakesideName } from './house-list.ts';

interface DemoFee {
  readonly community: string;
  readonly feeItem: string;
  readonly category?: 'income' | 'deposit' | 'agency';
  readonly tariff: string;
  readonly kinds: readonly string[];
  readonly terms: Readonly<Record<string, string | number>>;
}

const service = '物业服务费';
const from = '2026-01-01';

/**
 * What the demo's homes, shops and parking spaces pay; common prices of a mid-size city. The first
 * community brings its property fees along in its workbook.
 */
const fees: readonly DemoFee[] = [
  {
    community: sunshineName,
    feeItem: '公共能耗费（代收）',
    category: 'agency',
    tariff: '每户 18 元',
    kinds: ['home'],
    terms: { basis: 'fixed', price: '18' },
  },
  {
    community: lakesideName,
    feeItem: service,
    tariff: '高层住宅 3.20 元',
    kinds: ['home'],
    terms: { basis: 'area', areaBasis: 'built', price: '3.20' },
  },
  {
    community: lakesideName,
    feeItem: service,
    tariff: '商铺 6.50 元',
    kinds: ['shop'],
    terms: { basis: 'area', areaBasis: 'built', price: '6.50' },
  },
  {
    community: lakesideName,
    feeItem: '车位管理费',
    tariff: '地下车位 80 元',
    kinds: ['parking'],
    terms: { basis: 'fixed', price: '80' },
  },
  {
    community: lakesideName,
    feeItem: '生活垃圾处理费（代收）',
    category: 'agency',
    tariff: '每户 8 元',
    kinds: ['home', 'shop'],
    terms: { basis: 'fixed', price: '8' },
  },
];

interface Named {
  readonly id: string;
  readonly name: string;
}

export async function ensureFees(client: DemoClient): Promise<void> {
  const communities = await client.get<{ items: Named[] }>('/api/communities');
  for (const fee of fees) {
    const community = communities.items.find(({ name }) => name === fee.community);
    if (community) await ensureFee(client, fee, community.id);
  }
}

async function ensureFee(client: DemoClient, fee: DemoFee, communityId: string): Promise<void> {
  const feeItemId = await feeItemOf(client, fee);
  const known = await client.get<{ items: Named[] }>(`/api/tariffs?feeItemId=${feeItemId}`);
  if (!known.items.some(({ name }) => name === fee.tariff)) {
    const tariff = { feeItemId, name: fee.tariff, effectiveFrom: from, ...fee.terms };
    await client.post('/api/tariffs', tariff);
  }
  await client.post('/api/assignments', {
    filter: { communityId, kinds: fee.kinds },
    feeItemId,
    tariffName: fee.tariff,
    fromOn: from,
  });
}

async function feeItemOf(client: DemoClient, fee: DemoFee): Promise<string> {
  const known = await client.get<{ items: Named[] }>('/api/fee-items');
  const found = known.items.find(({ name }) => name === fee.feeItem);
  if (found) return found.id;
  const body = { name: fee.feeItem, category: fee.category ?? 'income' };
  return (await client.post<Named>('/api/fee-items', body)).id;
}
