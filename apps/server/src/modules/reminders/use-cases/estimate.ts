import type { ReminderPreview, ReminderReason } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import {
  estimateSends,
  type MessageContent,
  type ShownSend,
  showSends,
} from '../../messaging/index.ts';
import { type Contact, contactsOfUnits } from '../../resident/index.ts';
import { daysBetween } from '../domain/occurrences.ts';
import { isMeant, waysTo } from '../domain/ways.ts';
import { templateOf, variablesOf } from '../domain/wording.ts';
import { previewExamples, previewShown } from '../limits.ts';
import { type CandidateRow, type CandidateTotal, switchedOff } from '../queries/preview.ts';

export interface StepWays {
  readonly stepId: string | null;
  readonly audience: string;
  readonly vias: readonly string[];
}

export interface ToEstimate {
  readonly day: string;
  readonly totals: readonly CandidateTotal[];
  readonly sample: readonly CandidateRow[];
  /** By the place of a candidate. */
  readonly steps: readonly StepWays[];
}

/** Who would hear of it, by which way and at what cost, counted on a sample and scaled up. */
export async function estimate(
  deps: Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>,
  tx: Tx,
  { day, totals, sample, steps }: ToEstimate,
): Promise<ReminderPreview> {
  const open = totals.filter(({ reason }) => reason === null);
  const units = totalOf(open, ({ units: count }) => count);
  const people = await peopleOf(deps, tx, { day, sample, steps });
  const counted = people.filter(({ row }) => row.reason === null);
  const scale = counted.length === 0 ? 1 : units / counted.length;
  const silent = (why: ReminderReason) => counted.filter(({ reason }) => reason === why).length;
  const excluded = [
    ...reasonsOf(totals),
    ...(['no-contact', 'opted-out'] as const).map((reason) => ({
      reason,
      units: Math.round(silent(reason) * scale),
    })),
  ].filter((each) => each.units > 0);
  const shown = await shownOf(tx, people.slice(0, previewShown));
  const unheard = Math.round((silent('no-contact') + silent('opted-out')) * scale);
  return {
    day,
    units: units - unheard,
    owedFen: totalOf(open, ({ owedFen }) => owedFen),
    ways: await waysOf(tx, counted, scale),
    excluded,
    examples: people.slice(0, previewExamples).map(({ row, contents, reason }, index) => ({
      unitId: row.unitId,
      unitLabel: row.unitLabel,
      communityName: row.communityName,
      owedFen: row.owedFen,
      dueOn: row.dueOn,
      stepId: steps[row.place]?.stepId ?? null,
      people: contents.length,
      reason: (row.reason ?? reason) as ReminderReason | null,
      shown: (shown[index] ?? []).map((send) => ({ ...send, places: [...send.places] })),
    })),
    sampledUnits: counted.length < units ? counted.length : null,
  };
}

/** What the first person of each home would see. */
async function shownOf(tx: Tx, people: readonly People[]): Promise<ShownSend[][]> {
  const shown: ShownSend[][] = [];
  for (const { contents } of people)
    shown.push(contents[0] ? await showSends(tx, contents[0]) : []);
  return shown;
}

function reasonsOf(totals: readonly CandidateTotal[]) {
  const counts = new Map<ReminderReason, number>();
  for (const { reason, units } of totals) {
    if (reason === null) continue;
    const key = reason as ReminderReason;
    counts.set(key, (counts.get(key) ?? 0) + units);
  }
  return [...counts].map(([reason, units]) => ({ reason, units }));
}

interface People {
  readonly row: CandidateRow;
  readonly isPaper: boolean;
  readonly contents: readonly { templateKey: string; content: MessageContent }[];
  readonly reason: ReminderReason | null;
}

async function peopleOf(
  deps: Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>,
  tx: Tx,
  { day, sample, steps }: Omit<ToEstimate, 'totals'>,
): Promise<People[]> {
  const unitIds = [...new Set(sample.map(({ unitId }) => unitId))];
  const contacts = await contactsOfUnits(tx, deps, unitIds);
  const keys = [...contacts.values()].flat().map(({ recipientKey }) => recipientKey);
  const off = await switchedOff(tx, [...new Set(keys)]);
  return sample.map((row) => {
    const step = steps[row.place];
    if (!step || step.audience === 'print') {
      return { row, isPaper: step !== undefined, contents: [], reason: null };
    }
    const meant = (contacts.get(row.unitId) ?? []).filter((each) => isMeant(step.audience, each));
    const reached = meant.filter((each) => waysTo(step.vias, each).length > 0);
    const contents = reached.flatMap((each) => contentOf(deps, { row, each, step, day, off }));
    const reason = reached.length === 0 ? 'no-contact' : contents.length === 0 ? 'opted-out' : null;
    return { row, isPaper: false, contents, reason };
  });
}

interface ToWrite {
  readonly row: CandidateRow;
  readonly each: Contact;
  readonly step: StepWays;
  readonly day: string;
  readonly off: ReadonlySet<string>;
}

/** As long as the real one: the link has the length of a code. */
function contentOf({ publicUrl }: Pick<Deps, 'publicUrl'>, { row, each, step, day, off }: ToWrite) {
  const vias = step.vias.filter((via) => !off.has(`${each.recipientKey}/${via}`));
  const routes = waysTo(vias, each);
  if (routes.length === 0) return [];
  const days = row.isOverdue ? 1 : daysBetween(row.dueOn, day);
  const templateKey = templateOf(days);
  const daysLate = Math.max(0, daysBetween(row.dueOn, day));
  const said = { ...row, months: [row.dueOn], amountFen: row.owedFen, daysLate };
  const { language } = each;
  const variables = variablesOf(templateKey, said, language);
  const link = `${publicUrl}/s/${'x'.repeat(20)}`;
  return [{ templateKey, content: { routes, variables, language, link } }];
}

async function waysOf(
  tx: Tx,
  people: readonly People[],
  scale: number,
): Promise<ReminderPreview['ways']> {
  const estimates = await estimateSends(
    tx,
    people.flatMap(({ contents }) => [...contents]),
  );
  const sums = new Map<string, { messages: number; segments: number; cost: number }>();
  for (const each of estimates) {
    if (!each) continue;
    const known = sums.get(each.via) ?? { messages: 0, segments: 0, cost: 0 };
    sums.set(each.via, {
      messages: known.messages + 1,
      segments: known.segments + each.segments,
      cost: known.cost + Math.round(Number(each.costYuan) * 100 * tenThousandthsAFen),
    });
  }
  const paper = people.filter(({ isPaper }) => isPaper).length;
  const scaled = (count: number) => Math.round(count * scale);
  return [
    ...[...sums].map(([via, { messages, segments, cost }]) => ({
      via: via as ReminderPreview['ways'][number]['via'],
      messages: scaled(messages),
      segments: scaled(segments),
      costYuan: yuanText(fen(Math.ceil((cost * scale) / tenThousandthsAFen))),
    })),
    ...(paper > 0
      ? [{ via: 'print' as const, messages: scaled(paper), segments: 0, costYuan: null }]
      : []),
  ];
}

/** Prices of a message have at most four decimals. */
const tenThousandthsAFen = 100;

function totalOf<Row>(rows: readonly Row[], valueOf: (row: Row) => number): number {
  return rows.reduce((total, row) => total + valueOf(row), 0);
}
