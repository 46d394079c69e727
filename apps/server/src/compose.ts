import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { addAutopayRoutes, autopayListeners, autopayTasks } from './modules/autopay/index.ts';
import { addBankRoutes, bankListeners, bankTasks, unitOfReference } from './modules/bank/index.ts';
import { addBillingRoutes } from './modules/billing/index.ts';
import { addCashierRoutes, cashierTasks } from './modules/cashier/index.ts';
import {
  accountOfApp,
  addChannelsRoutes,
  authorizeUrl,
  channelFacts,
  channelsTasks,
  merchantAccountByNumber,
  openIdOf,
  openIdOfMiniProgram,
  readLoginReturn,
} from './modules/channels/index.ts';
import { addChargingRoutes, applyImportedFees } from './modules/charging/index.ts';
import { addCheckoutRoutes } from './modules/checkout/index.ts';
import { addContentRoutes } from './modules/content/index.ts';
import { addEstateRoutes, estateTasks } from './modules/estate/index.ts';
import {
  addFeedbackRoutes,
  feedbackListeners,
  feedbackTasks,
  questionAfter,
} from './modules/feedback/index.ts';
import {
  addIdentityRoutes,
  authenticate,
  companyByShortCode,
  identityTasks,
} from './modules/identity/index.ts';
import { addInvoicingRoutes } from './modules/invoicing/index.ts';
import { addLedgerRoutes, ledgerBook, ledgerTasks } from './modules/ledger/index.ts';
import {
  addMessagingRoutes,
  enqueueMessages,
  messagingTasks,
  phoneOfWallet,
  sendNow,
} from './modules/messaging/index.ts';
import { addPaymentRoutes, paymentTasks } from './modules/payment/index.ts';
import { addPrepaymentRoutes } from './modules/prepayment/index.ts';
import {
  addRemindersRoutes,
  openLink,
  reminderReleaser,
  remindersListeners,
  remindersTasks,
} from './modules/reminders/index.ts';
import {
  addResidentRoutes,
  authenticateResident,
  residentTasks,
} from './modules/resident/index.ts';
import type { Deps } from './platform/deps.ts';
import { createApp } from './platform/http/index.ts';
import { partitionTask } from './platform/partitions.ts';
import { auditBook, sealTask } from './platform/seal/index.ts';
import { tidyTask } from './platform/tidy.ts';
import type { Work } from './platform/worker.ts';

/** Where apps/cashier was built to; the same from src/ and from dist/. */
const pageDirectory = join(import.meta.dirname, '..', '..', 'cashier', 'dist');

/** The table of contents of the server: every module, what it serves and what it works on. */
export async function buildApp(
  deps: Deps,
  options: { readonly loggerInstance?: FastifyBaseLogger } = {},
): Promise<FastifyInstance> {
  const app = await createApp({
    ...options,
    publicUrl: deps.publicUrl,
    authenticate: (request) => authenticate(deps, request),
    authenticateResident: (request) => authenticateResident(deps, request),
  });
  addIdentityRoutes(app, deps);
  addEstateRoutes(app, deps);
  addLedgerRoutes(app, deps);
  addChannelsRoutes(app, deps);
  addMessagingRoutes(app, deps, { companyByShortCode });
  addPrepaymentRoutes(app, deps);
  addResidentRoutes(app, deps, {
    companyByShortCode,
    channels: channelFacts,
    accountOfApp,
    merchantAccountByNumber,
    authorizeUrl,
    readLoginReturn,
    openIdOf,
    openIdOfMiniProgram,
    phoneOfWallet,
    sendNow,
    enqueueMessages,
    unitOfAccountNumber: unitOfReference,
  });
  addChargingRoutes(app, deps);
  addBillingRoutes(app, deps);
  addPaymentRoutes(app, deps, { companyByShortCode });
  addAutopayRoutes(app, deps);
  addBankRoutes(app, deps);
  addContentRoutes(app, deps, { companyByShortCode });
  addInvoicingRoutes(app, deps);
  addRemindersRoutes(app, deps, { companyByShortCode });
  const cashierDoors = {
    companyByShortCode,
    channels: channelFacts,
    merchantAccountByNumber,
    authorizeUrl,
    readLoginReturn,
    openIdOf,
    questionAfter,
    pageDirectory,
  };
  addCashierRoutes(app, deps, cashierDoors);
  addCheckoutRoutes(app, deps, {
    ...cashierDoors,
    roomCodeOfLink: (own, code) => openLink(own, { companyByShortCode }, { code, isPerson: true }),
  });
  addFeedbackRoutes(app, deps, cashierDoors);
  return app;
}

export function workOf(deps: Deps, options: { readonly anchorDirectory: string }): Work {
  return {
    tasks: [
      ...identityTasks(deps),
      ...estateTasks(deps, { applyFees: applyImportedFees }),
      ...ledgerTasks(deps),
      ...channelsTasks(deps),
      ...messagingTasks(deps, { releasers: [reminderReleaser(deps)] }),
      ...residentTasks(deps),
      ...paymentTasks(deps),
      ...autopayTasks(deps),
      ...bankTasks(deps),
      ...remindersTasks(deps),
      ...cashierTasks(deps),
      ...feedbackTasks(deps),
      partitionTask({ ...deps, db: deps.jobsDb }),
      tidyTask({ ...deps, db: deps.jobsDb }),
      sealTask(deps, { books: [auditBook, ledgerBook], ...options }),
    ],
    listeners: [
      ...autopayListeners(deps),
      ...bankListeners(deps),
      ...feedbackListeners(deps),
      ...remindersListeners(deps),
    ],
  };
}
