import type { FastifyReply } from 'fastify';

/** After a form: to a page that can be loaded again without sending it again. */
export function sendAway(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(path, 303);
}
