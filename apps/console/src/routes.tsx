import { createBrowserRouter, type RouteObject } from 'react-router';
import { paths } from './paths.ts';
import { reminderPages } from './reminder-routes.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { SignedIn } from './shell/SignedIn.tsx';
import { Crash } from './ui/Crash.tsx';

/** Each page is a file of its own, loaded when somebody goes there. */
const pages: RouteObject[] = [
  {
    path: paths.today(),
    lazy: async () => ({ Component: (await import('./payment/TodayPage.tsx')).TodayPage }),
  },
  {
    path: paths.communities(),
    lazy: async () => ({
      Component: (await import('./estate/CommunitiesPage.tsx')).CommunitiesPage,
    }),
  },
  {
    path: paths.units(),
    lazy: async () => ({ Component: (await import('./estate/UnitsPage.tsx')).UnitsPage }),
  },
  {
    path: paths.unit(':unitId'),
    lazy: async () => ({ Component: (await import('./unit-route.tsx')).UnitRoute }),
  },
  {
    path: paths.roomCode(':unitId'),
    lazy: async () => ({ Component: (await import('./estate/RoomCodePage.tsx')).RoomCodePage }),
  },
  {
    path: paths.unitTransfer(':unitId'),
    lazy: async () => ({ Component: (await import('./bank/TransferPage.tsx')).TransferPage }),
  },
  {
    path: paths.imports(),
    lazy: async () => ({ Component: (await import('./estate/ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: paths.import(':importId'),
    lazy: async () => ({ Component: (await import('./estate/ImportPage.tsx')).ImportPage }),
  },
  {
    path: paths.feeItems(),
    lazy: async () => ({ Component: (await import('./charging/FeeItemsPage.tsx')).FeeItemsPage }),
  },
  {
    path: paths.tariffs(),
    lazy: async () => ({ Component: (await import('./charging/TariffsPage.tsx')).TariffsPage }),
  },
  {
    path: paths.assignments(),
    lazy: async () => ({
      Component: (await import('./charging/AssignmentsPage.tsx')).AssignmentsPage,
    }),
  },
  {
    path: paths.billRuns(),
    lazy: async () => ({ Component: (await import('./billing/BillRunsPage.tsx')).BillRunsPage }),
  },
  {
    path: paths.billRun(':runId'),
    lazy: async () => ({ Component: (await import('./billing/BillRunPage.tsx')).BillRunPage }),
  },
  {
    path: paths.bills(),
    lazy: async () => ({ Component: (await import('./billing/BillsPage.tsx')).BillsPage }),
  },
  {
    path: paths.bill(':billId'),
    lazy: async () => ({ Component: (await import('./bill-route.tsx')).BillRoute }),
  },
  {
    path: paths.billAdjustments(),
    lazy: async () => ({
      Component: (await import('./billing/AdjustmentsPage.tsx')).AdjustmentsPage,
    }),
  },
  {
    path: paths.payments(),
    lazy: async () => ({ Component: (await import('./payment/PaymentsPage.tsx')).PaymentsPage }),
  },
  {
    path: paths.payment(':paymentId'),
    lazy: async () => ({ Component: (await import('./payment/PaymentPage.tsx')).PaymentPage }),
  },
  {
    path: paths.prepayments(),
    lazy: async () => ({
      Component: (await import('./prepayment/PrepaymentsPage.tsx')).PrepaymentsPage,
    }),
  },
  {
    path: paths.refunds(),
    lazy: async () => ({ Component: (await import('./payment/RefundsPage.tsx')).RefundsPage }),
  },
  {
    path: paths.refund(':refundId'),
    lazy: async () => ({ Component: (await import('./payment/RefundPage.tsx')).RefundPage }),
  },
  {
    path: paths.refundPolicies(),
    lazy: async () => ({
      Component: (await import('./payment/RefundPolicyPage.tsx')).RefundPolicyPage,
    }),
  },
  {
    path: paths.suspense(),
    lazy: async () => ({ Component: (await import('./payment/SuspensePage.tsx')).SuspensePage }),
  },
  {
    path: paths.suspenseCase(':caseId'),
    lazy: async () => ({
      Component: (await import('./payment/SuspenseCasePage.tsx')).SuspenseCasePage,
    }),
  },
  {
    path: paths.bankEntries(),
    lazy: async () => ({ Component: (await import('./bank/EntriesPage.tsx')).EntriesPage }),
  },
  {
    path: paths.bankEntry(':entryId'),
    lazy: async () => ({ Component: (await import('./bank/EntryPage.tsx')).EntryPage }),
  },
  {
    path: paths.bankImports(),
    lazy: async () => ({ Component: (await import('./bank/ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: paths.bankImport(':bankImportId'),
    lazy: async () => ({ Component: (await import('./bank/ImportPage.tsx')).ImportPage }),
  },
  {
    path: paths.bankAccounts(),
    lazy: async () => ({ Component: (await import('./bank/AccountsPage.tsx')).AccountsPage }),
  },
  {
    path: paths.bankReferences(),
    lazy: async () => ({ Component: (await import('./bank/ReferencesPage.tsx')).ReferencesPage }),
  },
  {
    path: paths.merchantAccounts(),
    lazy: async () => ({
      Component: (await import('./channels/MerchantAccountsPage.tsx')).MerchantAccountsPage,
    }),
  },
  {
    path: paths.merchantAccount(':id'),
    lazy: async () => ({ Component: (await import('./channels/AccountPage.tsx')).AccountPage }),
  },
  {
    path: paths.statement(':id'),
    lazy: async () => ({ Component: (await import('./channels/StatementPage.tsx')).StatementPage }),
  },
  {
    path: paths.channelRoutes(),
    lazy: async () => ({ Component: (await import('./channels/RoutesPage.tsx')).RoutesPage }),
  },
  {
    path: paths.channelChanges(),
    lazy: async () => ({ Component: (await import('./channels/ChangesPage.tsx')).ChangesPage }),
  },
  {
    path: paths.channelChange(':changeId'),
    lazy: async () => ({ Component: (await import('./channels/ChangePage.tsx')).ChangePage }),
  },
  {
    path: paths.tickets(),
    lazy: async () => ({ Component: (await import('./feedback/TicketsPage.tsx')).TicketsPage }),
  },
  {
    path: paths.ticket(':ticketId'),
    lazy: async () => ({ Component: (await import('./feedback/TicketPage.tsx')).TicketPage }),
  },
  {
    path: paths.disputes(),
    lazy: async () => ({ Component: (await import('./feedback/DisputesPage.tsx')).DisputesPage }),
  },
  {
    path: paths.survey(),
    lazy: async () => ({ Component: (await import('./feedback/SurveyPage.tsx')).SurveyPage }),
  },
  {
    path: paths.digest(),
    lazy: async () => ({ Component: (await import('./feedback/DigestPage.tsx')).DigestPage }),
  },
  {
    path: paths.feedbackSettings(),
    lazy: async () => ({
      Component: (await import('./feedback/FeedbackSettingsPage.tsx')).FeedbackSettingsPage,
    }),
  },
  {
    path: paths.autopay(),
    lazy: async () => ({ Component: (await import('./autopay/MandatesPage.tsx')).MandatesPage }),
  },
  {
    path: paths.autopayMandate(':mandateId'),
    lazy: async () => ({ Component: (await import('./autopay/MandatePage.tsx')).MandatePage }),
  },
  {
    path: paths.autopayDebits(),
    lazy: async () => ({ Component: (await import('./autopay/DebitsPage.tsx')).DebitsPage }),
  },
  {
    path: paths.autopayRules(),
    lazy: async () => ({ Component: (await import('./autopay/RulesPage.tsx')).RulesPage }),
  },
  {
    path: paths.residents(),
    lazy: async () => ({
      Component: (await import('./resident/ResidentsPage.tsx')).ResidentsPage,
    }),
  },
  {
    path: paths.resident(':residentId'),
    lazy: async () => ({ Component: (await import('./resident/ResidentPage.tsx')).ResidentPage }),
  },
  {
    path: paths.homeApplications(),
    lazy: async () => ({
      Component: (await import('./resident/ApplicationsPage.tsx')).ApplicationsPage,
    }),
  },
  ...reminderPages,
  {
    path: paths.helpArticles(),
    lazy: async () => ({ Component: (await import('./content/HelpPage.tsx')).HelpPage }),
  },
  {
    path: paths.announcements(),
    lazy: async () => ({
      Component: (await import('./content/AnnouncementsPage.tsx')).AnnouncementsPage,
    }),
  },
  {
    path: paths.messages(),
    lazy: async () => ({
      Component: (await import('./messaging/MessagesPage.tsx')).MessagesPage,
    }),
  },
  {
    path: paths.message(':messageId'),
    lazy: async () => ({ Component: (await import('./messaging/MessagePage.tsx')).MessagePage }),
  },
  {
    path: paths.messageAccounts(),
    lazy: async () => ({ Component: (await import('./messaging/AccountsPage.tsx')).AccountsPage }),
  },
  {
    path: paths.messageTemplates(),
    lazy: async () => ({
      Component: (await import('./messaging/TemplatesPage.tsx')).TemplatesPage,
    }),
  },
  {
    path: paths.messageTemplate(':templateKey'),
    lazy: async () => ({ Component: (await import('./messaging/TemplatePage.tsx')).TemplatePage }),
  },
  {
    path: paths.staff(),
    lazy: async () => ({ Component: (await import('./identity/StaffPage.tsx')).StaffPage }),
  },
  {
    path: paths.audit(),
    lazy: async () => ({ Component: (await import('./identity/AuditPage.tsx')).AuditPage }),
  },
  {
    path: paths.password(),
    lazy: async () => ({ Component: (await import('./identity/PasswordPage.tsx')).PasswordPage }),
  },
  { path: '*', Component: NotFoundPage },
];

export const router = createBrowserRouter(
  [
    {
      path: paths.signIn(),
      ErrorBoundary: Crash,
      HydrateFallback: () => null,
      lazy: async () => ({ Component: (await import('./identity/SignInPage.tsx')).SignInPage }),
    },
    {
      Component: SignedIn,
      HydrateFallback: () => null,
      children: [{ Component: Shell, children: [{ ErrorBoundary: Crash, children: pages }] }],
    },
  ],
  { basename: '/console' },
);
