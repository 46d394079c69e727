import { feedbackSettingRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { addRoute } from '../../../platform/http/index.ts';
import { feedbackErrors } from '../errors.ts';
import { cannedAnswersOf, cannedFor } from '../queries/canned-answers.ts';
import { categoriesOf, receiversOf, routingsOf } from '../queries/categories.ts';
import { digestOf, digestWeeks } from '../queries/digests.ts';
import { settingsOf } from '../queries/settings.ts';
import { surveyResults } from '../queries/survey.ts';
import {
  changeRouting,
  changeSettings,
  removeCanned,
  removeRouting,
  saveCanned,
  saveCategory,
} from '../use-cases/edit-settings.ts';

const [read, write] = ['feedback.read', 'feedback.manage'] as const;

export function addFeedbackSettingRoutes(app: FastifyInstance, deps: Deps): void {
  addCategoryRoutes(app, deps);
  addCannedRoutes(app, deps);
  addRoute(app, contract, 'GET /api/feedback-settings', read, ({ actor }) =>
    deps.db.read(actor.companyId, settingsOf),
  );
  addRoute(app, contract, 'PUT /api/feedback-settings', write, ({ actor, body }) =>
    changeSettings(deps, { actor, ...body }),
  );
  addRoute(app, contract, 'GET /api/satisfaction', read, ({ actor, query }) =>
    surveyResults(deps, { companyId: actor.companyId, ...query }),
  );
  addDigestRoutes(app, deps);
}

function addCategoryRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/ticket-categories', read, async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, categoriesOf),
  }));
  addRoute(app, contract, 'POST /api/ticket-categories', write, ({ actor, body }) =>
    saveCategory(deps, { actor, ...body }),
  );
  addRoute(
    app,
    contract,
    'PUT /api/ticket-categories/:categoryId',
    write,
    ({ actor, params, body }) => saveCategory(deps, { actor, ...params, ...body }),
  );
  addRoute(app, contract, 'GET /api/ticket-routings', read, async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, routingsOf),
  }));
  addRoute(app, contract, 'PUT /api/ticket-routings', write, ({ actor, body }) =>
    changeRouting(deps, { actor, ...body }),
  );
  addRoute(app, contract, 'DELETE /api/ticket-routings/:routingId', write, ({ actor, params }) =>
    removeRouting(deps, { actor, ...params }),
  );
  addRoute(app, contract, 'GET /api/ticket-receivers', read, ({ actor }) =>
    deps.db.read(actor.companyId, receiversOf),
  );
}

function addCannedRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/canned-answers', read, async ({ actor, query }) => {
    const { ticketId } = query;
    const items = await deps.db.read(actor.companyId, (tx) =>
      ticketId === undefined ? cannedAnswersOf(tx) : cannedFor(tx, { ticketId, staff: actor.name }),
    );
    return { items };
  });
  addRoute(app, contract, 'POST /api/canned-answers', write, ({ actor, body }) =>
    saveCanned(deps, { actor, ...body }),
  );
  addRoute(app, contract, 'PUT /api/canned-answers/:answerId', write, ({ actor, params, body }) =>
    saveCanned(deps, { actor, ...params, ...body }),
  );
  addRoute(app, contract, 'DELETE /api/canned-answers/:answerId', write, ({ actor, params }) =>
    removeCanned(deps, { actor, ...params }),
  );
}

function addDigestRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/feedback-digests', read, ({ actor }) =>
    deps.db.read(actor.companyId, async (tx) => {
      const weeks = await digestWeeks(tx);
      const [newest] = weeks;
      return { weeks, newest: newest ? ((await digestOf(tx, newest)) ?? null) : null };
    }),
  );
  addRoute(
    app,
    contract,
    'GET /api/feedback-digests/:weekStart',
    read,
    async ({ actor, params }) => {
      const digest = await deps.db.read(actor.companyId, (tx) => digestOf(tx, params.weekStart));
      if (!digest) throw feedbackErrors.DIGEST_NOT_FOUND();
      return digest;
    },
  );
}
