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
  return reply.code(404).send(errorBody(platformErrors.NOT_FOUND(), request));
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
