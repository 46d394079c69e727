import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between the application and PostgreSQL and cuts the line at a chosen moment. */
export interface CuttingProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /**
   * Cuts the connection of the next COMMIT: before the database gets it, or after it has
   * committed and before the answer arrives.
   */
  cutNextCommit(when: 'before' | 'after'): void;
  close(): Promise<void>;
}

const commit = Buffer.from('commit\0');

export async function cuttingProxy(url: string): Promise<CuttingProxy> {
  let cut: 'before' | 'after' | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(addressOf(url));
    let isCutting = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('close', () => {
        client.destroy();
        database.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (bytes) => {
      const when = bytes.includes(commit) ? cut : undefined;
      if (when !== undefined) cut = undefined;
      if (when === 'before') return client.destroy();
      isCutting = when === 'after';
      return database.write(bytes);
    });
    database.on('data', (bytes) => (isCutting ? client.destroy() : client.write(bytes)));
  });
  const port = await listen(server);
  return {
    url: throughPort(url, port),
    cutNextCommit: (when) => {
      cut = when;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(url: string): { path: string } | { host: string; port: number } {
  const socketDir = /[?&]host=([^&]+)/.exec(url)?.[1];
  if (socketDir) return { path: `${decodeURIComponent(socketDir)}/.s.PGSQL.5432` };
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port || 5432) };
}

function throughPort(url: string, port: number): string {
  const [, user = '', database = ''] =
    /^postgres(?:ql)?:\/\/([^@/]*@)?[^/]*\/([^?]*)/.exec(url) ?? [];
  return `postgres://${user}127.0.0.1:${port}/${database}`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}
