import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { fileErrors, megabytes } from '../../../platform/files/index.ts';
import { staffOf } from '../../../platform/http/index.ts';
import { bankErrors } from '../errors.ts';
import { camtLimits } from '../limits.ts';
import { importSubAccounts } from '../use-cases/import-sub-accounts.ts';
import { uploadStatement } from '../use-cases/manage-import.ts';

const forFields = 64 * 1024;

/** The routes that take a file: within a scope of their own, so that no other one does. */
export function addUploads(app: FastifyInstance, deps: Deps): void {
  app.register(async (scope) => {
    const limits = { fileSize: camtLimits.bytes, files: 1, fields: 4, fieldSize: 500 };
    await scope.register(multipart, { limits, throwFileSizeLimit: false });
    const bodyLimit = camtLimits.bytes + forFields;
    scope.post(
      '/api/bank-imports',
      { config: { permission: 'bank.import' }, bodyLimit },
      async (request, reply) => {
        const { fields, file } = await readForm(request);
        const layoutId = fields.get('layoutId');
        const layoutName = fields.get('layoutName');
        const answer = await uploadStatement(deps, {
          actor: staffOf(request),
          bankAccountId: idIn(fields, 'bankAccountId'),
          ...(layoutId && { layoutId: idIn(fields, 'layoutId') }),
          ...(layoutName && { layoutName }),
          ...file,
        });
        return reply.code(202).send(answer);
      },
    );
    scope.post(
      '/api/bank-sub-accounts',
      { config: { permission: 'bank.write' }, bodyLimit },
      async (request) => {
        const { fields, file } = await readForm(request);
        const bankAccountId = idIn(fields, 'bankAccountId');
        const { bytes } = file;
        return await importSubAccounts(deps, { actor: staffOf(request), bankAccountId, bytes });
      },
    );
  });
}

function idIn(fields: ReadonlyMap<string, string>, name: string): string {
  const id = fields.get(name) ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw bankErrors.STATEMENT_FILE_MISSING();
  }
  return id;
}

async function readForm(request: FastifyRequest) {
  if (!request.isMultipart()) throw bankErrors.STATEMENT_FILE_MISSING();
  if (Number(request.headers['content-length'] ?? 0) > camtLimits.bytes + forFields) {
    throw tooLarge();
  }
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
  if (!file) throw bankErrors.STATEMENT_FILE_MISSING();
  return { fields, file };
}

function tooLarge() {
  return fileErrors.FILE_TOO_LARGE({ values: { limitMb: megabytes(camtLimits.bytes) } });
}
