import { createServer, type Server, type Socket } from 'node:net';
import { deliver } from './deliver.ts';
import type { MessageFaults } from './faults.ts';
import { type Customer, customerOf, type MessageDeps } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults };

const DATA_MOST = 512 * 1024;

export type MailServer = { port: () => number; close(): void };

/** A mail server: EHLO, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA. Without TLS: it is on loopback. */
export function startMailServer(deps: Deps, host: string): MailServer {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(deps, socket);
  });
  server.listen(0, host);
  server.unref();
  return {
    port: () => {
      const address = server.address();
      return address !== null && typeof address === 'object' ? address.port : 0;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

type Session = {
  customer: Customer | undefined;
  /** The lines of AUTH LOGIN that are still to come. */
  login: string[] | null;
  to: string;
  data: string[] | null;
};

function serve(deps: Deps, socket: Socket): void {
  const session: Session = { customer: undefined, login: null, to: '', data: null };
  const say = (text: string) => void (socket.destroyed || socket.write(`${text}\r\n`));
  let rest = '';
  say('220 sim.local ESMTP');
  socket.on('data', (chunk) => {
    rest += chunk.toString('utf8');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (session.data !== null) readData(deps, session, socket, say, line);
      else if (session.login !== null) readLogin(deps, session, say, line);
      else command(deps, session, socket, say, line);
    }
    if (rest.length > DATA_MOST) socket.destroy();
  });
}

type Say = (text: string) => void;

function command(deps: Deps, session: Session, socket: Socket, say: Say, line: string): void {
  const verb = line.split(' ')[0]?.toUpperCase() ?? '';
  if (verb === 'EHLO') return say('250-sim.local\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME');
  if (verb === 'HELO' || verb === 'RSET' || verb === 'NOOP') return say('250 OK');
  if (verb === 'QUIT') {
    say('221 Bye');
    socket.end();
    return;
  }
  if (verb === 'AUTH') return auth(deps, session, say, line);
  if (!session.customer) return say('530 5.7.0 Authentication required');
  if (verb === 'MAIL') return say('250 OK');
  if (verb === 'RCPT') {
    session.to = /<([^>]*)>/.exec(line)?.[1] ?? '';
    return say(session.to.startsWith('gone') ? '550 5.1.1 No such user' : '250 OK');
  }
  if (verb === 'DATA') {
    session.data = [];
    return say('354 Go ahead');
  }
  say('502 5.5.1 Not implemented');
}

function auth(deps: Deps, session: Session, say: Say, line: string): void {
  const [, kind = '', first = ''] = line.split(' ');
  if (kind.toUpperCase() === 'PLAIN') {
    const [, user = '', password = ''] = Buffer.from(first, 'base64').toString('utf8').split('\0');
    return signIn(deps, session, say, user, password);
  }
  session.login = first === '' ? [] : [Buffer.from(first, 'base64').toString('utf8')];
  say(first === '' ? '334 VXNlcm5hbWU6' : '334 UGFzc3dvcmQ6');
}

function readLogin(deps: Deps, session: Session, say: Say, line: string): void {
  const given = [...(session.login ?? []), Buffer.from(line, 'base64').toString('utf8')];
  session.login = given;
  if (given.length < 2) return say('334 UGFzc3dvcmQ6');
  session.login = null;
  signIn(deps, session, say, given[0] ?? '', given[1] ?? '');
}

function signIn(deps: Deps, session: Session, say: Say, user: string, password: string): void {
  const customer = customerOf(deps.records, 'smtp', user);
  if (!customer || customer.keys.password !== password) return say('535 5.7.8 Refused');
  session.customer = customer;
  say('235 2.7.0 Accepted');
}

function readData(deps: Deps, session: Session, socket: Socket, say: Say, line: string): void {
  if (line !== '.') {
    session.data?.push(line.startsWith('..') ? line.slice(1) : line);
    return;
  }
  const text = (session.data ?? []).join('\n');
  session.data = null;
  const { customer, to } = session;
  if (!customer) return say('530 5.7.0 Authentication required');
  const struck = deps.messageFaults.take('smtp', to);
  switch (struck?.fault) {
    case 'refuse':
      return say(`${struck.code ?? '554'} 5.7.1 Refused`);
    case 'throttled':
    case 'server-error':
      return say('451 4.7.1 Try again later');
    case 'connection-lost-before':
    case 'timeout-before':
      return void socket.destroy();
    case 'connection-lost-after':
    case 'timeout-after':
    case 'server-error-after':
      show(deps, customer, to, text);
      return void socket.destroy();
    default:
      show(deps, customer, to, text, struck?.fault);
      say('250 2.0.0 Queued');
  }
}

function show(
  deps: Deps,
  customer: Customer,
  receiver: string,
  text: string,
  fault?: Parameters<typeof deliver>[2],
): void {
  const head = text.split('\n\n')[0] ?? '';
  const title = decodedWords(/^Subject: (.*(?:\n[ \t].*)*)/im.exec(head)?.[1] ?? '');
  const body = plainPart(text);
  deliver(
    deps,
    {
      ...{ provider: 'smtp', customer: customer.id, receiver, title, body, lines: [] },
      link: /https?:\/\/\S+/.exec(body)?.[0] ?? null,
      outId: /^Message-ID: <([^@>]+)/im.exec(head)?.[1] ?? '',
    },
    fault,
  );
}

/** =?UTF-8?B?…?= and =?UTF-8?Q?…?= */
function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quoted(word.replaceAll('_', ' ')),
    );
}

function quoted(text: string): string {
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function plainPart(text: string): string {
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  const parts = boundary === undefined ? [text] : text.split(`--${boundary}`);
  const part = parts.find((one) => /content-type: text\/plain/i.test(one)) ?? text;
  const at = part.indexOf('\n\n');
  const body = part.slice(at + 2).trim();
  const encoding = /content-transfer-encoding: (\S+)/i.exec(part.slice(0, at))?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quoted(body) : body;
}
