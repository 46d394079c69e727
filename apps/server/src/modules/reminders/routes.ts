import {
  manualReminderRoutes as manual,
  residentMessageRoutes as messages,
  reminderPlanRoutes as plans,
  reminderRoutes as routes,
} from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { dayOf } from '../../platform/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { addResidentRoute, addRoute } from '../../platform/http/index.ts';
import { companyOf } from './queries/company.ts';
import { showPauses } from './queries/pauses.ts';
import { showPlans } from './queries/plans.ts';
import { addReminderFiles } from './routes/files.ts';
import { addLinkRoute } from './routes/link.ts';
import type { Directory } from './use-cases/open-link.ts';
import { pauseUnit, resumeUnit } from './use-cases/pause-unit.ts';
import { previewPlan, showCalendar } from './use-cases/preview-plan.ts';
import { previewByHand, remindByHand } from './use-cases/remind-by-hand.ts';
import { changePlan, createPlan, planOf, removePlan } from './use-cases/save-plan.ts';
import {
  notePrinted,
  printQueue,
  readMessages,
  showEffect,
  showMessages,
  showReminder,
  showReminders,
} from './use-cases/show-reminders.ts';
import { activatePlan, pausePlan } from './use-cases/switch-plan.ts';

const onePlan = '/api/reminder-plans/:reminderPlanId' as const;

export function addRemindersRoutes(app: FastifyInstance, deps: Deps, directory: Directory): void {
  addLinkRoute(app, deps, directory);
  addReminderFiles(app, deps);
  addPlanRoutes(app, deps);
  addPlanSwitches(app, deps);
  addManualRoutes(app, deps);
  addPauseRoutes(app, deps);
  addListRoutes(app, deps);
  addResidentRoute(app, messages, 'GET /api/resident/messages', ({ actor, query }) =>
    showMessages(deps, actor, query),
  );
  addResidentRoute(app, messages, 'POST /api/resident/messages/read', ({ actor }) =>
    readMessages(deps, actor),
  );
}

function addPlanRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, plans, 'GET /api/reminder-plans', 'reminders.read', async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, (tx) => showPlans(tx)),
  }));
  addRoute(app, plans, 'POST /api/reminder-plans', 'reminders.write', ({ actor, body }) =>
    createPlan(deps, { actor, plan: body }),
  );
  addRoute(app, plans, `GET ${onePlan}`, 'reminders.read', ({ actor, params }) =>
    deps.db.read(actor.companyId, (tx) => planOf(tx, params.reminderPlanId)),
  );
  addRoute(app, plans, `PUT ${onePlan}`, 'reminders.write', ({ actor, params, body }) =>
    changePlan(deps, { actor, ...params, plan: body }),
  );
  addRoute(app, plans, `DELETE ${onePlan}`, 'reminders.write', async ({ actor, params }) => {
    await removePlan(deps, { actor, ...params });
    return {};
  });
}

function addPlanSwitches(app: FastifyInstance, deps: Deps): void {
  addRoute(app, plans, `POST ${onePlan}/preview`, 'reminders.read', ({ actor, params, body }) =>
    previewPlan(deps, { companyId: actor.companyId, ...params, ...body }),
  );
  addRoute(app, plans, `POST ${onePlan}/activate`, 'reminders.write', ({ actor, params }) =>
    activatePlan(deps, { actor, ...params }),
  );
  addRoute(app, plans, `POST ${onePlan}/pause`, 'reminders.write', ({ actor, params }) =>
    pausePlan(deps, { actor, ...params }),
  );
  addRoute(app, plans, 'GET /api/reminder-calendar', 'reminders.read', ({ actor, query }) =>
    showCalendar(deps, { companyId: actor.companyId, ...query }),
  );
}

function addManualRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    manual,
    'POST /api/manual-reminders/preview',
    'reminders.write',
    ({ actor, body }) => previewByHand(deps, { actor, choice: body }),
  );
  addRoute(
    app,
    manual,
    'POST /api/manual-reminders',
    'reminders.write',
    ({ actor, body: { idempotencyKey, ...choice } }) =>
      remindByHand(deps, { actor, choice, idempotencyKey }),
  );
}

function addPauseRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, manual, 'GET /api/reminder-pauses', 'reminders.read', async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, async (tx) => {
      const { timeZone } = await companyOf(tx);
      return await showPauses(tx, { day: dayOf(deps.clock.now(), timeZone) });
    }),
  }));
  addRoute(
    app,
    manual,
    'PUT /api/units/:unitId/reminder-pause',
    'reminders.write',
    ({ actor, params, body }) => pauseUnit(deps, { actor, ...params, ...body }),
  );
  addRoute(
    app,
    manual,
    'DELETE /api/units/:unitId/reminder-pause',
    'reminders.write',
    async ({ actor, params }) => {
      await resumeUnit(deps, { actor, ...params });
      return {};
    },
  );
}

function addListRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, routes, 'GET /api/reminders', 'reminders.read', ({ actor, query }) =>
    showReminders(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'GET /api/reminders/:reminderId', 'reminders.read', ({ actor, params }) =>
    showReminder(deps, actor.companyId, params.reminderId),
  );
  addRoute(app, routes, 'GET /api/reminder-effect', 'reminders.read', ({ actor, query }) =>
    showEffect(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'GET /api/reminder-prints', 'reminders.read', ({ actor, query }) =>
    printQueue(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'POST /api/reminder-prints/printed', 'reminders.write', ({ actor, body }) =>
    notePrinted(deps, { actor, ...body }),
  );
}
