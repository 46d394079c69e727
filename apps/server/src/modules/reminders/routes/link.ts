import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { AppError } from '../../../platform/errors.ts';
import { languageOf } from '../../../platform/http/index.ts';
import { isRobot } from '../domain/link.ts';
import { opensAMinute } from '../limits.ts';
import { type Directory, openLink } from '../use-cases/open-link.ts';

/** What a message's link opens: no sign-in, and nothing of the home in the address. */
export function addLinkRoute(
  app: FastifyInstance,
  deps: Pick<Deps, 'db' | 'clock'>,
  directory: Directory,
): void {
  app.get<{ Params: { code: string } }>(
    '/s/:code',
    {
      config: { permission: 'public', rateLimit: { max: opensAMinute, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
      const visit = {
        code: request.params.code,
        isPerson: request.method === 'GET' && !isRobot(request.headers['user-agent']),
      };
      try {
        return await reply.redirect(`/q/${await openLink(deps, directory, visit)}`, 302);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return await sendPage(reply, error, languageOf(request));
      }
    },
  );
}

const titles = { zh: '物业账单', en: 'Property bill' } as const;

/** One sentence that says what to do; no script, no style from elsewhere. */
function sendPage(reply: FastifyReply, error: AppError, language: 'zh' | 'en'): FastifyReply {
  const title = titles[language];
  const style = 'body{font:18px/1.6 sans-serif;margin:2em auto;max-width:26em;padding:0 1em}';
  return reply
    .code(error.definition.status)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p role="alert">${error.text(language)}</p></main></body></html>`);
}
