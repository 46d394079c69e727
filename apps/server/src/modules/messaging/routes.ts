import { residentNotificationRoutes, messagingRoutes as routes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { addResidentRoute, addRoute } from '../../platform/http/index.ts';
import type { MessagingDeps } from './open-account.ts';
import { addMessageFiles } from './routes/files.ts';
import { addReceiptRoutes, type CompanyDirectory } from './routes/receipts.ts';
import {
  changeNotifications,
  changeSettings,
  showNotifications,
  showSettings,
} from './use-cases/edit-settings.ts';
import {
  editAtAccount,
  editText,
  previewText,
  viewTemplate,
  viewTemplates,
} from './use-cases/edit-templates.ts';
import { requeueMessage } from './use-cases/requeue-message.ts';
import { changeAccount, createAccount } from './use-cases/save-account.ts';
import { showMessage, showMessages } from './use-cases/show-messages.ts';
import { testAccount } from './use-cases/test-account.ts';
import { viewAccounts, viewProviders } from './use-cases/view-accounts.ts';

export function addMessagingRoutes(
  app: FastifyInstance,
  deps: MessagingDeps,
  directory: CompanyDirectory,
): void {
  addAccountRoutes(app, deps);
  addTemplateRoutes(app, deps);
  addMessageRoutes(app, deps);
  addSettingRoutes(app, deps);
  addMessageFiles(app, deps);
  addReceiptRoutes(app, deps, directory);
}

function addAccountRoutes(app: FastifyInstance, deps: MessagingDeps): void {
  addRoute(app, routes, 'GET /api/message-providers', 'messaging.read', async () => ({
    items: viewProviders(),
  }));
  addRoute(app, routes, 'GET /api/message-accounts', 'messaging.read', async ({ actor }) => ({
    items: await viewAccounts(deps, actor.companyId),
  }));
  addRoute(app, routes, 'POST /api/message-accounts', 'messaging.write', ({ actor, body }) =>
    createAccount(deps, { actor, account: body }),
  );
  addRoute(
    app,
    routes,
    'PATCH /api/message-accounts/:messageAccountId',
    'messaging.write',
    ({ actor, params, body }) =>
      changeAccount(deps, { actor, id: params.messageAccountId, change: body }),
  );
  addRoute(
    app,
    routes,
    'POST /api/message-accounts/:messageAccountId/test',
    'messaging.write',
    ({ actor, params, body }) => testAccount(deps, { actor, id: params.messageAccountId, ...body }),
  );
}

function addTemplateRoutes(app: FastifyInstance, deps: MessagingDeps): void {
  addRoute(app, routes, 'GET /api/message-templates', 'messaging.read', async ({ actor }) => ({
    items: await viewTemplates(deps, actor.companyId),
  }));
  addRoute(
    app,
    routes,
    'GET /api/message-templates/:templateKey',
    'messaging.read',
    ({ actor, params }) => viewTemplate(deps, actor.companyId, params.templateKey),
  );
  addRoute(
    app,
    routes,
    'PUT /api/message-templates/:templateKey/texts/:language',
    'messaging.write',
    ({ actor, params, body }) =>
      editText(deps, { actor, key: params.templateKey, language: params.language, ...body }),
  );
  addRoute(
    app,
    routes,
    'PUT /api/message-templates/:templateKey/accounts/:messageAccountId/:language',
    'messaging.write',
    ({ actor, params: { templateKey: key, messageAccountId: accountId, language }, body }) =>
      editAtAccount(deps, { actor, key, accountId, language, ...body }),
  );
  addRoute(
    app,
    routes,
    'POST /api/message-templates/:templateKey/preview',
    'messaging.read',
    ({ actor, params, body }) =>
      previewText(deps, { companyId: actor.companyId, key: params.templateKey, ...body }),
  );
}

function addMessageRoutes(app: FastifyInstance, deps: MessagingDeps): void {
  addRoute(app, routes, 'GET /api/messages', 'messaging.read', ({ actor, query }) =>
    showMessages(deps.db, actor.companyId, query),
  );
  addRoute(app, routes, 'GET /api/messages/:messageId', 'messaging.read', ({ actor, params }) =>
    showMessage(deps.db, actor.companyId, params.messageId),
  );
  addRoute(
    app,
    routes,
    'POST /api/messages/:messageId/requeue',
    'messaging.write',
    ({ actor, params, body }) =>
      requeueMessage(deps, {
        actor,
        id: params.messageId,
        mayHaveArrived: body.mayHaveArrived ?? false,
      }),
  );
}

function addSettingRoutes(app: FastifyInstance, deps: MessagingDeps): void {
  addRoute(app, routes, 'GET /api/message-settings', 'messaging.read', ({ actor }) =>
    showSettings(deps, actor.companyId),
  );
  addRoute(app, routes, 'PUT /api/message-settings', 'messaging.write', ({ actor, body }) =>
    changeSettings(deps, { actor, settings: body }),
  );
  const resident = residentNotificationRoutes;
  addResidentRoute(app, resident, 'GET /api/resident/notifications', ({ actor }) =>
    showNotifications(deps, actor),
  );
  addResidentRoute(app, resident, 'PUT /api/resident/notifications', ({ actor, body }) =>
    changeNotifications(deps, { actor, items: body.items }),
  );
}
