import type { APIRequestContext } from '@playwright/test';
import { entryOf, home, type PageName, pages } from '../../apps/resident/src/pages.ts';

export const company = 'demo';
export const pageNames = Object.keys(pages) as PageName[];

type Finder = (request: APIRequestContext) => Promise<string | undefined>;

/** For each parameter that a page needs: something of whoever is signed in to open it with. */
const finders: Readonly<Record<string, Finder>> = {
  announcementId: async (request) => {
    const { items } = await get<Items<'id'>>(request, '/api/resident/announcements');
    return items[0]?.id;
  },
  billId: async (request) => (await homes(request)).flatMap(({ bills }) => bills)[0]?.id,
  code: async (request) => {
    const unitId = (await homes(request))[0]?.unitId;
    const path = `/api/resident/homes/${unitId}/invitations`;
    const made = await post<{ code: string }>(request, path, { role: 'family', note: '爸爸' });
    return made.code.replace(/[\s-]/g, '');
  },
  communityId: async (request) => {
    const name = (await homes(request))[0]?.communityName;
    const { items } = await get<Items<'id' | 'name'>>(request, '/api/resident/communities');
    return items.find((one) => one.name === name)?.id;
  },
  key: async (request) => {
    const { items } = await get<Items<'key'>>(request, `/api/help?company=${company}`);
    return items[0]?.key;
  },
  mandateId: async (request) => {
    const known = await get<{ mandates: { id: string }[] }>(request, '/api/resident/autopay');
    return known.mandates[0]?.id ?? (await signMandate(request));
  },
  paymentId: async (request) => {
    const { items } = await get<Items<'id' | 'kind' | 'state'>>(request, '/api/resident/history');
    return items.find(({ kind, state }) => kind !== 'balance' && state === 'paid')?.id;
  },
  ticketId: async (request) => {
    const { items } = await get<Items<'id'>>(request, '/api/resident/tickets');
    return items[0]?.id ?? (await openTicket(request));
  },
  unitId: async (request) => (await homes(request)).find(({ balance }) => balance)?.unitId,
};

export const knownParameters = Object.keys(finders);

export type Examples = Readonly<Record<string, string>>;

/** @throws when whoever is signed in has nothing to open a page with */
export async function examplesOf(request: APIRequestContext): Promise<Examples> {
  const needed = new Set(pageNames.flatMap((name) => entryOf(name).needs ?? []));
  const found: Record<string, string> = {};
  for (const name of needed) {
    const value = await finders[name]?.(request);
    if (value === undefined) throw new Error(`nothing to open a page with that needs ${name}`);
    found[name] = value;
  }
  return found;
}

export function addressOf(name: PageName, examples: Examples): string {
  const parts = (entryOf(name).needs ?? []).map((need) => `/${examples[need]}`);
  return `/r/${company}/${name === home ? '' : name}${parts.join('')}`;
}

type Items<Names extends string> = { readonly items: readonly Readonly<Record<Names, string>>[] };

interface HomeBills {
  readonly unitId: string;
  readonly communityName: string;
  readonly balance: unknown;
  readonly bills: readonly { readonly id: string }[];
}

async function homes(request: APIRequestContext): Promise<readonly HomeBills[]> {
  const open = await get<{ homes: readonly HomeBills[] }>(request, '/api/resident/bills');
  return open.homes;
}

async function openTicket(request: APIRequestContext): Promise<string> {
  const unitId = (await homes(request))[0]?.unitId;
  const categories = await get<{ items: { id: string; isDispute: boolean }[] }>(
    request,
    '/api/resident/ticket-categories',
  );
  const ticket = await post<{ id: string }>(request, '/api/resident/tickets', {
    idempotencyKey: `screens-${Date.now()}`,
    unitId,
    categoryId: categories.items.find(({ isDispute }) => !isDispute)?.id,
    text: '三楼楼道的灯不亮了，晚上看不清台阶。',
    photoIds: [],
  });
  return ticket.id;
}

interface AutopayOption {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly homes: readonly {
    readonly unitId: string;
    readonly items: readonly { readonly feeItemId: string }[];
  }[];
}

/** Asked for, and not signed yet. */
async function signMandate(request: APIRequestContext): Promise<string | undefined> {
  const { options, firstDebitOn } = await get<{ options: AutopayOption[]; firstDebitOn: string }>(
    request,
    '/api/resident/autopay/options?surface=h5',
  );
  const [option] = options;
  if (!option) return undefined;
  const { channel, merchantAccountId, homes: offered } = option;
  const signing = await post<{ mandateId: string }>(request, '/api/resident/autopay', {
    ...{ channel, merchantAccountId, firstDebitOn, surface: 'h5' },
    homes: offered.map(({ unitId, items }) => ({
      unitId,
      feeItemIds: items.map(({ feeItemId }) => feeItemId),
    })),
    limitDebitFen: 1000_00,
    limitMonthFen: 2000_00,
    idempotencyKey: `screens-${Date.now()}`,
  });
  return signing.mandateId;
}

async function get<Answer>(request: APIRequestContext, path: string): Promise<Answer> {
  const answer = await request.get(path);
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`);
  return (await answer.json()) as Answer;
}

async function post<Answer>(
  request: APIRequestContext,
  path: string,
  data: object,
): Promise<Answer> {
  const answer = await request.post(path, { data });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${text}`);
  return JSON.parse(text) as Answer;
}
