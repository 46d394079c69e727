/** Every address of the console, below its base /console; a filter is a query of a list. */
export const paths = {
  signIn: () => '/sign-in',
  today: () => '/',
  communities: () => '/communities',
  units: (filter: UnitsFilter = {}) => withQuery('/units', filter),
  unit: (unitId: string) => `/units/${unitId}`,
  unitTransfer: (unitId: string) => `/units/${unitId}/transfer`,
  roomCode: (unitId: string) => `/units/${unitId}/room-code`,
  imports: () => '/imports',
  import: (importId: string) => `/imports/${importId}`,
  feeItems: () => '/fee-items',
  tariffs: (filter: { readonly feeItemId?: string } = {}) => withQuery('/tariffs', filter),
  assignments: (filter: AssignmentsFilter = {}) => withQuery('/assignments', filter),
  billRuns: () => '/bill-runs',
  billRun: (runId: string) => `/bill-runs/${runId}`,
  bills: (filter: BillsFilter = {}) => withQuery('/bills', filter),
  bill: (billId: string) => `/bills/${billId}`,
  billAdjustments: (filter: { readonly state?: string } = {}) =>
    withQuery('/bill-adjustments', filter),
  payments: (filter: PaymentsFilter = {}) => withQuery('/payments', filter),
  payment: (paymentId: string) => `/payments/${paymentId}`,
  prepayments: () => '/prepayments',
  autopay: () => '/autopay',
  autopayMandate: (mandateId: string) => `/autopay/${mandateId}`,
  autopayDebits: (filter: { readonly state?: string } = {}) => withQuery('/autopay-debits', filter),
  autopayRules: () => '/autopay-rules',
  refunds: (filter: RefundsFilter = {}) => withQuery('/refunds', filter),
  refund: (refundId: string) => `/refunds/${refundId}`,
  refundPolicies: () => '/refund-policies',
  suspense: (filter: { readonly state?: string } = {}) => withQuery('/suspense', filter),
  suspenseCase: (caseId: string) => `/suspense/${caseId}`,
  bankEntries: (filter: BankEntriesFilter = {}) => withQuery('/bank-entries', filter),
  bankEntry: (entryId: string) => `/bank-entries/${entryId}`,
  bankImports: () => '/bank-imports',
  bankImport: (bankImportId: string) => `/bank-imports/${bankImportId}`,
  bankAccounts: () => '/bank-accounts',
  bankReferences: () => '/bank-references',
  merchantAccounts: () => '/merchant-accounts',
  merchantAccount: (id: string) => `/merchant-accounts/${id}`,
  statement: (id: string) => `/merchant-accounts/${id}/statement`,
  channelRoutes: () => '/channel-routes',
  channelChanges: (filter: { readonly state?: string } = {}) =>
    withQuery('/channel-changes', filter),
  channelChange: (changeId: string) => `/channel-changes/${changeId}`,
  tickets: (filter: TicketsFilter = {}) => withQuery('/tickets', filter),
  ticket: (ticketId: string) => `/tickets/${ticketId}`,
  disputes: (filter: { readonly state?: string } = {}) => withQuery('/disputes', filter),
  survey: () => '/satisfaction',
  digest: () => '/feedback-digest',
  feedbackSettings: () => '/feedback-settings',
  residents: () => '/residents',
  resident: (residentId: string) => `/residents/${residentId}`,
  homeApplications: () => '/home-applications',
  helpArticles: () => '/help-articles',
  announcements: () => '/announcements',
  reminderPlans: () => '/reminder-plans',
  newReminderPlan: () => '/reminder-plans/new',
  reminderPlan: (reminderPlanId: string) => `/reminder-plans/${reminderPlanId}`,
  editReminderPlan: (reminderPlanId: string) => `/reminder-plans/${reminderPlanId}/edit`,
  reminderCalendar: () => '/reminder-calendar',
  reminders: (filter: RemindersFilter = {}) => withQuery('/reminders', filter),
  reminder: (reminderId: string) => `/reminders/${reminderId}`,
  remindByHand: () => '/remind-by-hand',
  reminderPauses: () => '/reminder-pauses',
  reminderPrints: () => '/reminder-prints',
  reminderEffect: (filter: { readonly planId?: string } = {}) =>
    withQuery('/reminder-effect', filter),
  messageAccounts: () => '/message-accounts',
  messageTemplates: () => '/message-templates',
  messageTemplate: (templateKey: string) => `/message-templates/${templateKey}`,
  messages: (filter: MessagesFilter = {}) => withQuery('/messages', filter),
  message: (messageId: string) => `/messages/${messageId}`,
  staff: () => '/staff',
  audit: (filter: AuditFilter = {}) => withQuery('/audit', filter),
  password: () => '/password',
};

interface UnitsFilter {
  readonly communityId?: string;
  readonly search?: string;
}
interface AssignmentsFilter {
  readonly communityId?: string;
  readonly feeItemId?: string;
  readonly unitId?: string;
}
interface BillsFilter {
  readonly communityId?: string;
  readonly unitId?: string;
  readonly state?: string;
}
interface PaymentsFilter {
  readonly unitId?: string;
  readonly search?: string;
}
interface RefundsFilter {
  readonly state?: string;
  readonly paymentId?: string;
  readonly billId?: string;
  readonly caseId?: string;
}
interface BankEntriesFilter {
  readonly bankImportId?: string;
  readonly unitId?: string;
  readonly state?: string;
}
interface TicketsFilter {
  readonly state?: string;
  readonly search?: string;
}
interface RemindersFilter {
  readonly planId?: string;
  readonly unitId?: string;
}
interface MessagesFilter {
  readonly state?: string;
  readonly subjectId?: string;
}
interface AuditFilter {
  readonly subjectKind?: string;
  readonly subjectId?: string;
}

function withQuery(path: string, filter: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (typeof value === 'string' && value !== '') search.set(name, value);
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
