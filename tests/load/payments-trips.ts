import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const socketFile = '.s.PGSQL.5432';

/** What the application's role asked of the database. */
export interface Counts {
  /** Times that it sent something while nothing was under way on the connection. */
  trips: number;
  statements: number;
  /** Commits that wait for the disk: explicit ones, and statements on their own. */
  commits: number;
}

export interface Counter {
  readonly socketDir: string;
  readonly counts: Counts;
  close(): Promise<void>;
}

/** A socket before the database's that counts what passes through it. */
export async function countTrips(socketDir: string): Promise<Counter> {
  const directory = mkdtempSync(join(tmpdir(), 'wuye-trips-'));
  const counts: Counts = { trips: 0, statements: 0, commits: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(join(socketDir, socketFile));
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined); // Its close, which ends the other one, follows.
    }
    watch(client, database, counts);
    client.pipe(database);
    database.pipe(client);
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(join(directory, socketFile), resolve));
  return {
    socketDir: directory,
    counts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function watch(client: Socket, database: Socket, counts: Counts): void {
  let isApplication = false;
  let isInside = false;
  let pending = 0;
  const ask = (type: string, text: string) => {
    if (type === 'startup') isApplication = text.includes('\0wuye_app\0');
    if (!isApplication || type === 'startup') return;
    const isLast = type === 'S' || type === 'Q';
    if (pending === 0 && isLast) counts.trips += 1;
    if (isLast) pending += 1;
    if (type === 'Q' || type === 'E') {
      counts.statements += 1;
      if (type === 'Q' && text.startsWith('begin')) isInside = true;
      else if (type === 'Q' && /^(commit|rollback)/.test(text)) {
        isInside = false;
        counts.commits += 1;
      } else if (!isInside) counts.commits += 1;
    }
  };
  onMessages(client, true, ask);
  onMessages(database, false, (type) => {
    if (type === 'Z' && pending > 0) pending -= 1;
  });
}

/** Messages of PostgreSQL's protocol: a letter (but for the first), a length, and the rest. */
function onMessages(
  socket: Socket,
  hasStartup: boolean,
  tell: (type: string, text: string) => void,
): void {
  let rest = Buffer.alloc(0);
  let isFirst = hasStartup;
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      const type = isFirst ? 'startup' : String.fromCharCode(rest[0] ?? 0);
      tell(type, rest.subarray(head + 4, end).toString('latin1'));
      rest = rest.subarray(end);
      isFirst = false;
    }
  });
}
