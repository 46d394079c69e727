import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StaffActor } from '../actor.ts';
import { platformErrors } from '../errors.ts';

/** `public`: anybody; `signed-in`: any member of staff; else the permission's name. */
export type Permission = 'public' | 'signed-in' | `${string}.${string}`;

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission;
  }
  interface FastifyRequest {
    actor: StaffActor | undefined;
  }
}

/** A route without a declared permission stops the start; the others are checked on each request. */
export function requirePermission(
  app: FastifyInstance,
  authenticate: (request: FastifyRequest) => Promise<StaffActor | undefined>,
): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.permission === undefined) {
      throw new Error(`${String(route.method)} ${route.url} declares no permission`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission;
    if (permission === undefined || permission === 'public') return;
    request.actor = await authenticate(request);
    if (!request.actor) throw platformErrors.SIGN_IN_REQUIRED();
    if (permission !== 'signed-in' && !request.actor.permissions.has(permission)) {
      throw platformErrors.FORBIDDEN();
    }
  });
}

/** The signed-in member of staff of a route that requires one. */
export function staffOf(request: FastifyRequest): StaffActor {
  if (!request.actor) throw platformErrors.SIGN_IN_REQUIRED();
  return request.actor;
}
