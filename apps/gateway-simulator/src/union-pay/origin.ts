import type { FastifyRequest } from 'fastify';
import type { CoreDeps } from '../deps.ts';

/** How a browser reaches the simulator, without a slash at the end. */
export function originOf(deps: Pick<CoreDeps, 'publicUrl'>, request: FastifyRequest): string {
  if (deps.publicUrl !== '') return deps.publicUrl.replace(/\/+$/, '');
  return `http://${request.headers.host ?? 'localhost'}`;
}
