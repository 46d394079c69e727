import { createTransport } from 'nodemailer';
import { outcome } from '../outcome.ts';
import type { Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { description } from './description.ts';

/** Without a query: a mail server that took a mail tells nothing about it afterwards. */
export const smtp: Provider = {
  description,
  reaches: (_account, to) => to.kind === 'email',
  send: sendMail,
};

const connectMs = 5000;
const answerMs = 10_000;

async function sendMail({ values }: ProviderContext, mail: Outgoing): Promise<Outcome> {
  const { to, title, body, link, requestKey } = mail;
  if (to.kind !== 'email') throw new Error('a mail goes to an address');
  const server = new URL(values['server'] ?? '');
  const isTls = server.protocol === 'smtps:';
  const transport = createTransport({
    host: server.hostname,
    port: Number(server.port) || (isTls ? 465 : 587),
    secure: isTls,
    requireTLS: !isTls && !isLocal(server.hostname),
    auth: { user: values['user'] ?? '', pass: values['password'] ?? '' },
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: answerMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const from = { name: values['fromName'] ?? '', address: values['from'] ?? '' };
  try {
    const sent = await transport.sendMail({
      ...{ from, to: to.address, subject: title, text: body, html: htmlOf(title, body, link) },
      messageId: `<${requestKey}@${from.address.split('@')[1] ?? 'localhost'}>`,
    });
    return outcome.accepted(sent.messageId);
  } catch (error) {
    return outcomeOfFailure(error);
  } finally {
    transport.close();
  }
}

interface MailFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly message: string;
}

/** Until the server has heard the end of the text, nothing was taken. */
function outcomeOfFailure(error: unknown): Outcome {
  const { code = '', command = '', responseCode, message } = error as MailFailure;
  const name = responseCode === undefined ? code : String(responseCode);
  const detail = message.slice(0, 200);
  if (code === 'EAUTH') return outcome.refused('account', name, detail);
  if (responseCode !== undefined) {
    if (responseCode < 500) return outcome.later(name, detail);
    const scope = command.startsWith('RCPT') || code === 'EENVELOPE' ? 'recipient' : 'account';
    return outcome.refused(command === 'DATA' ? 'content' : scope, name, detail);
  }
  // DATA without an answer: the mail may be on its way.
  if (command === 'DATA' || code === 'ESOCKET' || (code === 'ETIMEDOUT' && command !== 'CONN')) {
    return outcome.unknown(name, detail);
  }
  if (code === 'ECONNECTION' || code === 'EDNS' || command === 'CONN') {
    return outcome.later(name, detail);
  }
  return outcome.unknown(name || 'NO_ANSWER', detail);
}

function isLocal(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(host);
}

/** The link as a button below the text; the text itself stays readable without it. */
function htmlOf(title: string, body: string, link: string | undefined): string {
  const style = 'font:16px/1.6 sans-serif;max-width:32em;margin:auto;padding:1em';
  const button = link
    ? `<p><a href="${escape(link)}" style="background:#0b57d0;color:#fff;padding:12px 24px;` +
      `border-radius:8px;text-decoration:none">${escape(title)}</a></p>`
    : '';
  return `<div style="${style}"><p>${escape(body)}</p>${button}</div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
