import { printedReference } from './reference.ts';
import { type Bilingual, why } from './wording.ts';

/** A unit that something in an entry names. */
export interface NamedUnit {
  readonly unitId: string;
  readonly label: string;
}

/** What an entry names, looked up. */
export interface Clues {
  readonly subAccount: (NamedUnit & { readonly number: string }) | null;
  /** References in the remark that were given out. */
  readonly references: readonly (NamedUnit & { readonly reference: string })[];
  /** Homes of people with the payer's name. */
  readonly homes: readonly NamedUnit[];
}

export type Verdict =
  /** The unit is certain: whatever the amount, the money is for it. */
  | { readonly kind: 'certain'; readonly unit: NamedUnit; readonly reasons: Bilingual[] }
  /** The name fits one unit: an exact amount may match it, if that is allowed. */
  | { readonly kind: 'by-name'; readonly unit: NamedUnit; readonly reasons: Bilingual[] }
  | { readonly kind: 'unknown'; readonly reasons: Bilingual[] };

/** Whose money it is, as far as the entry itself says. Nothing is guessed. */
export function findUnit({ subAccount, references, homes }: Clues): Verdict {
  const units = new Map(references.map((each) => [each.unitId, each]));
  if (units.size > 1) return { kind: 'unknown', reasons: [why.several] };
  const [named] = units.values();
  if (subAccount && named && named.unitId !== subAccount.unitId) {
    return { kind: 'unknown', reasons: [why.contradiction] };
  }
  const reasons = [
    ...(subAccount ? [why.subAccount(subAccount.number, subAccount.label)] : []),
    ...(named ? [why.reference(printedReference(named.reference), named.label)] : []),
  ];
  const unit = subAccount ?? named;
  if (unit) return { kind: 'certain', unit, reasons };
  const [home, another] = homes;
  if (home && !another) return { kind: 'by-name', unit: home, reasons: [why.name(home.label)] };
  if (another) return { kind: 'unknown', reasons: [why.nameOfSeveral(homes.length), why.nothing] };
  return { kind: 'unknown', reasons: [why.nothing] };
}
