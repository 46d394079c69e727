import { bankEntryRoutes, bankImportRoutes, bankRoutes as routes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { addRoute } from '../../platform/http/index.ts';
import type { BankDeps } from './deps.ts';
import { ruleExamples } from './domain/not-payment.ts';
import { bankAccounts } from './queries/accounts.ts';
import { bankRules, bankSettings } from './queries/settings.ts';
import { addBankFiles } from './routes/files.ts';
import { addUploads } from './routes/upload.ts';
import {
  addLayout,
  addRule,
  changeLayout,
  changeRule,
  changeSettings,
  removeLayout,
  removeRule,
  showLayouts,
} from './use-cases/edit-settings.ts';
import {
  changeImportLayout,
  orderApply,
  recheckImport,
  removeImport,
} from './use-cases/manage-import.ts';
import { matchEntry } from './use-cases/match-entry.ts';
import { addAccount, changeAccount } from './use-cases/save-account.ts';
import { showEntries, showReferences } from './use-cases/show-entries.ts';
import { revealEntry, showEntry, showUnitForEntry } from './use-cases/show-entry.ts';
import { showImport, showImports, showProblems, showRows } from './use-cases/show-imports.ts';
import {
  makeReferences,
  makeUnitReference,
  removeSubAccount,
  setSubAccount,
  showGuide,
} from './use-cases/transfer-guide.ts';

export function addBankRoutes(app: FastifyInstance, deps: BankDeps): void {
  addUploads(app, deps);
  addBankFiles(app, deps);
  addAccountRoutes(app, deps);
  addReferenceRoutes(app, deps);
  addSettingRoutes(app, deps);
  addLayoutRoutes(app, deps);
  addImportRoutes(app, deps);
  addEntryRoutes(app, deps);
}

function addAccountRoutes(app: FastifyInstance, deps: BankDeps): void {
  addRoute(app, routes, 'GET /api/bank-accounts', 'bank.read', async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, (tx) => bankAccounts(tx)),
  }));
  addRoute(app, routes, 'POST /api/bank-accounts', 'bank.write', ({ actor, body }) =>
    addAccount(deps, { actor, ...body }),
  );
  addRoute(
    app,
    routes,
    'PATCH /api/bank-accounts/:bankAccountId',
    'bank.write',
    ({ actor, params, body }) => changeAccount(deps, { actor, ...params, ...body }),
  );
}

function addReferenceRoutes(app: FastifyInstance, deps: BankDeps): void {
  addRoute(app, routes, 'GET /api/units/:unitId/transfer', 'estate.read', ({ actor, params }) =>
    showGuide(deps, { actor, ...params }),
  );
  addRoute(app, routes, 'POST /api/units/:unitId/transfer', 'estate.read', ({ actor, params }) =>
    makeUnitReference(deps, { actor, ...params }),
  );
  addRoute(
    app,
    routes,
    'PUT /api/units/:unitId/sub-account',
    'bank.write',
    ({ actor, params, body }) => setSubAccount(deps, { actor, ...params, ...body }),
  );
  addRoute(
    app,
    routes,
    'DELETE /api/units/:unitId/sub-account',
    'bank.write',
    ({ actor, params }) => removeSubAccount(deps, { actor, ...params }),
  );
  addRoute(app, routes, 'GET /api/bank-references', 'bank.read', ({ actor, query }) =>
    showReferences(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'POST /api/bank-references', 'bank.write', ({ actor, body }) =>
    makeReferences(deps, { actor, ...body }),
  );
}

function addSettingRoutes(app: FastifyInstance, deps: BankDeps): void {
  addRoute(app, routes, 'GET /api/bank-settings', 'bank.read', ({ actor }) =>
    deps.db.read(actor.companyId, bankSettings),
  );
  addRoute(app, routes, 'PUT /api/bank-settings', 'bank.write', ({ actor, body }) =>
    changeSettings(deps, { actor, ...body }),
  );
  addRoute(app, routes, 'GET /api/bank-rules', 'bank.read', async ({ actor }) => {
    const items = await deps.db.read(actor.companyId, bankRules);
    const isTaken = (words: string) => items.some((rule) => rule.words === words);
    return { items, examples: ruleExamples.filter(({ words }) => !isTaken(words)) };
  });
  addRoute(app, routes, 'POST /api/bank-rules', 'bank.write', ({ actor, body }) =>
    addRule(deps, { actor, ...body }),
  );
  addRoute(app, routes, 'PATCH /api/bank-rules/:ruleId', 'bank.write', ({ actor, params, body }) =>
    changeRule(deps, { actor, ...params, ...body }),
  );
  addRoute(
    app,
    routes,
    'DELETE /api/bank-rules/:ruleId',
    'bank.write',
    async ({ actor, params }) => {
      await removeRule(deps, { actor, ...params });
      return {};
    },
  );
}

function addLayoutRoutes(app: FastifyInstance, deps: BankDeps): void {
  addRoute(app, bankImportRoutes, 'GET /api/bank-layouts', 'bank.read', async ({ actor }) => ({
    items: await showLayouts(deps, actor.companyId),
  }));
  addRoute(app, bankImportRoutes, 'POST /api/bank-layouts', 'bank.write', ({ actor, body }) =>
    addLayout(deps, { actor, ...body }),
  );
  addRoute(
    app,
    bankImportRoutes,
    'PUT /api/bank-layouts/:layoutId',
    'bank.write',
    ({ actor, params, body }) => changeLayout(deps, { actor, ...params, ...body }),
  );
  addRoute(
    app,
    bankImportRoutes,
    'DELETE /api/bank-layouts/:layoutId',
    'bank.write',
    async ({ actor, params }) => {
      await removeLayout(deps, { actor, ...params });
      return {};
    },
  );
}

function addImportRoutes(app: FastifyInstance, deps: BankDeps): void {
  const one = 'GET /api/bank-imports/:bankImportId';
  addRoute(app, bankImportRoutes, 'GET /api/bank-imports', 'bank.read', ({ actor, query }) =>
    showImports(deps, actor.companyId, query),
  );
  addRoute(app, bankImportRoutes, one, 'bank.read', ({ actor, params }) =>
    showImport(deps, actor.companyId, params.bankImportId),
  );
  addRoute(app, bankImportRoutes, `${one}/rows`, 'bank.read', ({ actor, params, query }) =>
    showRows(deps, actor.companyId, params.bankImportId, query),
  );
  addRoute(app, bankImportRoutes, `${one}/problems`, 'bank.read', ({ actor, params, query }) =>
    showProblems(deps, actor.companyId, params.bankImportId, query),
  );
  addRoute(
    app,
    bankImportRoutes,
    'PUT /api/bank-imports/:bankImportId/layout',
    'bank.import',
    async ({ actor, params, body }) => {
      await changeImportLayout(deps, { actor, ...params, ...body });
      return await showImport(deps, actor.companyId, params.bankImportId);
    },
  );
  addRoute(
    app,
    bankImportRoutes,
    'POST /api/bank-imports/:bankImportId/check',
    'bank.import',
    async ({ actor, params }) => {
      await recheckImport(deps, { actor, ...params });
      return await showImport(deps, actor.companyId, params.bankImportId);
    },
  );
  addRoute(
    app,
    bankImportRoutes,
    'POST /api/bank-imports/:bankImportId/apply',
    'bank.import',
    async ({ actor, params, body }) => {
      await orderApply(deps, { actor, ...params, ...body });
      return await showImport(deps, actor.companyId, params.bankImportId);
    },
  );
  addRoute(
    app,
    bankImportRoutes,
    'DELETE /api/bank-imports/:bankImportId',
    'bank.import',
    async ({ actor, params }) => {
      await removeImport(deps, { actor, ...params });
      return {};
    },
  );
}

function addEntryRoutes(app: FastifyInstance, deps: BankDeps): void {
  const one = 'GET /api/bank-entries/:entryId';
  addRoute(app, bankEntryRoutes, 'GET /api/bank-entries', 'bank.read', ({ actor, query }) =>
    showEntries(deps, actor.companyId, query),
  );
  addRoute(app, bankEntryRoutes, one, 'bank.read', ({ actor, params }) =>
    showEntry(deps, { actor, ...params }),
  );
  addRoute(app, bankEntryRoutes, `${one}/units/:unitId`, 'bank.read', ({ actor, params }) =>
    showUnitForEntry(deps, { actor, ...params }),
  );
  addRoute(
    app,
    bankEntryRoutes,
    'POST /api/bank-entries/:entryId/reveal',
    'estate.reveal',
    ({ actor, params, body }) => revealEntry(deps, { actor, ...params, ...body }),
  );
  addRoute(
    app,
    bankEntryRoutes,
    'POST /api/bank-entries/:entryId/matches',
    'suspense.resolve',
    async ({ actor, params, body }) => {
      await matchEntry(deps, { actor, ...params, ...body });
      return await showEntry(deps, { actor, ...params });
    },
  );
}
