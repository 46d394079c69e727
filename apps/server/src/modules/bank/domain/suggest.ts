import type { Clues } from './find-unit.ts';
import { type AmountMatch, isExact } from './match-amount.ts';
import { printedReference } from './reference.ts';
import { amountReason, type Bilingual, why } from './wording.ts';

/** All that may tell whose money an entry is. */
export interface Hints extends Clues {
  readonly nearReferences: readonly { readonly reference: string; readonly unitId: string }[];
  /** Units for which the same account paid before. */
  readonly payers: readonly { readonly unitId: string; readonly times: number }[];
  /** Units whose door stands in the remark. */
  readonly doors: readonly string[];
  /** Units that owe exactly this much. */
  readonly owing: readonly string[];
}

export interface Candidate {
  readonly unitId: string;
  readonly score: number;
  readonly reasons: readonly Bilingual[];
}

/** How much each hint counts, out of 100; the amount is added when it fits. */
const weights = {
  named: 70,
  near: 55,
  door: 40,
  payer: 35,
  payerEach: 5,
  onlyHome: 35,
  oneOfHomes: 20,
  amountAlone: 10,
  exactAmount: 25,
} as const;
const most = 99;

/** The units that something speaks for, the best first; the amounts are not looked at yet. */
export function candidatesOf(hints: Hints): Candidate[] {
  const found = new Map<string, { score: number; reasons: Bilingual[] }>();
  const add = (unitId: string, score: number, reason: Bilingual | undefined) => {
    const known = found.get(unitId) ?? { score: 0, reasons: [] };
    known.score += score;
    if (reason) known.reasons.push(reason);
    found.set(unitId, known);
  };
  const { subAccount } = hints;
  if (subAccount) {
    add(subAccount.unitId, weights.named, why.subAccount(subAccount.number, subAccount.label));
  }
  for (const { unitId, reference, label } of hints.references) {
    add(unitId, weights.named, why.reference(printedReference(reference), label));
  }
  for (const { unitId, reference } of hints.nearReferences) {
    add(unitId, weights.near, why.nearReference(printedReference(reference)));
  }
  for (const unitId of hints.doors) add(unitId, weights.door, why.label);
  for (const { unitId, times } of hints.payers) {
    add(unitId, weights.payer + weights.payerEach * Math.min(times, 4), why.payer(times));
  }
  const homes = [...new Set(hints.homes.map(({ unitId }) => unitId))];
  for (const unitId of homes) {
    const isOnly = homes.length === 1;
    const reason = isOnly ? why.nameOfOne : why.nameOfSeveral(homes.length);
    add(unitId, isOnly ? weights.onlyHome : weights.oneOfHomes, reason);
  }
  for (const unitId of hints.owing)
    if (!found.has(unitId)) add(unitId, weights.amountAlone, undefined);
  return [...found]
    .map(([unitId, { score, reasons }]) => ({ unitId, score, reasons }))
    .sort((a, b) => b.score - a.score);
}

/** The same candidate once it is known how the amount fits what the unit owes. */
export function withAmount(candidate: Candidate, match: AmountMatch): Candidate {
  const bonus = isExact(match) ? weights.exactAmount : 0;
  return {
    ...candidate,
    score: Math.min(most, candidate.score + bonus),
    reasons: [...candidate.reasons, amountReason(match)],
  };
}

/** Doors that a remark may name, as labels of units: 3栋2单元301, 3-2-301, 5栋801. */
export function doorsIn(text: string): string[] {
  const bare = text.replace(/\s+/g, '');
  const labels = new Set<string>();
  const spelt = /(\d{1,3})(?:栋|幢|座|号楼|#楼?)(?:(\d{1,2})单元)?(\d{2,5})(?:室|号)?/g;
  for (const [, building = '', entrance, door = ''] of bare.matchAll(spelt)) {
    labels.add(`${building}栋${entrance === undefined ? '' : `${entrance}单元`}${door}`);
  }
  for (const [, building = '', entrance = '', door = ''] of bare.matchAll(
    /(?<!\d)(\d{1,3})[-－](\d{1,2})[-－](\d{2,5})(?!\d)/g,
  )) {
    labels.add(`${building}栋${entrance}单元${door}`);
  }
  return [...labels].slice(0, 10);
}
