import type { MessageFault } from './faults.ts';
import { type MessageDeps, newNumber, type Shown } from './records.ts';

const RECEIPT_MS = 1_500;
const LATE_RECEIPT_MS = 600_000;
/** Older ones go: the page shows what is new. */
const SHOWN_MOST = 5_000;

/** The receiver has it. @returns the provider's number */
export function deliver(
  deps: MessageDeps,
  message: Omit<Shown, 'id' | 'at' | 'state' | 'providerNo'> & { providerNo?: string },
  fault?: MessageFault,
): Shown {
  const { records, clock } = deps;
  const id = newNumber(clock.now());
  const providerNo = message.providerNo ?? id;
  const shown: Shown = { ...message, id, providerNo, at: clock.now(), state: 'accepted' };
  records.shown.set(id, shown);
  forgetOld(deps);
  if (fault !== 'receipt-lost') {
    const at = clock.scheduleNow() + (fault === 'receipt-late' ? LATE_RECEIPT_MS : RECEIPT_MS);
    const isDelivered = fault !== 'receipt-failed';
    records.receipts.set(id, { id, messageId: id, at, tries: 0, isDelivered });
  }
  return shown;
}

function forgetOld({ records }: MessageDeps): void {
  const all = records.shown.values();
  if (all.length <= SHOWN_MOST * 1.1) return;
  for (const { id } of all.slice(0, all.length - SHOWN_MOST)) records.shown.remove(id);
}
