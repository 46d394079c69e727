import { residentRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { addResidentRoute, residentOf } from '../../../platform/http/index.ts';
import { mostPhotoBytes } from '../domain/limits.ts';
import type { ResidentDeps } from '../doors.ts';
import { type Home, homesOf } from '../queries/homes.ts';
import { buildings, communities, doors, type Place } from '../queries/places.ts';
import { addPhoto, apply, showMyApplications, withdraw } from '../use-cases/apply.ts';
import { bindByNumber } from '../use-cases/bind-by-number.ts';
import { bindByPhone, offersOf } from '../use-cases/bind-by-phone.ts';
import { endPersonOfHome } from '../use-cases/end-binding.ts';
import { acceptByCode, invite, lookAtInvitation, revoke, showPeople } from '../use-cases/invite.ts';

type PhotoRoute = { Params: { applicationId: string }; Body: Buffer };

/** Homes, and who has access to them. */
export function addHomeRoutes(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(app, contract, 'GET /api/resident/homes', async ({ actor }) => {
    const homes = await deps.db.read(actor.companyId, (tx) => homesOf(tx, actor.id));
    return { items: homes.map(shown) };
  });
  addResidentRoute(app, contract, 'GET /api/resident/home-offers', ({ actor }) =>
    offersOf(deps, actor),
  );
  addResidentRoute(app, contract, 'POST /api/resident/homes/by-phone', async ({ actor, body }) => ({
    items: (await bindByPhone(deps, { actor, ...body })).map(shown),
  }));
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/homes/by-account-number',
    async ({ actor, body, request }) =>
      shown(await bindByNumber(deps, { actor, ip: request.ip, ...body })),
  );
  addPeople(app, deps);
  addPlaces(app, deps);
  addApplications(app, deps);
}

function addPeople(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/invitations/look',
    ({ actor, body, request }) => lookAtInvitation(deps, { actor, ip: request.ip, ...body }),
  );
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/homes/by-invitation',
    async ({ actor, body, request }) =>
      shown(await acceptByCode(deps, { actor, ip: request.ip, ...body })),
  );
  addResidentRoute(app, contract, 'GET /api/resident/homes/:unitId/people', ({ actor, params }) =>
    showPeople(deps, { actor, ...params }),
  );
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/homes/:unitId/people/:bindingId',
    async ({ actor, params }) => {
      await endPersonOfHome(deps, { actor, ...params });
      return {};
    },
  );
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/homes/:unitId/invitations',
    ({ actor, params, body }) =>
      invite(deps, { actor, ...params, role: body.role, note: body.note }),
  );
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/homes/:unitId/invitations/:invitationId',
    async ({ actor, params }) => {
      await revoke(deps, { actor, ...params });
      return {};
    },
  );
}

function addPlaces(app: FastifyInstance, deps: ResidentDeps): void {
  const read = async (actor: ResidentActor, query: (tx: Tx) => Promise<Place[]>) => ({
    items: await deps.db.read(actor.companyId, query),
  });
  addResidentRoute(app, contract, 'GET /api/resident/communities', ({ actor }) =>
    read(actor, communities),
  );
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/communities/:communityId/buildings',
    ({ actor, params }) => read(actor, (tx) => buildings(tx, params.communityId)),
  );
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/buildings/:buildingId/units',
    ({ actor, params }) => read(actor, (tx) => doors(tx, params.buildingId)),
  );
}

function addApplications(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(app, contract, 'GET /api/resident/applications', ({ actor }) =>
    showMyApplications(deps, actor),
  );
  addResidentRoute(app, contract, 'POST /api/resident/applications', ({ actor, body }) =>
    apply(deps, { actor, ...body }),
  );
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/applications/:applicationId',
    ({ actor, params }) => withdraw(deps, { actor, ...params }),
  );
  // The bytes of a photo are the body; a parser of its own, so that the others stay JSON.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['image/jpeg', 'image/png'],
      { parseAs: 'buffer' },
      (_r, body, done) => done(null, body),
    );
    scope.post<PhotoRoute>(
      '/api/resident/applications/:applicationId/photos',
      { config: { permission: 'resident' }, bodyLimit: mostPhotoBytes + 1024 },
      async (request) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { applicationId } = request.params;
        return await addPhoto(deps, { actor: residentOf(request), applicationId, bytes });
      },
    );
  });
}

function shown(home: Home) {
  return { ...home, boundAt: home.boundAt.toISOString() };
}
