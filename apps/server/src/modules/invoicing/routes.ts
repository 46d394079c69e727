import { invoicingRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import {
  addResidentRoute,
  addRoute,
  languageOf,
  residentOf,
  sendFile,
  staffOf,
} from '../../platform/http/index.ts';
import type { ReceiptToday } from './domain/receipt.ts';
import { drawReceipt } from './use-cases/draw-receipt.ts';
import { receiptForResident, receiptForStaff, receiptView } from './use-cases/show-receipt.ts';

type FileRoute = { Params: { paymentId: string; format: 'pdf' | 'png' } };
/** Drawing takes 20 to 50 ms of a core. */
const filesAMinute = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addInvoicingRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    contract,
    'GET /api/payments/:paymentId/receipt',
    'payment.read',
    async ({ actor, params }) =>
      receiptView(deps, await receiptForStaff(deps, actor, params.paymentId)),
  );
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/payments/:paymentId/receipt',
    async ({ actor, params }) =>
      receiptView(deps, await receiptForResident(deps, actor, params.paymentId)),
  );
  addFile(app, deps, {
    url: '/api/payments/:paymentId/receipt',
    permission: 'payment.read',
    find: (request) => receiptForStaff(deps, staffOf(request), request.params.paymentId),
  });
  addFile(app, deps, {
    url: '/api/resident/payments/:paymentId/receipt',
    permission: 'resident',
    find: (request) => receiptForResident(deps, residentOf(request), request.params.paymentId),
  });
}

interface FileOptions {
  readonly url: string;
  readonly permission: 'payment.read' | 'resident';
  readonly find: (request: FastifyRequest<FileRoute>) => Promise<ReceiptToday>;
}

function addFile(app: FastifyInstance, deps: Deps, { url, permission, find }: FileOptions): void {
  for (const format of ['pdf', 'png'] as const) {
    app.get<FileRoute>(
      `${url}.${format}`,
      { config: { permission, ...filesAMinute } },
      async (request, reply) => {
        const receipt = await find(request);
        const language = languageOf(request);
        return await sendFile(reply, await drawReceipt(deps, { receipt, language, format }));
      },
    );
  }
}
