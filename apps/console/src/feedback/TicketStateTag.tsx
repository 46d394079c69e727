import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Ticket = Answer<'GET /api/tickets'>['items'][number];

export const ticketStates = [
  'new',
  'assigned',
  'in-progress',
  'waiting',
  'resolved',
  'closed',
] as const;

const tones: Readonly<Record<Ticket['state'], Tone>> = {
  new: 'warning',
  assigned: 'processing',
  'in-progress': 'processing',
  waiting: 'default',
  resolved: 'success',
  closed: 'default',
};

/** The state, and which clock ran out. */
export function TicketStateTag({ ticket }: { readonly ticket: Pick<Ticket, 'state' | 'overdue'> }) {
  const { t } = useTranslation('feedback');
  return (
    <span className="nowrap">
      <StateTag tone={tones[ticket.state]}>{t(`state.${ticket.state}`)}</StateTag>
      {ticket.overdue && <StateTag tone="error">{t(`overdue.${ticket.overdue}`)}</StateTag>}
    </span>
  );
}
