import Type, { type Static } from 'typebox';
import { Day, FenAmount, Id, Instant, Nothing, Nullable } from './common.ts';

const strict = { additionalProperties: false };
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' });
const Reason = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

export const ReminderVia = Type.Enum([
  'wechat-subscription',
  'alipay-message',
  'push',
  'sms',
  'email',
]);
export type ReminderVia = Static<typeof ReminderVia>;

/**
 * `everybody`: who is bound to the home, else the owner by the phone of the house list; `bound`:
 * only people of the app; `owner`: bound owners, else the house list; `print`: a notice on paper.
 */
export const ReminderAudience = Type.Enum(['everybody', 'bound', 'owner', 'print']);
export type ReminderAudience = Static<typeof ReminderAudience>;

export const ReminderPlanState = Type.Enum(['draft', 'active', 'paused']);
export type ReminderPlanState = Static<typeof ReminderPlanState>;

export const ReminderStep = Type.Object(
  {
    /** Kept while the step exists, so that its effect is counted as one. */
    id: Id,
    /** From the due day: −3 is three days before it, 0 the day itself, 7 a week after it. */
    days: Type.Integer({ minimum: -60, maximum: 720 }),
    /** Only after the due day: again every so many days, so many times more. */
    repeatEveryDays: Nullable(Type.Integer({ minimum: 1, maximum: 90 })),
    repeatTimes: Type.Integer({ minimum: 0, maximum: 24 }),
    /** Tried in this order. Empty for a printed notice. */
    vias: Type.Array(ReminderVia, { maxItems: 5 }),
    /** In the company's time. */
    sendAt: Time,
    audience: ReminderAudience,
  },
  strict,
);
export type ReminderStep = Static<typeof ReminderStep>;

const planFields = {
  name: Name,
  /** null: every community. */
  communityId: Nullable(Id),
  /** Empty: every fee item. */
  feeItemIds: Type.Array(Id, { maxItems: 50 }),
  startsOn: Day,
  endsOn: Nullable(Day),
  /** A home that owes less is left in peace. */
  minimumFen: FenAmount,
  /** At most so many reminders to a home in so many days, of all plans and by hand. */
  capCount: Type.Integer({ minimum: 1, maximum: 100 }),
  capDays: Type.Integer({ minimum: 1, maximum: 366 }),
  steps: Type.Array(ReminderStep, { maxItems: 20 }),
};

export const ReminderPlanInput = Type.Object(planFields, strict);
export type ReminderPlanInput = Static<typeof ReminderPlanInput>;

export const ReminderPlanView = Type.Object({
  id: Id,
  ...planFields,
  communityName: Nullable(Type.String()),
  feeItemNames: Type.Array(Type.String()),
  state: ReminderPlanState,
  /** The last day that was planned. */
  plannedOn: Nullable(Day),
  createdAt: Instant,
  updatedAt: Instant,
  updatedBy: Type.String(),
  allowedActions: Type.Array(Type.Enum(['edit', 'activate', 'pause', 'delete'])),
});
export type ReminderPlanView = Static<typeof ReminderPlanView>;

/** Why a home that owes is not reminded. */
export const ReminderReason = Type.Enum([
  'paid',
  'disputed',
  'paused',
  'below-minimum',
  'cap',
  'no-contact',
  'opted-out',
  'replaced',
  'plan-paused',
  'out-of-date',
  'moved-out',
]);
export type ReminderReason = Static<typeof ReminderReason>;

/** A reminder of a home as one way would show it. */
export const ShownReminder = Type.Object({
  via: ReminderVia,
  accountName: Type.String(),
  title: Type.String(),
  text: Type.String(),
  /** The lines of a card in a wallet. */
  places: Type.Array(Type.Object({ place: Type.String(), value: Type.String() })),
  segments: Nullable(Type.Integer()),
  costYuan: Type.String(),
});

export const ReminderPreview = Type.Object({
  day: Day,
  units: Type.Integer(),
  owedFen: FenAmount,
  /** Messages by the way that would be tried first; print: notices. */
  ways: Type.Array(
    Type.Object({
      via: Type.Union([ReminderVia, Type.Literal('print')]),
      messages: Type.Integer(),
      segments: Type.Integer(),
      costYuan: Nullable(Type.String()),
    }),
  ),
  excluded: Type.Array(Type.Object({ reason: ReminderReason, units: Type.Integer() })),
  /** The first homes, as an example. */
  examples: Type.Array(
    Type.Object({
      unitId: Id,
      unitLabel: Type.String(),
      communityName: Type.String(),
      owedFen: FenAmount,
      dueOn: Nullable(Day),
      stepId: Nullable(Id),
      people: Type.Integer(),
      reason: Nullable(ReminderReason),
      /** Of the first few: what the first of the people would see, by every way of the step. */
      shown: Type.Array(ShownReminder),
    }),
  ),
  /** Ways are counted on so many homes and scaled up; null: on all of them. */
  sampledUnits: Nullable(Type.Integer()),
});
export type ReminderPreview = Static<typeof ReminderPreview>;

/**
 * Homes with a bill whose day calls for the step, and what is owed of such bills now. Nobody knows
 * who will have paid, promised or heard enough by then.
 */
export const ReminderCalendarEntry = Type.Object({
  day: Day,
  planId: Id,
  planName: Type.String(),
  stepId: Id,
  days: Type.Integer(),
  sendAt: Time,
  units: Type.Integer(),
  owedFen: FenAmount,
});
export type ReminderCalendarEntry = Static<typeof ReminderCalendarEntry>;

const PlanParams = Type.Object({ reminderPlanId: Id });
/** Without a day: the next on which something would go out, by what is owed now; else today. */
const PlanDay = Type.Object({ day: Type.Optional(Day) }, strict);

/** Plans of reminders (催缴计划). */
export const reminderPlanRoutes = {
  'GET /api/reminder-plans': { response: Type.Object({ items: Type.Array(ReminderPlanView) }) },
  'POST /api/reminder-plans': { body: ReminderPlanInput, status: 201, response: ReminderPlanView },
  'GET /api/reminder-plans/:reminderPlanId': { params: PlanParams, response: ReminderPlanView },
  /** Not while it is active. */
  'PUT /api/reminder-plans/:reminderPlanId': {
    params: PlanParams,
    body: ReminderPlanInput,
    response: ReminderPlanView,
  },
  /** Only a draft that never reminded anybody. */
  'DELETE /api/reminder-plans/:reminderPlanId': { params: PlanParams, response: Nothing },
  /** Writes nothing. */
  'POST /api/reminder-plans/:reminderPlanId/preview': {
    params: PlanParams,
    body: PlanDay,
    response: ReminderPreview,
  },
  'POST /api/reminder-plans/:reminderPlanId/activate': {
    params: PlanParams,
    response: ReminderPlanView,
  },
  'POST /api/reminder-plans/:reminderPlanId/pause': {
    params: PlanParams,
    response: ReminderPlanView,
  },
  /** What the active plans would send, by what is owed now. */
  'GET /api/reminder-calendar': {
    query: Type.Object({
      from: Type.Optional(Day),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 42 })),
    }),
    response: Type.Object({ from: Day, items: Type.Array(ReminderCalendarEntry) }),
  },
} as const;

/** Whom to remind by hand. */
export const ManualReminderInput = Type.Object(
  {
    unitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    communityId: Type.Optional(Id),
    minimumFen: Type.Optional(FenAmount),
    /** Only homes with a bill so many days past its due day. */
    daysLate: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
    audience: ReminderAudience,
    vias: Type.Array(ReminderVia, { maxItems: 5 }),
  },
  strict,
);
export type ManualReminderInput = Static<typeof ManualReminderInput>;

export const ReminderPauseView = Type.Object({
  unitId: Id,
  unitLabel: Type.String(),
  communityName: Type.String(),
  until: Day,
  reason: Type.String(),
  pausedBy: Type.String(),
  pausedAt: Instant,
  owedFen: FenAmount,
});
export type ReminderPauseView = Static<typeof ReminderPauseView>;

const UnitParams = Type.Object({ unitId: Id });

/** Reminders by hand, and homes that are left in peace for a while. */
export const manualReminderRoutes = {
  'POST /api/manual-reminders/preview': { body: ManualReminderInput, response: ReminderPreview },
  'POST /api/manual-reminders': {
    body: Type.Object(
      {
        ...ManualReminderInput.properties,
        /** Made by the page, the same on every retry. */
        idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }),
      },
      strict,
    ),
    status: 201,
    response: Type.Object({
      batchId: Id,
      units: Type.Integer(),
      excluded: ReminderPreview.properties.excluded,
    }),
  },
  'GET /api/reminder-pauses': { response: Type.Object({ items: Type.Array(ReminderPauseView) }) },
  'PUT /api/units/:unitId/reminder-pause': {
    params: UnitParams,
    body: Type.Object({ until: Day, reason: Reason }, strict),
    response: ReminderPauseView,
  },
  'DELETE /api/units/:unitId/reminder-pause': { params: UnitParams, response: Nothing },
} as const;
