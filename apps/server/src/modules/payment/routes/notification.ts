import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type NoticeAnswer, noticeAnswersOf } from '../../channels/index.ts';
import type { PaymentInputDeps } from '../deps.ts';
import { maxNotificationBytes } from '../limits.ts';
import { type CompanyDirectory, receiveNotification } from '../use-cases/receive-notification.ts';

type NotificationDeps = PaymentInputDeps & CompanyDirectory;

interface NotifyParams {
  readonly channel: string;
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
      const { channel = '' } = request.params as Partial<NotifyParams>;
      const answers = noticeAnswersOf(channel) ?? strangers;
      if (status >= 400 && status < 500) return send(reply, { ...answers.refused, status });
      request.log.error({ err: error, channel }, 'a notification was not booked');
      return send(reply, answers.failed);
    });
    scope.post<{ Params: NotifyParams }>(
      '/notify/:channel/:shortCode/:accountNumber',
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

/** For addresses that name no channel. */
const strangers = {
  accepted: { status: 404, body: '' },
  refused: { status: 404, body: '' },
  failed: { status: 500, body: '' },
} as const;

async function answer(
  deps: NotificationDeps,
  request: FastifyRequest<{ Params: NotifyParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel, shortCode, accountNumber } = request.params;
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const answers = noticeAnswersOf(channel, { headers: request.headers, rawBody });
  if (!answers) return send(reply, strangers.refused);
  // What cannot be an address of ours costs no look-up: anybody may call.
  const isOurs = /^[a-z][a-z0-9]{1,6}$/.test(shortCode) && /^\d{1,9}$/.test(accountNumber);
  if (!Buffer.isBuffer(request.body) || !isOurs) {
    return send(reply, { ...answers.refused, status: 400 });
  }
  const receipt = await receiveNotification(deps, {
    channel,
    shortCode,
    accountNumber: Number(accountNumber),
    headers: request.headers,
    rawBody: request.body,
    remoteIp: request.ip,
  });
  return send(reply, answers[receipt]);
}

function send(reply: FastifyReply, { status, contentType, body }: NoticeAnswer): FastifyReply {
  return reply
    .code(status)
    .type(contentType ?? 'text/plain; charset=utf-8')
    .send(body);
}
