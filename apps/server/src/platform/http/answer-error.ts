import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type Problem, platformErrors } from '../errors.ts';
import { problemsOf } from './validation-words.ts';

/** The body of every answer that is not a success. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly retry: boolean;
    readonly problems: readonly Problem[];
    readonly requestId: string;
  };
}

/** Our own words and a code for what is known; for the rest a neutral text and a log line. */
export function answerError(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = asAppError(error, request);
  if (known.definition.status >= 500) request.log.error({ err: error }, 'a request failed');
  return reply.code(known.definition.status).send(errorBody(known, request));
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = platformErrors.NOT_FOUND();
  const isPerson = request.method === 'GET' && request.headers.accept?.startsWith('text/html');
  if (!isPerson) return reply.code(404).send(errorBody(error, request));
  const language = languageOf(request);
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(notFoundPage(language === 'zh' ? 'zh-CN' : 'en', error.text(language)));
}

/** For somebody who mistyped an address, or scanned half a code. */
function notFoundPage(lang: string, text: string): string {
  const hint =
    lang === 'en'
      ? 'The address is wrong or incomplete. To pay, please scan the code again.'
      : '地址有误或不完整。缴费请重新扫描二维码。';
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${text}</title>
<body style="max-width:560px;margin:15vh auto;padding:0 16px;font:16px/1.6 sans-serif">
<h1 style="font-size:22px">${text}</h1><p>${hint}</p></body></html>`;
}

export function errorBody(error: AppError, request: FastifyRequest): ErrorBody {
  return {
    error: {
      code: error.code,
      message: error.text(languageOf(request)),
      retry: error.definition.retry,
      problems: error.problems,
      requestId: request.id,
    },
  };
}

/** Chinese unless the reader asked for English. */
export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  const chosen = request.cookies?.lang ?? request.headers['accept-language'] ?? '';
  return /^en\b/i.test(chosen) ? 'en' : 'zh';
}

function asAppError(error: FastifyError | AppError, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  if (error.validation) {
    const part = error.validationContext ?? 'body';
    const problems = problemsOf(error.validation, part, languageOf(request));
    return platformErrors.INPUT_INVALID({ problems });
  }
  if (error.statusCode === 413) return platformErrors.TOO_LARGE();
  if (error.statusCode === 429) return platformErrors.TOO_MANY_REQUESTS();
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return platformErrors.INPUT_INVALID({ problems: [{ reason: error.message }] });
  }
  return platformErrors.INTERNAL({ cause: error });
}
