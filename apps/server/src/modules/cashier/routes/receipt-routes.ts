import type { FastifyInstance } from 'fastify';
import { sendFile } from '../../../platform/http/index.ts';
import type { CashierDeps } from '../doors.ts';
import { checkPage } from '../page/check-page.ts';
import { checkReceipt } from '../use-cases/check-receipt.ts';
import { receiptFile } from '../use-cases/receipt-file.ts';
import { showReceipt } from '../use-cases/show-receipt.ts';
import { guarded, type Limits } from './limits.ts';
import { asPage, redirect, sendPage } from './send-page.ts';
import { followed, keepChoices, lookOf } from './visitor.ts';

type PaymentRoute = { Params: { code: string; paymentId: string } };
type CheckRoute = { Params: { code: string }; Querystring: { size?: string; lang?: string } };

const isPublic = { config: { permission: 'public' as const } };
/** Drawing takes 20 to 50 ms of a core. */
const filesAMinute = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** What a payer keeps, and what whoever holds it can ask. */
export function addReceiptRoutes(app: FastifyInstance, deps: CashierDeps, limits: Limits): void {
  app.get<PaymentRoute>('/q/:code/payments/:paymentId/receipt', isPublic, (request, reply) =>
    asPage(deps, request, reply, () =>
      guarded(limits, request, async () => {
        const content = await showReceipt(deps, followed(request));
        return await sendPage(deps, request, reply, content);
      }),
    ),
  );
  for (const format of ['pdf', 'png'] as const) {
    app.get<PaymentRoute>(
      `/q/:code/payments/:paymentId/receipt.${format}`,
      { config: { permission: 'public', ...filesAMinute } },
      (request, reply) =>
        asPage(deps, request, reply, () =>
          guarded(limits, request, async () =>
            sendFile(reply, await receiptFile(deps, { ...followed(request), format })),
          ),
        ),
    );
  }
  app.get<CheckRoute>('/v/:code', isPublic, (request, reply) =>
    asPage(deps, request, reply, async () => {
      const code = request.params.code.toLowerCase();
      const path = `/v/${encodeURIComponent(code)}`;
      if (keepChoices(request, reply)) return redirect(reply, path);
      const receipt = await guarded(limits, request, () => checkReceipt(deps, code));
      return await sendPage(deps, request, reply, checkPage(receipt, { path, ...lookOf(request) }));
    }),
  );
}
