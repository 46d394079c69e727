import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import type { CashierDoors } from '../doors.ts';
import { type Content, documentOf, type Look } from '../page/document.ts';
import { messagePage } from '../page/other-pages.ts';
import { textsOf } from '../page/texts.ts';
import { lookOf } from './visitor.ts';

/** What a page is made of. */
export interface PageDeps {
  readonly doors: Pick<CashierDoors, 'pageDirectory'>;
}

/** The page holds no secret that a guess in its text could be compared with. */
const compress = promisify(gzip);

/** Errors that people may see become a page in their language. */
export async function asPage(
  deps: PageDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const look = lookOf(request);
    reply.code(error.definition.status);
    const page = messagePage(error.text(look.language), look, linksFor(error, request, look));
    return await sendPage(deps, request, reply, page);
  }
}

/** Where there is no home behind the code nobody can be asked. */
const withoutHome = ['ROOM_CODE_UNKNOWN', 'ROOM_CODE_REPLACED', 'ROOM_CODE_GUESSING'];

/** From an error at a home: the question about it, which names the error by itself. */
function linksFor(error: AppError, request: FastifyRequest, { language }: Look) {
  const [, path] = /^(\/q\/[0-9a-z-]+)(\/|$)/.exec(request.url.replace(/\?.*/s, '')) ?? [];
  if (!path || withoutHome.includes(error.code)) return [];
  return [{ href: `${path}/ask?error=${error.code}`, text: textsOf(language).ask }];
}

export async function sendPage(
  deps: PageDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  content: Content,
): Promise<FastifyReply> {
  const page = await documentOf(deps.doors.pageDirectory, lookOf(request), content);
  reply.headers({ ...page.headers, vary: 'accept-encoding' });
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (!/\bgzip\b/.test(accepted)) return reply.send(page.body);
  return reply.header('content-encoding', 'gzip').send(await compress(page.body));
}

export function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 302);
}
