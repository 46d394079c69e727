import type { CircuitState } from './circuit.ts';

/** A rule of routing; what is null is any. */
export interface Rule {
  readonly id: string;
  readonly communityId: string | null;
  readonly feeItemId: string | null;
  readonly product: string | null;
  readonly merchantAccountId: string;
  /** The lower one is tried first. */
  readonly priority: number;
}

/** What routing has to know of an account. */
export interface Candidate {
  readonly id: string;
  readonly number: number;
  readonly channel: string;
  readonly appId: string;
  readonly state: 'active' | 'disabled';
  readonly circuit: CircuitState;
  /** A half-open circuit that lets an attempt through now. */
  readonly hasTrial: boolean;
}

export interface Wish {
  readonly communityId: string;
  readonly feeItemId: string;
  readonly channel: string;
  readonly product: string;
  /** The payer's id is good at this app alone. */
  readonly appId?: string | undefined;
}

/** An account that takes the money, in the order in which they are tried, and why it stands there. */
export interface Choice<Account extends Candidate = Candidate> {
  readonly account: Account;
  /** Undefined when no rule fits, and the accounts of the channel serve in the order of numbers. */
  readonly rule: Rule | undefined;
}

/**
 * The accounts that may take the money. Only the rules that fit best count, in the order of their
 * priority: a rule that says less was made for other money. A disabled account takes none.
 */
export function choicesFor<Account extends Candidate>(
  wish: Wish,
  rules: readonly Rule[],
  accounts: readonly Account[],
): readonly Choice<Account>[] {
  const own = accounts.filter(({ channel }) => channel === wish.channel);
  const fitting = rules.flatMap((rule) => {
    const account = own.find(({ id }) => id === rule.merchantAccountId);
    return account && fits(rule, wish) ? [{ account, rule }] : [];
  });
  const best = Math.max(...fitting.map(({ rule }) => precision(rule)));
  const ruled = fitting
    .filter(({ rule }) => precision(rule) === best)
    .sort((a, b) => a.rule.priority - b.rule.priority || a.account.number - b.account.number);
  const free = own
    .toSorted((a, b) => a.number - b.number)
    .map((account) => ({ account, rule: undefined }));
  return (ruled.length > 0 ? ruled : free).filter(
    ({ account }) =>
      account.state === 'active' && (wish.appId === undefined || account.appId === wish.appId),
  );
}

/** The first account that answers; when none does, the first of all: it may answer again. */
export function preferred<Account extends Candidate>(
  choices: readonly Choice<Account>[],
): Choice<Account> | undefined {
  return choices.find(({ account }) => isUsable(account)) ?? choices[0];
}

export function isUsable({ circuit, hasTrial }: Candidate): boolean {
  return circuit === 'closed' || (circuit === 'half-open' && hasTrial);
}

function fits(rule: Rule, wish: Wish): boolean {
  const isFor = (said: string | null, wanted: string) => said === null || said === wanted;
  return (
    isFor(rule.communityId, wish.communityId) &&
    isFor(rule.feeItemId, wish.feeItemId) &&
    isFor(rule.product, wish.product)
  );
}

/** What money it is says more than where it comes from, and that more than how it is paid. */
export function precision({ feeItemId, communityId, product }: Rule): number {
  return (
    Number(feeItemId !== null) * 4 + Number(communityId !== null) * 2 + Number(product !== null)
  );
}
