import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PaymentInputDeps } from '../deps.ts';
import { maxNotificationBytes } from '../limits.ts';
import { type CompanyDirectory, receiveNotification } from '../use-cases/receive-notification.ts';

type NotificationDeps = PaymentInputDeps & CompanyDirectory;

interface NotifyParams {
  readonly shortCode: string;
  readonly accountNumber: string;
}

/** The body stays as it came: the signature covers its bytes. */
export function addNotificationRoute(app: FastifyInstance, deps: NotificationDeps): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) request.log.error({ err: error }, 'a notification was not booked');
      return refuse(reply, status >= 400 && status < 500 ? status : 500);
    });
    scope.post<{ Params: NotifyParams }>(
      '/notify/wechat-pay/:shortCode/:accountNumber',
      {
        // The channel alone calls it and retries what is refused; forged calls cost a check of
        // their signature, and their evidence is capped by channels.
        config: { permission: 'public', rateLimit: false },
        bodyLimit: maxNotificationBytes,
      },
      async (request, reply) => await answer(deps, request, reply),
    );
  });
}

async function answer(
  deps: NotificationDeps,
  request: FastifyRequest<{ Params: NotifyParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { shortCode, accountNumber } = request.params;
  // What cannot be an address of ours costs no look-up: anybody may call.
  const isOurs = /^[a-z][a-z0-9]{1,6}$/.test(shortCode) && /^\d{1,9}$/.test(accountNumber);
  if (!Buffer.isBuffer(request.body) || !isOurs) return refuse(reply, 400);
  const receipt = await receiveNotification(deps, {
    shortCode,
    accountNumber: Number(accountNumber),
    headers: request.headers,
    rawBody: request.body,
    remoteIp: request.ip,
  });
  return receipt === 'accepted'
    ? reply.code(200).send({ code: 'SUCCESS', message: '成功' })
    : refuse(reply, 401);
}

function refuse(reply: FastifyReply, status: number): FastifyReply {
  const message = status >= 500 ? '系统繁忙，请稍后重发' : '通知无效，已拒绝';
  return reply.code(status).send({ code: 'FAIL', message });
}
