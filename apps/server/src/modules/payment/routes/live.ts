import type { LivePayment } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { type EventStream, openEventStream, staffOf } from '../../../platform/http/index.ts';
import { completedPayments } from '../queries/live-payments.ts';

/** Without a hint a screen is this much late. */
const pollMs = 3000;
/** Looked back at each time, so that a payment committed late or out of order is not missed. */
const overlapMs = 30_000;
const batch = 50;
/** Then the page opens another stream, and whoever has no right any more is refused. */
const streamMs = 10 * 60_000;
/** Payments remembered as sent, so that looking back sends none twice. */
const remembered = 500;

/** Completed payments and new cases as they come: hints for speed, a poll for certainty. */
export function addLiveRoute(app: FastifyInstance, deps: Deps): void {
  app.get('/api/live', { config: { permission: 'payment.read' } }, async (request, reply) => {
    const { companyId } = staffOf(request);
    const follower = follow(deps, companyId);
    const unsubscribe = deps.live.subscribe(companyId, ({ topic, id }) => {
      if (topic === 'payment.paid') follower.look(id);
      if (topic === 'payment.surplus') stream.send('case', { caseId: id });
      const isRefund = topic === 'payment.refund' || topic === 'payment.refunded';
      if (isRefund) stream.send('refund', { refundId: id });
    });
    const timer = setInterval(() => follower.look(), pollMs);
    const stream = openEventStream(reply, () => {
      clearInterval(timer);
      clearTimeout(end);
      unsubscribe();
    });
    const end = setTimeout(() => stream.end(), streamMs);
    end.unref();
    follower.sendTo(stream);
  });
}

function follow(deps: Deps, companyId: string) {
  const startedAt = deps.clock.now();
  const sent = new Set<string>();
  /** Confirmed, as hints said. The channel may have dated one long before we learned of it. */
  const told = new Set<string>();
  let stream: EventStream | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;

  async function run(): Promise<void> {
    while (isWanted && stream && !stream.closed) {
      isWanted = false;
      for (const payment of await newPayments()) {
        sent.add(payment.paymentId);
        stream.send('payment', payment);
      }
      for (const id of sent) if (sent.size > remembered) sent.delete(id);
    }
  }
  async function newPayments(): Promise<LivePayment[]> {
    const lookBack = new Date(deps.clock.now().getTime() - overlapMs);
    const since = lookBack > startedAt ? lookBack : startedAt;
    const ids = [...told].slice(0, batch);
    const [late, recent] = await deps.db.read(companyId, (tx) =>
      Promise.all([
        ids.length === 0 ? [] : completedPayments(tx, { ids, limit: batch }),
        completedPayments(tx, { since, limit: batch }),
      ]),
    );
    for (const id of ids) told.delete(id);
    const found = new Map([...recent, ...late].map((payment) => [payment.paymentId, payment]));
    return [...found.values()].filter(({ paymentId }) => !sent.has(paymentId)).reverse();
  }
  return {
    sendTo(to: EventStream) {
      stream = to;
    },
    look(paymentId?: string) {
      if (paymentId !== undefined) told.add(paymentId);
      isWanted = true;
      running ??= run()
        .catch((error: unknown) => deps.log.warn({ err: error }, 'the live list was not read'))
        .finally(() => {
          running = undefined;
        });
    },
  };
}
