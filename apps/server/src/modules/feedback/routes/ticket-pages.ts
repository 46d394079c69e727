import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import {
  asPage,
  type CashierDeps,
  keepChoices,
  lookOf,
  redirect,
  sendPage,
} from '../../cashier/index.ts';
import { ticketPage } from '../page/ticket-page.ts';
import { idIn } from '../queries/tickets.ts';
import { showPhoto } from '../use-cases/keep-photo.ts';
import {
  findByLink,
  type LinkStep,
  linkSteps,
  showByLink,
  stepByLink,
} from '../use-cases/linked-tickets.ts';
import type { Doorman } from './doorman.ts';
import { acceptForms, formLimit, readForm } from './form.ts';
import { sendPhoto } from './photos.ts';
import { sendAway } from './send-away.ts';

interface TicketRoute {
  Params: { code: string };
  Querystring: { done?: string; size?: string; lang?: string };
}
interface PhotoRoute {
  Params: { code: string; photoId: string };
}

const config = { permission: 'public' as const };

/** A ticket for whoever holds its link; messages about progress lead here. */
export function addTicketPages(app: FastifyInstance, deps: CashierDeps, doorman: Doorman): void {
  void app.register(async (scope) => {
    await acceptForms(scope);
    scope.get<TicketRoute>('/t/:code', { config }, (request, reply) =>
      asPage(deps, request, reply, () =>
        doorman.watch(request, async () => {
          if (keepChoices(request, reply)) return redirect(reply, pathOf(request));
          return await sendTicket(deps, request, reply);
        }),
      ),
    );
    scope.get<PhotoRoute>('/t/:code/photos/:photoId', { config }, (request, reply) =>
      asPage(deps, request, reply, () =>
        doorman.watch(request, async () => {
          const { companyId, ticketId } = await findByLink(deps, linkOf(request));
          const photoId = idIn(request.params.photoId);
          const reader = { kind: 'link', ticketId } as const;
          reply.header('x-robots-tag', 'noindex');
          return sendPhoto(reply, await showPhoto(deps, { companyId, photoId, reader }));
        }),
      ),
    );
    for (const step of linkSteps) {
      scope.post<TicketRoute>(
        `/t/:code/${step}`,
        { config, bodyLimit: formLimit },
        (request, reply) =>
          asPage(deps, request, reply, () =>
            doorman.watch(request, async () => {
              doorman.letForm(request);
              return await takeStep(deps, request, reply, step);
            }),
          ),
      );
    }
  });
}

async function takeStep(
  deps: CashierDeps,
  request: FastifyRequest<TicketRoute>,
  reply: FastifyReply,
  step: LinkStep,
): Promise<FastifyReply> {
  const form = await readForm(request);
  const text = form.field('text').replaceAll('\r\n', '\n');
  try {
    if (form.problem) throw form.problem;
    const key = /^[0-9a-f-]{36}$/.test(form.field('key')) ? form.field('key') : randomUUID();
    const { photos } = form;
    const said = { key, text, score: Number(form.field('score')), photos };
    await stepByLink(deps, { link: linkOf(request), step, form: said });
    return sendAway(reply, `${pathOf(request)}?done=saved`);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'TICKET_LINK_UNKNOWN') throw error;
    reply.code(error.definition.status);
    return await sendTicket(deps, request, reply, { error, typed: { step, text } });
  }
}

async function sendTicket(
  deps: CashierDeps,
  request: FastifyRequest<TicketRoute>,
  reply: FastifyReply,
  wrong?: { readonly error: AppError; readonly typed: { readonly step: string; text: string } },
): Promise<FastifyReply> {
  const look = lookOf(request);
  const { done } = request.query;
  const view = {
    ...(await showByLink(deps, linkOf(request))),
    path: pathOf(request),
    key: randomUUID(),
    notice: !wrong && (done === 'received' || done === 'saved') ? done : undefined,
    problem: wrong?.error.text(look.language),
    typed: wrong?.typed,
  } as const;
  reply.header('x-robots-tag', 'noindex');
  return await sendPage(deps, request, reply, ticketPage(view, look));
}

function linkOf(request: FastifyRequest<{ Params: { code: string } }>): string {
  return request.params.code.toLowerCase();
}

function pathOf(request: FastifyRequest<TicketRoute>): string {
  return `/t/${encodeURIComponent(linkOf(request))}`;
}
