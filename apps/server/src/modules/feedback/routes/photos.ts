import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { residentOf, staffOf } from '../../../platform/http/index.ts';
import { requireSmall } from '../../../platform/picture.ts';
import { accountPhotos, maxPhotoBytes } from '../limits.ts';
import { idIn } from '../queries/tickets.ts';
import { keepPhoto, showPhoto } from '../use-cases/keep-photo.ts';

const forFields = 64 * 1024;
const bodyLimit = maxPhotoBytes + forFields;

interface PhotoRoute {
  Params: { photoId: string };
}

/** Photos up and down, each only for those who may see the ticket. */
export function addPhotoRoutes(app: FastifyInstance, deps: Deps): void {
  app.register(async (scope) => {
    const limits = { fileSize: maxPhotoBytes, files: 1, fields: 2, fieldSize: 500 };
    await scope.register(multipart, { limits, throwFileSizeLimit: false });
    scope.post(
      '/api/resident/photos',
      { config: { permission: 'resident' }, bodyLimit },
      async (request) => {
        const { companyId, id } = residentOf(request);
        const bytes = await readPhoto(request);
        const ownerKey = `resident/${id}`;
        const spendings = [{ quota: accountPhotos, of: ownerKey }];
        return await keepPhoto(deps, { companyId, ownerKey, spendings, bytes });
      },
    );
    scope.post(
      '/api/photos',
      { config: { permission: 'feedback.reply' }, bodyLimit },
      async (request) => {
        const { companyId, id } = staffOf(request);
        const bytes = await readPhoto(request);
        return await keepPhoto(deps, {
          companyId,
          ownerKey: `staff/${id}`,
          spendings: [],
          bytes,
        });
      },
    );
  });
  addDownloads(app, deps);
}

function addDownloads(app: FastifyInstance, deps: Deps): void {
  app.get<PhotoRoute>(
    '/api/resident/photos/:photoId',
    { config: { permission: 'resident' } },
    async (request, reply) => {
      const { companyId, id } = residentOf(request);
      const photoId = idIn(request.params.photoId);
      const reader = { kind: 'resident', id } as const;
      return sendPhoto(reply, await showPhoto(deps, { companyId, photoId, reader }));
    },
  );
  app.get<PhotoRoute>(
    '/api/photos/:photoId',
    { config: { permission: 'feedback.read' } },
    async (request, reply) => {
      const { companyId, id } = staffOf(request);
      const photoId = idIn(request.params.photoId);
      const reader = { kind: 'staff', id } as const;
      return sendPhoto(reply, await showPhoto(deps, { companyId, photoId, reader }));
    },
  );
}

async function readPhoto(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw platformErrors.PICTURE_KIND_WRONG();
  const part = await request.file();
  if (!part) throw platformErrors.PICTURE_KIND_WRONG();
  const bytes = await part.toBuffer();
  requireSmall(!part.file.truncated, maxPhotoBytes);
  return bytes;
}

/** Never anything but a picture to a browser, and in no shared cache. */
export function sendPhoto(
  reply: FastifyReply,
  { bytes, mediaType }: { readonly bytes: Buffer; readonly mediaType: string },
): FastifyReply {
  return reply
    .headers({
      'content-type': mediaType,
      'cache-control': 'private, max-age=3600',
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .send(bytes);
}
