import type { SecretBox } from '../../../platform/crypto/secret-box.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { homesOfNames } from '../../estate/index.ts';
import type { Clues } from '../domain/find-unit.ts';
import { referencesIn } from '../domain/reference.ts';
import { unitsOfReferences, unitsOfSubAccounts } from '../queries/clues.ts';

/** What of an entry can name a unit, in clear. */
export interface EntryWords {
  readonly subAccount: string | null;
  readonly counterpartyName: string;
  readonly text: string;
}

/** Looks up what several entries name, with three statements in all. */
export async function readClues(
  tx: Tx,
  secrets: SecretBox,
  accountId: string,
  entries: readonly EntryWords[],
): Promise<Clues[]> {
  const spelt = entries.map((entry) => ({
    references: referencesIn(entry.text),
    numbers: numbersOf(entry),
    name: nameOf(entry),
  }));
  const distinct = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
  const [references, subAccounts, homes] = await Promise.all([
    unitsOfReferences(tx, distinct(spelt.map((each) => each.references))),
    unitsOfSubAccounts(tx, { accountId, numbers: distinct(spelt.map(({ numbers }) => numbers)) }),
    homesOfNames(tx, secrets, distinct(spelt.map(({ name }) => (name === '' ? [] : [name])))),
  ]);
  return spelt.map((each) => ({
    references: references.filter(({ reference }) => each.references.includes(reference)),
    subAccount: subAccounts.find(({ number }) => each.numbers.includes(number)) ?? null,
    homes: homes.filter(({ name }) => name === each.name),
  }));
}

/** The account that was paid to, and whole numbers of the remark that may be one. */
function numbersOf({ subAccount, text }: EntryWords): string[] {
  const paidTo = subAccount?.replace(/[\s-]/g, '') ?? '';
  const inText = text.toUpperCase().match(/[0-9A-Z]{6,34}/g) ?? [];
  return [...(paidTo === '' ? [] : [paidTo]), ...inText.slice(0, 20)];
}

export function nameOf({ counterpartyName }: Pick<EntryWords, 'counterpartyName'>): string {
  return counterpartyName.replace(/\s+/g, '');
}
