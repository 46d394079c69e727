import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ResidentActor, StaffActor } from '../actor.ts';
import { platformErrors } from '../errors.ts';

/**
 * `public`: anybody; `resident`: whoever is signed in to the resident app; `signed-in`: any member
 * of staff; else the permission's name, which staff have by their roles.
 */
export type Permission = 'public' | 'resident' | 'signed-in' | `${string}.${string}`;
export type StaffPermission = Exclude<Permission, 'public' | 'resident'>;

/** Who is behind a request, by the session it carries. */
export interface Authenticators {
  readonly staff: (request: FastifyRequest) => Promise<StaffActor | undefined>;
  readonly resident: (request: FastifyRequest) => Promise<ResidentActor | undefined>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission;
  }
  interface FastifyRequest {
    actor: StaffActor | undefined;
    resident: ResidentActor | undefined;
  }
}

/** A route without a declared permission stops the start; the others are checked on each request. */
export function requirePermission(app: FastifyInstance, authenticate: Authenticators): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.permission === undefined) {
      throw new Error(`${String(route.method)} ${route.url} declares no permission`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission;
    if (permission === undefined || permission === 'public') return;
    if (permission === 'resident') {
      request.resident = await authenticate.resident(request);
      if (!request.resident) throw platformErrors.SIGN_IN_REQUIRED();
      return;
    }
    request.actor = await authenticate.staff(request);
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

/** The signed-in resident of a route that requires one. */
export function residentOf(request: FastifyRequest): ResidentActor {
  if (!request.resident) throw platformErrors.SIGN_IN_REQUIRED();
  return request.resident;
}
