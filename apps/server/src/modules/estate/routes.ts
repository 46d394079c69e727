import { estateRoutes as routes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { addRoute } from '../../platform/http/index.ts';
import { addEstateFiles } from './files.ts';
import { addImportRoutes } from './import-routes.ts';
import { createCommunity } from './use-cases/create-community.ts';
import { addPerson, editPerson, endPerson, revealPerson } from './use-cases/edit-people.ts';
import { editServicePhone, showCompanyService } from './use-cases/edit-service-phone.ts';
import { changeArea, editUnit } from './use-cases/edit-unit.ts';
import { readRoomCodeOf, replaceRoomCode } from './use-cases/room-code.ts';
import { showBuildings, showCommunities } from './use-cases/show-places.ts';
import { showRoomCode, showUnit, showUnits } from './use-cases/show-units.ts';

export const defaultLimit = 50;

export function addEstateRoutes(app: FastifyInstance, deps: Deps): void {
  addPlaces(app, deps);
  addServicePhones(app, deps);
  addUnits(app, deps);
  addPeople(app, deps);
  addRoomCodes(app, deps);
  addImportRoutes(app, deps);
  addEstateFiles(app, deps);
}

function addPlaces(app: FastifyInstance, deps: Deps): void {
  addRoute(app, routes, 'GET /api/communities', 'estate.read', ({ actor, query }) =>
    showCommunities(deps, actor.companyId, { limit: defaultLimit, ...query }),
  );
  addRoute(app, routes, 'POST /api/communities', 'estate.write', async ({ actor, body }) => {
    const { name, address = null } = body;
    const { communityId } = await createCommunity(deps, { actor, name, address });
    return { id: communityId, name: name.trim(), address, buildings: 0, units: 0, service: null };
  });
  addRoute(app, routes, 'GET /api/buildings', 'estate.read', ({ actor, query }) =>
    showBuildings(deps, actor.companyId, { limit: defaultLimit, ...query }),
  );
}

function addServicePhones(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    routes,
    'PUT /api/communities/:communityId/service-phone',
    'estate.write',
    async ({ actor, params, body }) => {
      await editServicePhone(deps, { actor, ...params, ...body });
      return {};
    },
  );
  addRoute(app, routes, 'GET /api/service-phone', 'estate.read', ({ actor }) =>
    showCompanyService(deps, actor.companyId),
  );
  addRoute(app, routes, 'PUT /api/service-phone', 'estate.write', async ({ actor, body }) => {
    await editServicePhone(deps, { actor, communityId: null, ...body });
    return {};
  });
}

function addUnits(app: FastifyInstance, deps: Deps): void {
  addRoute(app, routes, 'GET /api/units', 'estate.read', ({ actor, query }) =>
    showUnits(deps, actor.companyId, { limit: defaultLimit, ...query }),
  );
  addRoute(app, routes, 'GET /api/units/:unitId', 'estate.read', ({ actor, params }) =>
    showUnit(deps, actor.companyId, params.unitId),
  );
  addRoute(
    app,
    routes,
    'PATCH /api/units/:unitId',
    'estate.write',
    async ({ actor, params, body }) => {
      await editUnit(deps, { actor, ...params, ...body });
      return await showUnit(deps, actor.companyId, params.unitId);
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/units/:unitId/areas',
    'estate.write',
    async ({ actor, params, body }) => {
      await changeArea(deps, { actor, ...params, ...body });
      return await showUnit(deps, actor.companyId, params.unitId);
    },
  );
}

function addPeople(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    routes,
    'POST /api/units/:unitId/people',
    'estate.write',
    async ({ actor, params, body }) => {
      const { phone = null, idNumber = null, fromOn = null, ...rest } = body;
      await addPerson(deps, { actor, ...params, ...rest, phone, idNumber, fromOn });
      return await showUnit(deps, actor.companyId, params.unitId);
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/units/:unitId/people/:occupancyId/end',
    'estate.write',
    async ({ actor, params, body }) => {
      await endPerson(deps, { actor, ...params, ...body });
      return await showUnit(deps, actor.companyId, params.unitId);
    },
  );
  addRoute(
    app,
    routes,
    'PATCH /api/people/:personId',
    'estate.write',
    async ({ actor, params, body }) => {
      await editPerson(deps, { actor, ...params, ...body });
      return {};
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/people/:personId/reveal',
    'estate.reveal',
    ({ actor, params, body, reply }) => {
      reply.header('cache-control', 'no-store');
      return revealPerson(deps, { actor, ...params, ...body });
    },
  );
}

function addRoomCodes(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    routes,
    'GET /api/units/:unitId/room-code',
    'estate.read',
    async ({ actor, params }) => {
      await readRoomCodeOf(deps, actor, params.unitId);
      return await showRoomCode(deps, actor.companyId, params.unitId);
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/units/:unitId/room-code/replace',
    'estate.write',
    async ({ actor, params, body }) => {
      await replaceRoomCode(deps, { actor, ...params, ...body });
      return await showRoomCode(deps, actor.companyId, params.unitId);
    },
  );
}
