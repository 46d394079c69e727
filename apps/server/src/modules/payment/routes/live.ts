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
/** Payments remembered as sent, so that looking back sends none twice. */
const remembered = 500;

/** Completed payments and new cases as they come: hints for speed, a poll for certainty. */
export function addLiveRoute(app: FastifyInstance, deps: Deps): void {
  app.get('/api/live', { config: { permission: 'payment.read' } }, async (request, reply) => {
    const { companyId } = staffOf(request);
    const follower = follow(deps, companyId);
    const unsubscribe = deps.live.subscribe(companyId, ({ topic, id }) => {
      if (topic === 'payment.paid') follower.look();
      if (topic === 'payment.surplus') stream.send('case', { caseId: id });
    });
    const timer = setInterval(() => follower.look(), pollMs);
    const stream = openEventStream(reply, () => {
      clearInterval(timer);
      unsubscribe();
    });
    follower.sendTo(stream);
  });
}

function follow(deps: Deps, companyId: string) {
  const startedAt = deps.clock.now();
  const sent = new Set<string>();
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
    const found = await deps.db.read(companyId, (tx) =>
      completedPayments(tx, { since, limit: batch }),
    );
    return found.filter(({ paymentId }) => !sent.has(paymentId)).reverse();
  }
  return {
    sendTo(to: EventStream) {
      stream = to;
    },
    look() {
      isWanted = true;
      running ??= run()
        .catch((error: unknown) => deps.log.warn({ err: error }, 'the live list was not read'))
        .finally(() => {
          running = undefined;
        });
    },
  };
}
