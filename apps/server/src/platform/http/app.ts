import { AjvCompiler } from '@fastify/ajv-compiler';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify';
import type { ResidentActor, StaffActor } from '../actor.ts';
import { answerError, answerNotFound } from './answer-error.ts';
import { refuseForeignOrigin } from './origin.ts';
import { requirePermission } from './permission.ts';

export interface AppOptions {
  /** Finds the member of staff behind a request's session cookie. */
  readonly authenticate: (request: FastifyRequest) => Promise<StaffActor | undefined>;
  /** The same for a resident's session; without it no resident is ever signed in. */
  readonly authenticateResident?: (request: FastifyRequest) => Promise<ResidentActor | undefined>;
  /** Origins that a browser may send unsafe requests from, besides the request's own host. */
  readonly publicUrl: string;
  readonly loggerInstance?: FastifyBaseLogger;
  /** Requests a minute from one address before it is asked to wait. */
  readonly requestsAMinute?: number;
}

const bodyLimitBytes = 1024 * 1024;
const defaultRequestsAMinute = 6000;

/** The HTTP server without any route: strict bodies, safe headers, permissions denied by default. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.loggerInstance && { loggerInstance: withoutQueries(options.loggerInstance) }),
    bodyLimit: bodyLimitBytes,
    trustProxy: 'loopback',
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
  });
  useStrictBodies(app);
  app.decorateRequest('actor', undefined);
  app.decorateRequest('resident', undefined);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    // Stricter, a form of our own page would come with the origin "null" and be refused.
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(rateLimit, {
    max: options.requestsAMinute ?? defaultRequestsAMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip,
  });
  app.addHook('onRequest', refuseForeignOrigin(options.publicUrl));
  requirePermission(app, {
    staff: options.authenticate,
    resident: options.authenticateResident ?? (async () => undefined),
  });
  return app;
}

/** Behind the question mark stand login codes of wallets, and names and numbers searched for. */
function withoutQueries(logger: FastifyBaseLogger): FastifyBaseLogger {
  const req = ({ method, url, ip }: FastifyRequest) => ({
    method,
    url: url.replace(/\?.*$/s, '?…'),
    remoteAddress: ip,
  });
  return logger.child({}, { serializers: { req } });
}

/** Bodies must match to the letter; queries and parameters arrive as text and are converted. */
function useStrictBodies(app: FastifyInstance): void {
  const build = AjvCompiler();
  const strict = build(
    {},
    {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true },
    },
  );
  const coercing = build({}, { customOptions: { coerceTypes: 'array', allErrors: true } });
  app.setValidatorCompiler((route) =>
    route.httpPart === 'body' ? strict(route) : coercing(route),
  );
}
