import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import type { MessagingDeps } from '../open-account.ts';
import { receiveReceipts } from '../use-cases/receive-receipts.ts';

export interface CompanyDirectory {
  companyByShortCode(
    deps: Pick<Deps, 'db'>,
    shortCode: string,
  ): Promise<{ readonly companyId: string } | undefined>;
}

interface Params {
  readonly shortCode: string;
  readonly accountNumber: string;
  readonly receiptKey: string;
}

/** A push of 1000 receipts is about 250 KB. */
const mostBytes = 512 * 1024;

/**
 * Where providers tell what became of messages: open to anybody who knows the secret in the path.
 * The body stays as it came; providers call it by many content types.
 */
export function addReceiptRoutes(
  app: FastifyInstance,
  deps: MessagingDeps,
  directory: CompanyDirectory,
): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    const url = '/message-receipts/:shortCode/:accountNumber/:receiptKey';
    const options = { config: { permission: 'public', rateLimit: false } } as const;
    scope.post<{ Params: Params }>(url, { ...options, bodyLimit: mostBytes }, (request, reply) =>
      answer(deps, directory, request, reply),
    );
    scope.get<{ Params: Params }>(url, options, (request, reply) =>
      answer(deps, directory, request, reply),
    );
  });
}

async function answer(
  deps: MessagingDeps,
  directory: CompanyDirectory,
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { shortCode, accountNumber, receiptKey } = request.params;
  // What cannot be an address of ours costs no look-up: anybody may call.
  const isOurs =
    /^[a-z][a-z0-9]{1,6}$/.test(shortCode) &&
    /^\d{1,9}$/.test(accountNumber) &&
    /^[\w-]{24}$/.test(receiptKey);
  const company = isOurs ? await directory.companyByShortCode(deps, shortCode) : undefined;
  if (!company) return reply.code(404).send();
  const received = await receiveReceipts(deps, {
    companyId: company.companyId,
    accountNumber: Number(accountNumber),
    key: receiptKey,
    method: request.method === 'GET' ? 'GET' : 'POST',
    query: request.query as Record<string, string>,
    body: typeof request.body === 'string' ? request.body : '',
  });
  if (!received) return reply.code(404).send();
  return reply.type(`${received.answerType}; charset=utf-8`).send(received.answer);
}
