import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { StaffActor } from '../actor.ts';
import { type Permission, staffOf } from './permission.ts';

/** One entry of packages/contract. The key says method and path: 'POST /api/bills/:billId/pay'. */
export interface RouteContract {
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** The body of the success answer. */
  readonly response: TSchema;
  /** 200 unless said otherwise. */
  readonly status?: number;
}

type Part<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

export interface RouteInput<Contract extends RouteContract> {
  readonly params: Part<Contract['params']>;
  readonly query: Part<Contract['query']>;
  readonly body: Part<Contract['body']>;
  /** The signed-in member of staff. */
  readonly actor: StaffActor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Adds a JSON route of the contract for signed-in staff. Routes that answer something else than
 * JSON, or anybody, are plain Fastify routes with `config.permission`.
 */
export function addRoute<
  Contracts extends Readonly<Record<string, RouteContract>>,
  Key extends keyof Contracts & string,
>(
  app: FastifyInstance,
  contracts: Contracts,
  key: Key,
  permission: Exclude<Permission, 'public'>,
  handle: (input: RouteInput<Contracts[Key]>) => Promise<Static<Contracts[Key]['response']>>,
): void {
  const contract: RouteContract | undefined = contracts[key];
  if (!contract) throw new Error(`no contract for ${key}`);
  const [method = '', url = ''] = key.split(' ');
  const status = contract.status ?? 200;
  app.route({
    method,
    url,
    config: { permission },
    schema: {
      ...(contract.params && { params: contract.params }),
      ...(contract.query && { querystring: contract.query }),
      ...(contract.body && { body: contract.body }),
      response: { [status]: contract.response },
    },
    handler: async (request, reply) => {
      reply.code(status);
      const answer = await handle({
        params: request.params as Part<Contracts[Key]['params']>,
        query: request.query as Part<Contracts[Key]['query']>,
        body: request.body as Part<Contracts[Key]['body']>,
        actor: staffOf(request),
        request,
        reply,
      });
      return answer;
    },
  });
}
