import type { FastifyReply } from 'fastify';

export interface SentFile {
  /** As somebody will find it among their downloads; may be Chinese. */
  readonly name: string;
  readonly type: string;
  readonly body: Buffer;
}

/** A file that the browser shows, or keeps under its name. It is nobody else's: never cached. */
export function sendFile(reply: FastifyReply, { name, type, body }: SentFile): FastifyReply {
  const ascii = name.replace(/[^\w.-]+/g, '_');
  return reply
    .header('content-type', type)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-disposition',
      `inline; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(body);
}
