import type { FastifyReply } from 'fastify';

export interface EventStream {
  /** Sends one event; data is one JSON value. */
  send(event: string, data: unknown): void;
  end(): void;
  readonly closed: boolean;
}

const keepAliveMs = 15_000;

/** Turns an answer into server-sent events; `onClose` runs once, whoever ends it. */
export function openEventStream(reply: FastifyReply, onClose: () => void): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  let closed = false;
  const keepAlive = setInterval(() => raw.write(': still here\n\n'), keepAliveMs);
  const close = () => {
    closed = true;
    clearInterval(keepAlive);
    onClose();
  };
  // Whoever left while we looked things up is not heard of again. Later, because the caller may
  // still have to say what there is to clean up.
  if (raw.destroyed) setImmediate(close);
  else raw.once('close', close);
  return {
    get closed() {
      return closed;
    },
    send(event, data) {
      if (!closed) raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      if (closed) return;
      closed = true; // At once: what is still being looked up must not be written behind the end.
      clearInterval(keepAlive);
      raw.end();
    },
  };
}
