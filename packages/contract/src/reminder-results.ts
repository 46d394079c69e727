import Type, { type Static } from 'typebox';
import { Day, FenAmount, Id, Instant, Nullable, Page, PageQuery } from './common.ts';
import { ReminderReason, ReminderVia } from './reminders.ts';

/**
 * `planned`: its messages are not in the queue yet; `queued`: they wait for their time; `released`:
 * handed over after the debt was read again; `to-print`, `printed`: a notice on paper.
 */
export const ReminderState = Type.Enum([
  'planned',
  'queued',
  'released',
  'failed',
  'dropped',
  'to-print',
  'printed',
]);
export type ReminderState = Static<typeof ReminderState>;

const reminderRow = {
  id: Id,
  day: Day,
  planId: Nullable(Id),
  /** null: by hand. */
  planName: Nullable(Type.String()),
  stepId: Nullable(Id),
  /** Days from the due day; null by hand. */
  stepDays: Nullable(Type.Integer()),
  unitId: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  /** null by hand. */
  dueOn: Nullable(Day),
  state: ReminderState,
  reason: Nullable(ReminderReason),
  /** What was owed when it was planned, and what its text named when it left. */
  plannedFen: FenAmount,
  releasedFen: Nullable(FenAmount),
  dueAt: Instant,
  releasedAt: Nullable(Instant),
  openedAt: Nullable(Instant),
  collectedFen: FenAmount,
};

export const ReminderRow = Type.Object(reminderRow);
export type ReminderRow = Static<typeof ReminderRow>;

export const ReminderDetail = Type.Object({
  ...reminderRow,
  createdBy: Nullable(Type.String()),
  notices: Type.Array(
    Type.Object({
      messageId: Id,
      via: Nullable(ReminderVia),
      state: Type.String(),
      reason: Nullable(Type.String()),
      costYuan: Nullable(Type.String()),
      sentAt: Nullable(Instant),
      deliveredAt: Nullable(Instant),
      openedAt: Nullable(Instant),
      linkExpiresAt: Nullable(Instant),
      collectedFen: FenAmount,
    }),
  ),
});
export type ReminderDetail = Static<typeof ReminderDetail>;

export const ReminderFilter = {
  planId: Type.Optional(Id),
  stepId: Type.Optional(Id),
  communityId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  state: Type.Optional(ReminderState),
  reason: Type.Optional(ReminderReason),
  via: Type.Optional(ReminderVia),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};

/** One plan, step and way. Money counts for the message that was opened last before it came. */
export const ReminderEffectRow = Type.Object({
  planId: Nullable(Id),
  planName: Nullable(Type.String()),
  stepId: Nullable(Id),
  stepDays: Nullable(Type.Integer()),
  via: ReminderVia,
  sent: Type.Integer(),
  delivered: Type.Integer(),
  opened: Type.Integer(),
  paid24h: Type.Integer(),
  paid72h: Type.Integer(),
  collected24hFen: FenAmount,
  collected72hFen: FenAmount,
  costYuan: Type.String(),
  /** Yuan of cost for each yuan collected within 72 hours; null when nothing came. */
  costPerYuan: Nullable(Type.String()),
});
export type ReminderEffectRow = Static<typeof ReminderEffectRow>;

export const ReminderPrintRow = Type.Object({
  id: Id,
  day: Day,
  planName: Nullable(Type.String()),
  unitId: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  owedFen: FenAmount,
  dueOn: Nullable(Day),
  printedAt: Nullable(Instant),
});
export type ReminderPrintRow = Static<typeof ReminderPrintRow>;

const EffectQuery = Type.Object({
  planId: Type.Optional(Id),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
});

/**
 * Besides, as files with the same filters: /api/reminders.csv and /api/reminder-effect.csv; and
 * /api/reminder-prints.pdf?reminderIds=…&reminderIds=…, up to 100 notices two on a sheet.
 */
export const reminderRoutes = {
  /** Newest day first. */
  'GET /api/reminders': {
    query: Type.Object({ ...ReminderFilter, ...PageQuery }),
    response: Page(ReminderRow),
  },
  'GET /api/reminders/:reminderId': {
    params: Type.Object({ reminderId: Id }),
    response: ReminderDetail,
  },
  'GET /api/reminder-effect': {
    query: EffectQuery,
    response: Type.Object({ from: Day, to: Day, items: Type.Array(ReminderEffectRow) }),
  },
  /** Notices on paper, oldest first; the debt is read when they are listed. */
  'GET /api/reminder-prints': {
    query: Type.Object({
      communityId: Type.Optional(Id),
      /** `printed` to print again what got lost; `to-print` unless asked otherwise. */
      state: Type.Optional(Type.Enum(['to-print', 'printed'])),
      ...PageQuery,
    }),
    response: Page(ReminderPrintRow),
  },
  'POST /api/reminder-prints/printed': {
    body: Type.Object(
      { reminderIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ printed: Type.Integer() }),
  },
} as const;

export const ResidentMessage = Type.Object({
  id: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  unitId: Id,
  at: Instant,
  via: ReminderVia,
  /** What the message named. */
  amountFen: FenAmount,
  /** What is left of it to pay today. */
  openFen: FenAmount,
  dueOn: Nullable(Day),
  isUnread: Type.Boolean(),
});
export type ResidentMessage = Static<typeof ResidentMessage>;

export const residentMessageRoutes = {
  /** Reminders that went to the signed-in resident about homes that are still theirs. */
  'GET /api/resident/messages': {
    query: Type.Object({ ...PageQuery }),
    response: Page(ResidentMessage),
  },
  /** The list was shown to them: nothing in it is new any more. */
  'POST /api/resident/messages/read': {
    response: Type.Object({ read: Type.Integer() }),
  },
} as const;
