import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import type { CashierDeps } from '../doors.ts';
import { type Content, documentOf } from '../page/document.ts';
import { messagePage } from '../page/other-pages.ts';
import { lookOf } from './visitor.ts';

/** The page holds no secret that a guess in its text could be compared with. */
const compress = promisify(gzip);

/** Errors that people may see become a page in their language. */
export async function asPage(
  deps: CashierDeps,
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
    return await sendPage(deps, request, reply, messagePage(error.text(look.language), look));
  }
}

export async function sendPage(
  deps: CashierDeps,
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
