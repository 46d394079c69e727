import multipart from '@fastify/multipart';
import { estateRoutes as routes } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StaffActor } from '../../platform/actor.ts';
import type { Deps } from '../../platform/deps.ts';
import { fileErrors, fileLimits, megabytes } from '../../platform/files/index.ts';
import { addRoute, staffOf } from '../../platform/http/index.ts';
import { estateErrors } from './errors.ts';
import {
  correctMapping,
  orderApply,
  recheckImport,
  removeImport,
} from './use-cases/manage-import.ts';
import { showImport, showImports, showProblems } from './use-cases/show-imports.ts';
import { type UploadImportInput, uploadImport } from './use-cases/upload-import.ts';

const defaultLimit = 50;

export function addImportRoutes(app: FastifyInstance, deps: Deps): void {
  addUpload(app, deps);
  addRoute(app, routes, 'GET /api/imports', 'estate.read', ({ actor, query }) =>
    showImports(deps, actor.companyId, { limit: defaultLimit, ...query }),
  );
  addRoute(app, routes, 'GET /api/imports/:importId', 'estate.read', ({ actor, params }) =>
    showImport(deps, actor.companyId, params.importId),
  );
  addRoute(
    app,
    routes,
    'GET /api/imports/:importId/problems',
    'estate.read',
    ({ actor, params, query }) =>
      showProblems(deps, actor.companyId, params.importId, { limit: defaultLimit, ...query }),
  );
  addRoute(
    app,
    routes,
    'PUT /api/imports/:importId/mapping',
    'estate.write',
    async ({ actor, params, body }) => {
      await correctMapping(deps, { actor, ...params, ...body });
      return await showImport(deps, actor.companyId, params.importId);
    },
  );
  for (const [key, act] of [
    ['POST /api/imports/:importId/check', recheckImport],
    ['POST /api/imports/:importId/apply', orderApply],
  ] as const) {
    addRoute(app, routes, key, 'estate.write', async ({ actor, params }) => {
      await act(deps, { actor, ...params });
      return await showImport(deps, actor.companyId, params.importId);
    });
  }
  addRoute(
    app,
    routes,
    'DELETE /api/imports/:importId',
    'estate.write',
    async ({ actor, params }) => {
      await removeImport(deps, { actor, ...params });
      return {};
    },
  );
}

/** The only route that takes a file: within its own scope, so that no other one does. */
function addUpload(app: FastifyInstance, deps: Deps): void {
  app.register(async (scope) => {
    const limits = { fileSize: fileLimits.packedBytes, files: 1, fields: 4, fieldSize: 500 };
    await scope.register(multipart, { limits, throwFileSizeLimit: false });
    scope.post(
      '/api/imports',
      {
        config: { permission: 'estate.write' },
        bodyLimit: fileLimits.packedBytes + 64 * 1024,
      },
      async (request, reply) => {
        refuseTooLarge(request);
        const input = await readUpload(request, staffOf(request));
        return reply.code(202).send(await uploadImport(deps, input));
      },
    );
  });
}

function refuseTooLarge(request: FastifyRequest): void {
  const length = Number(request.headers['content-length'] ?? 0);
  const forFields = 64 * 1024;
  if (length > fileLimits.packedBytes + forFields) throw tooLarge();
}

function tooLarge() {
  return fileErrors.FILE_TOO_LARGE({ values: { limitMb: megabytes(fileLimits.packedBytes) } });
}

async function readUpload(request: FastifyRequest, actor: StaffActor): Promise<UploadImportInput> {
  if (!request.isMultipart()) throw estateErrors.FILE_MISSING();
  const fields = new Map<string, string>();
  let file: { fileName: string; bytes: Buffer } | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value));
    else {
      const bytes = await part.toBuffer();
      if (part.file.truncated) throw tooLarge();
      file = { fileName: part.filename, bytes };
    }
  }
  if (!file) throw estateErrors.FILE_MISSING();
  const communityId = fields.get('communityId');
  const communityName = fields.get('communityName');
  return {
    actor,
    ...file,
    ...(communityId && { communityId }),
    ...(communityName && { communityName }),
  };
}
