import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import { requireSmall } from '../../../platform/picture.ts';
import { maxPhotoBytes, maxVisitorPhotos } from '../limits.ts';
import { requireFew } from '../use-cases/ask-as-visitor.ts';

/** What came is read to its end, but not kept, up to so many files. */
const mostFiles = 3 * maxVisitorPhotos;
const mostFields = 20;
/** 2000 letters of up to four bytes. */
const fieldBytes = 8192;
export const formLimit = mostFiles * maxPhotoBytes;

/** Forms of our own pages, with and without photos. */
export async function acceptForms(scope: FastifyInstance): Promise<void> {
  const limits = {
    ...{ fileSize: maxPhotoBytes, files: mostFiles },
    ...{ fields: mostFields, fieldSize: fieldBytes },
  };
  await scope.register(multipart, { limits, throwFileSizeLimit: false });
}

export interface Form {
  /** The first value of a field, or nothing. */
  field(name: string): string;
  all(name: string): readonly string[];
  readonly photos: readonly Buffer[];
  /** Why the photos cannot be taken; the fields were read all the same. */
  readonly problem: AppError | undefined;
}

/** Reads a form. A chooser of files that was left empty counts as no file. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  const fields: (readonly [string, string])[] = [];
  const photos: Buffer[] = [];
  let problem: AppError | undefined;
  let count = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.push([part.fieldname, String(part.value)]);
      continue;
    }
    const bytes = await part.toBuffer();
    if (bytes.length === 0) continue;
    count += 1;
    problem ??= refusal(() => requireFew(count));
    problem ??= refusal(() => requireSmall(!part.file.truncated, maxPhotoBytes));
    if (count <= maxVisitorPhotos) photos.push(bytes);
  }
  const all = (name: string) => fields.filter(([own]) => own === name).map(([, value]) => value);
  return { field: (name) => all(name)[0] ?? '', all, photos, problem };
}

function refusal(check: () => void): AppError | undefined {
  try {
    check();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return undefined;
}
