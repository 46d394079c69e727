import type { AutopayStopped } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { debitView } from '../queries/debits.ts';
import { showMandate, withoutMandate } from './show-mandates.ts';

/** What a stop came to: nothing starts any more; what had started may still be taken. */
export async function showStopped(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: {
    readonly actor: ResidentActor;
    readonly mandateId: string;
    readonly started: string | undefined;
  },
): Promise<AutopayStopped> {
  const { actor, started } = input;
  const mandate = await showMandate(deps, input);
  if (started === undefined) return { mandate, stillUnderWay: null };
  const debit = await deps.db.read(actor.companyId, (tx) => debitView(tx, started));
  const isOpen = debit?.state === 'started';
  return { mandate, stillUnderWay: debit && isOpen ? withoutMandate(debit) : null };
}
