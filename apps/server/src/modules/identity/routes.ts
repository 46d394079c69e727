import { identityRoutes as contract, type Me } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Deps } from '../../platform/deps.ts';
import { addRoute } from '../../platform/http/index.ts';
import { permissions } from './domain/permissions.ts';
import { absoluteMs, sessionCookie } from './domain/session.ts';
import { addIdentityFiles } from './files.ts';
import { signedIn } from './queries/sign-in.ts';
import { listRoles } from './queries/staff.ts';
import { changePassword } from './use-cases/change-password.ts';
import { createStaff } from './use-cases/create-staff.ts';
import { editStaff } from './use-cases/edit-staff.ts';
import { showAudit } from './use-cases/show-audit.ts';
import { showOneStaff, showStaff } from './use-cases/show-staff.ts';
import { hashOfToken, signIn } from './use-cases/sign-in.ts';
import { signOut } from './use-cases/sign-out.ts';

/** From one address, whoever it tries to be. */
const signInsAMinute = 30;

export function addIdentityRoutes(app: FastifyInstance, deps: Deps): void {
  addSignIn(app, deps);
  addSession(app, deps);
  addStaff(app, deps);
  addIdentityFiles(app, deps);

  addRoute(app, contract, 'GET /api/roles', 'identity.manage', async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, (tx) => listRoles(tx)),
    permissions: [...permissions],
  }));
  addRoute(app, contract, 'GET /api/audit', 'audit.read', ({ actor, query }) =>
    showAudit(deps, actor, query),
  );
}

/** Public, so it is no route of addRoute. */
function addSignIn(app: FastifyInstance, deps: Deps): void {
  const { body, response } = contract['POST /api/session'];
  app.post<{ Body: Static<typeof body> }>(
    '/api/session',
    {
      config: {
        permission: 'public',
        rateLimit: { max: signInsAMinute, timeWindow: 60_000 },
      },
      schema: { body, response: { 200: response } },
    },
    async (request, reply) => {
      const userAgent = request.headers['user-agent'];
      const { companyId, token } = await signIn(deps, {
        ...request.body,
        ip: request.ip,
        userAgent,
      });
      setToken(reply, deps, token);
      return await meOf(deps, companyId, token);
    },
  );
}

function addSession(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/session', 'signed-in', ({ actor, request }) =>
    meOf(deps, actor.companyId, tokenOf(request)),
  );
  addRoute(app, contract, 'DELETE /api/session', 'signed-in', async ({ actor, request, reply }) => {
    await signOut(deps, actor, tokenOf(request));
    reply.clearCookie(sessionCookie, { path: '/' });
    return {};
  });
  addRoute(
    app,
    contract,
    'POST /api/session/password',
    'signed-in',
    async ({ actor, body, request, reply }) => {
      const userAgent = request.headers['user-agent'];
      const { ip } = request;
      setToken(reply, deps, await changePassword(deps, { ...body, actor, ip, userAgent }));
      return {};
    },
  );
}

function addStaff(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/staff', 'identity.manage', ({ actor, query }) =>
    showStaff(deps, actor, query),
  );
  addRoute(app, contract, 'POST /api/staff', 'identity.manage', async ({ actor, body }) => {
    const { companyId } = actor;
    const { staffId, generatedPassword } = await createStaff(deps, {
      ...body,
      companyId,
      by: actor,
    });
    return { staff: await showOneStaff(deps, actor, staffId), generatedPassword };
  });
  addRoute(
    app,
    contract,
    'PATCH /api/staff/:staffId',
    'identity.manage',
    async ({ actor, body, params: { staffId } }) => {
      const { generatedPassword } = await editStaff(deps, { actor, staffId, change: body });
      return { staff: await showOneStaff(deps, actor, staffId), generatedPassword };
    },
  );
}

async function meOf(deps: Deps, companyId: string, token: string): Promise<Me> {
  const session = await deps.db.read(companyId, (tx) => signedIn(tx, hashOfToken(token)));
  return {
    staffId: session.staffId,
    loginName: session.loginName,
    displayName: session.displayName,
    company: {
      id: companyId,
      name: session.companyName,
      shortCode: session.shortCode,
      timeZone: session.timeZone,
    },
    permissions: session.permissions,
    sessionExpiresAt: session.expiresAt.toISOString(),
    demo: deps.demo,
  };
}

function tokenOf(request: FastifyRequest): string {
  return request.cookies[sessionCookie] ?? '';
}

function setToken(reply: FastifyReply, deps: Deps, token: string): void {
  reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: deps.publicUrl.startsWith('https://'),
    maxAge: absoluteMs / 1000,
  });
}
