import {
  answerDispute,
  builtInId,
  changeSettings,
  defaultSettings,
  keepPhoto,
  makeDigests,
  openTicket,
  rateTicket,
  replyToTicket,
  saveCanned,
} from '../modules/feedback/index.ts';
import type { StaffActor } from '../platform/actor.ts';
import type { Deps } from '../platform/deps.ts';
import { AppError } from '../platform/errors.ts';
import { a5, createWriter, renderPng } from '../platform/paper/index.ts';
import type { DemoClient } from './client.ts';

interface Bill {
  readonly id: string;
  readonly unitId: string;
}

interface Story {
  readonly daysAgo: number;
  readonly category: string;
  readonly text: string;
  readonly isDispute?: boolean;
  readonly hasPhoto?: boolean;
  readonly reply?: string;
  readonly nextState?: 'in-progress' | 'waiting' | 'resolved';
  /** Ends a dispute. */
  readonly answer?: string;
  readonly score?: number;
  readonly words?: string;
}

/** Two weeks of an office: enough for two digests, every state and both ends of a dispute. */
const stories: readonly Story[] = [
  ...[
    { daysAgo: 10, category: 'repair', text: '2 单元电梯运行时有异响，担心安全' },
    { daysAgo: 9, category: 'cleaning', text: '电梯厅的垃圾桶两天没有清理' },
  ].map((story, index) => ({
    ...story,
    reply: '已处理，请您查看。有问题随时联系我们。',
    nextState: 'resolved' as const,
    score: 5 - index,
    words: index === 0 ? '处理很快，谢谢' : '',
  })),
  {
    ...{ daysAgo: 6, category: 'dispute', isDispute: true, text: '物业费面积和房产证不一样' },
    ...{ answer: '已按产权证 98.50 平方米核对，账单面积一致；您看到的是套内面积。', score: 4 },
  },
  {
    ...{ daysAgo: 5, category: 'parking', text: '固定车位被别的车占用，电话打不通' },
    ...{ reply: '已联系车主挪车，并在车位加了提示牌。', nextState: 'resolved', score: 2 },
    words: '第二天又被占了',
  },
  {
    ...{ daysAgo: 2, category: 'repair', hasPhoto: true, text: '地下车库 B 区顶部漏水，滴到车上' },
    ...{ reply: '工程部今天下午到现场查看。', nextState: 'in-progress' },
  },
  {
    ...{ daysAgo: 1, category: 'payment', text: '微信付了两次，想退回一次' },
    ...{ reply: '请补充付款时间或支付单号，方便我们核对。', nextState: 'waiting' },
  },
  { daysAgo: 0.2, category: 'dispute', isDispute: true, text: '本月没有使用车位，为什么收停车费' },
  { daysAgo: 0.1, category: 'complaint', text: '楼上装修，中午也在施工，影响休息' },
];

const dayMs = 86_400_000;
/** An hour and a bit later: most replies are in time. */
const replyDays = 0.05;
/** Homes that other parts of the demo leave alone. */
const firstHome = 4;

/** Tickets as they come in two weeks; their keys make them the same tickets on every start. */
export async function ensureFeedback(
  client: DemoClient,
  deps: Deps,
  companyId: string,
): Promise<void> {
  const { items: staff } = await client.get<{ items: { id: string; displayName: string }[] }>(
    '/api/staff',
  );
  const [one] = staff;
  const bills = await client.get<{ items: Bill[] }>('/api/bills?state=open&limit=200');
  const homes = [...new Map(bills.items.map((bill) => [bill.unitId, bill])).values()];
  if (!one) return;
  const actor: StaffActor = {
    ...{ kind: 'staff', companyId, id: one.id, name: one.displayName, permissions: new Set() },
  };
  await changeSettings(deps, { actor, ...defaultSettings, digestEmails: ['manager@example.com'] });
  for (const [index, story] of stories.entries()) {
    const bill = homes[firstHome + index];
    if (bill) await tell(deps, { actor, story, bill, index });
  }
  await ensureCanned(client, deps, actor);
  // The week before the last one and the last one.
  await makeDigests(agoIn(deps, 7));
  await makeDigests(deps);
}

/** The same system, some days ago. */
function agoIn(deps: Deps, days: number): Deps {
  return { ...deps, clock: { now: () => new Date(deps.clock.now().getTime() - days * dayMs) } };
}

interface Telling {
  readonly actor: StaffActor;
  readonly story: Story;
  readonly bill: Bill;
  readonly index: number;
}

async function tell(deps: Deps, { actor, story, bill, index }: Telling): Promise<void> {
  const then = agoIn(deps, story.daysAgo);
  const { companyId } = actor;
  const key = `demo-visitor-${index}`;
  const photoIds = story.hasPhoto ? [await photoOf(then, companyId, key)] : [];
  const { ticketId } = await openTicket(then, {
    companyId,
    idempotencyKey: `demo-ticket-${index}`,
    source: 'scan',
    opener: { kind: 'payer', key, addressKey: key, isWallet: false, language: 'zh' },
    unitId: bill.unitId,
    ...(story.isDispute
      ? { billId: bill.id }
      : { categoryId: builtInId(companyId, story.category) }),
    phone: `1360000${String(3000 + index)}`,
    text: story.text,
    photoIds,
  });
  const later = agoIn(deps, story.daysAgo - replyDays);
  const idempotencyKey = `demo-answer-${index}`;
  if (story.answer) {
    const answer = { answer: 'explanation', text: story.answer } as const;
    await answerDispute(later, { actor, ticketId, idempotencyKey, ...answer });
  } else if (story.reply && story.nextState) {
    const { reply: text, nextState } = story;
    await replyToTicket(later, { actor, ticketId, idempotencyKey, text, nextState, photoIds: [] });
  }
  if (story.score === undefined) return;
  const reporter = { kind: 'payer', companyId, name: '住户' } as const;
  const { score, words: text = '' } = story;
  try {
    await rateTicket(later, { reporter, ticketId, score, text });
  } catch (error) {
    // Rated at a start that was broken off.
    if (!(error instanceof AppError) || error.code !== 'TICKET_RATED') throw error;
  }
}

async function photoOf(deps: Deps, companyId: string, key: string): Promise<string> {
  const writer = createWriter(a5);
  writer.text('地下车库 B 区 12 号车位', { sizePt: 18 });
  writer.gap(12);
  writer.text('顶部接缝处渗水，地面有积水', { sizePt: 12 });
  const bytes = await renderPng({ title: '现场', language: 'zh', sheets: writer.sheets() });
  const upload = { companyId, ownerKey: `payer/${key}`, spendings: [], bytes, onceKey: key };
  return (await keepPhoto(deps, upload)).id;
}

async function ensureCanned(client: DemoClient, deps: Deps, actor: StaffActor): Promise<void> {
  const known = await client.get<{ items: unknown[] }>('/api/canned-answers');
  if (known.items.length > 0) return;
  const text =
    '{resident}您好，{category}（{ticketNo}）已收到，我们会尽快处理。——{company} {staff}';
  const textEn = 'Hello {resident}, we have received {ticketNo} and will see to it soon. {staff}';
  await saveCanned(deps, { actor, title: '已收到', text, textEn, categoryId: null });
}
