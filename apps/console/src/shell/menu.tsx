import {
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  BranchesOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CloudUploadOutlined,
  CreditCardOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DiffOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FlagOutlined,
  HomeOutlined,
  ImportOutlined,
  LineChartOutlined,
  LinkOutlined,
  MailOutlined,
  MessageOutlined,
  NotificationOutlined,
  NumberOutlined,
  PauseCircleOutlined,
  PayCircleOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  ScheduleOutlined,
  SmileOutlined,
  SolutionOutlined,
  SyncOutlined,
  TagsOutlined,
  TeamOutlined,
  ToolOutlined,
  TransactionOutlined,
  UndoOutlined,
  UnorderedListOutlined,
  UserOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { paths } from '../paths.ts';

export interface MenuEntry {
  readonly name: keyof typeof icons;
  readonly to: string;
  /** Whoever lacks it does not see the entry. */
  readonly permission: string;
}

export interface MenuGroup {
  readonly name: 'top' | 'estate' | 'charging' | 'money' | 'reminders' | 'residents' | 'settings';
  readonly entries: readonly MenuEntry[];
}

export const icons = {
  today: <DashboardOutlined aria-hidden />,
  communities: <ApartmentOutlined aria-hidden />,
  units: <HomeOutlined aria-hidden />,
  imports: <ImportOutlined aria-hidden />,
  feeItems: <TagsOutlined aria-hidden />,
  tariffs: <CalculatorOutlined aria-hidden />,
  assignments: <LinkOutlined aria-hidden />,
  billRuns: <ScheduleOutlined aria-hidden />,
  bills: <FileTextOutlined aria-hidden />,
  billAdjustments: <DiffOutlined aria-hidden />,
  payments: <PayCircleOutlined aria-hidden />,
  prepayments: <WalletOutlined aria-hidden />,
  autopay: <SyncOutlined aria-hidden />,
  autopayDebits: <FieldTimeOutlined aria-hidden />,
  refunds: <RollbackOutlined aria-hidden />,
  suspense: <ExclamationCircleOutlined aria-hidden />,
  bankEntries: <TransactionOutlined aria-hidden />,
  bankImports: <CloudUploadOutlined aria-hidden />,
  bankAccounts: <CreditCardOutlined aria-hidden />,
  bankReferences: <NumberOutlined aria-hidden />,
  refundPolicies: <UndoOutlined aria-hidden />,
  merchantAccounts: <BankOutlined aria-hidden />,
  channelRoutes: <BranchesOutlined aria-hidden />,
  channelChanges: <AuditOutlined aria-hidden />,
  residents: <UserOutlined aria-hidden />,
  homeApplications: <SolutionOutlined aria-hidden />,
  tickets: <CustomerServiceOutlined aria-hidden />,
  disputes: <FlagOutlined aria-hidden />,
  survey: <SmileOutlined aria-hidden />,
  digest: <BarChartOutlined aria-hidden />,
  feedbackSettings: <ToolOutlined aria-hidden />,
  reminderPlans: <BellOutlined aria-hidden />,
  reminderCalendar: <CalendarOutlined aria-hidden />,
  reminders: <UnorderedListOutlined aria-hidden />,
  reminderPrints: <PrinterOutlined aria-hidden />,
  reminderPauses: <PauseCircleOutlined aria-hidden />,
  reminderEffect: <LineChartOutlined aria-hidden />,
  helpArticles: <QuestionCircleOutlined aria-hidden />,
  announcements: <NotificationOutlined aria-hidden />,
  messages: <MessageOutlined aria-hidden />,
  messageAccounts: <MailOutlined aria-hidden />,
  staff: <TeamOutlined aria-hidden />,
  audit: <FileSearchOutlined aria-hidden />,
} satisfies Record<string, ReactNode>;

/** The menu in the order of the work: whom we charge, what, when, and what came of it. */
export const menu: readonly MenuGroup[] = [
  {
    name: 'top',
    entries: [{ name: 'today', to: paths.today(), permission: 'payment.read' }],
  },
  {
    name: 'estate',
    entries: [
      { name: 'communities', to: paths.communities(), permission: 'estate.read' },
      { name: 'units', to: paths.units(), permission: 'estate.read' },
      { name: 'imports', to: paths.imports(), permission: 'estate.write' },
    ],
  },
  {
    name: 'charging',
    entries: [
      { name: 'feeItems', to: paths.feeItems(), permission: 'charging.read' },
      { name: 'tariffs', to: paths.tariffs(), permission: 'charging.read' },
      { name: 'assignments', to: paths.assignments(), permission: 'charging.read' },
    ],
  },
  {
    name: 'money',
    entries: [
      { name: 'billRuns', to: paths.billRuns(), permission: 'billing.read' },
      { name: 'bills', to: paths.bills(), permission: 'billing.read' },
      { name: 'billAdjustments', to: paths.billAdjustments(), permission: 'billing.read' },
      { name: 'payments', to: paths.payments(), permission: 'payment.read' },
      { name: 'prepayments', to: paths.prepayments(), permission: 'prepayment.read' },
      { name: 'autopay', to: paths.autopay(), permission: 'autopay.read' },
      { name: 'autopayDebits', to: paths.autopayDebits(), permission: 'autopay.read' },
      { name: 'refunds', to: paths.refunds(), permission: 'payment.read' },
      { name: 'suspense', to: paths.suspense(), permission: 'payment.read' },
      { name: 'bankEntries', to: paths.bankEntries(), permission: 'bank.read' },
      { name: 'bankImports', to: paths.bankImports(), permission: 'bank.import' },
    ],
  },
  {
    name: 'reminders',
    entries: [
      { name: 'reminderPlans', to: paths.reminderPlans(), permission: 'reminders.read' },
      { name: 'reminderCalendar', to: paths.reminderCalendar(), permission: 'reminders.read' },
      { name: 'reminders', to: paths.reminders(), permission: 'reminders.read' },
      { name: 'reminderPrints', to: paths.reminderPrints(), permission: 'reminders.read' },
      { name: 'reminderPauses', to: paths.reminderPauses(), permission: 'reminders.read' },
      { name: 'reminderEffect', to: paths.reminderEffect(), permission: 'reminders.read' },
    ],
  },
  {
    name: 'residents',
    entries: [
      { name: 'residents', to: paths.residents(), permission: 'resident.read' },
      { name: 'homeApplications', to: paths.homeApplications(), permission: 'resident.read' },
      { name: 'tickets', to: paths.tickets(), permission: 'feedback.read' },
      { name: 'disputes', to: paths.disputes(), permission: 'feedback.read' },
      { name: 'survey', to: paths.survey(), permission: 'feedback.read' },
      { name: 'digest', to: paths.digest(), permission: 'feedback.read' },
      { name: 'announcements', to: paths.announcements(), permission: 'content.read' },
      { name: 'helpArticles', to: paths.helpArticles(), permission: 'content.read' },
      { name: 'messages', to: paths.messages(), permission: 'messaging.read' },
    ],
  },
  {
    name: 'settings',
    entries: [
      { name: 'bankAccounts', to: paths.bankAccounts(), permission: 'bank.read' },
      { name: 'bankReferences', to: paths.bankReferences(), permission: 'bank.read' },
      { name: 'merchantAccounts', to: paths.merchantAccounts(), permission: 'channels.read' },
      { name: 'channelRoutes', to: paths.channelRoutes(), permission: 'channels.read' },
      { name: 'channelChanges', to: paths.channelChanges(), permission: 'channels.read' },
      { name: 'refundPolicies', to: paths.refundPolicies(), permission: 'payment.read' },
      { name: 'messageAccounts', to: paths.messageAccounts(), permission: 'messaging.read' },
      { name: 'feedbackSettings', to: paths.feedbackSettings(), permission: 'feedback.read' },
      { name: 'staff', to: paths.staff(), permission: 'identity.manage' },
      { name: 'audit', to: paths.audit(), permission: 'audit.read' },
    ],
  },
];

/** The entry whose page, or a page below it, is open. */
export function entryOf(path: string): MenuEntry | undefined {
  const entries = menu.flatMap((group) => group.entries);
  return entries.find(({ to }) => (to === '/' ? path === '/' : `${path}/`.startsWith(`${to}/`)));
}
