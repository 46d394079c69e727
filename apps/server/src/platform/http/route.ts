import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { ResidentActor, StaffActor } from '../actor.ts';
import { type Permission, residentOf, type StaffPermission, staffOf } from './permission.ts';

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

export interface RouteInput<Contract extends RouteContract, Actor = StaffActor> {
  readonly params: Part<Contract['params']>;
  readonly query: Part<Contract['query']>;
  readonly body: Part<Contract['body']>;
  /** Who is signed in: a member of staff, or a resident where the route is theirs. */
  readonly actor: Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Contracts = Readonly<Record<string, RouteContract>>;
type Handler<Contract extends RouteContract, Actor> = (
  input: RouteInput<Contract, Actor>,
) => Promise<Static<Contract['response']>>;

/**
 * Adds a JSON route of the contract for signed-in staff. Routes that answer something else than
 * JSON, or anybody, are plain Fastify routes with `config.permission`.
 */
export function addRoute<All extends Contracts, Key extends keyof All & string>(
  app: FastifyInstance,
  contracts: All,
  key: Key,
  permission: StaffPermission,
  handle: Handler<All[Key], StaffActor>,
): void {
  add(app, { contracts, key, permission, actorOf: staffOf }, handle);
}

/** The same for whoever is signed in to the resident app. */
export function addResidentRoute<All extends Contracts, Key extends keyof All & string>(
  app: FastifyInstance,
  contracts: All,
  key: Key,
  handle: Handler<All[Key], ResidentActor>,
): void {
  add(app, { contracts, key, permission: 'resident', actorOf: residentOf }, handle);
}

interface Entry<All extends Contracts, Key, Actor> {
  readonly contracts: All;
  readonly key: Key;
  readonly permission: Permission;
  readonly actorOf: (request: FastifyRequest) => Actor;
}

function add<All extends Contracts, Key extends keyof All & string, Actor>(
  app: FastifyInstance,
  { contracts, key, permission, actorOf }: Entry<All, Key, Actor>,
  handle: Handler<All[Key], Actor>,
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
      return await handle({
        params: request.params as Part<All[Key]['params']>,
        query: request.query as Part<All[Key]['query']>,
        body: request.body as Part<All[Key]['body']>,
        actor: actorOf(request),
        request,
        reply,
      });
    },
  });
}
