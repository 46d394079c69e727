import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, Id, Instant, Month, Nullable } from './common.ts';

const strict = { additionalProperties: false };
const Minutes = Type.Integer({ minimum: 1, maximum: 60 * 24 * 60 });
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' });

const categoryFields = {
  name: Name,
  nameEn: Name,
  isActive: Type.Boolean(),
  sortNo: Type.Integer({ minimum: 0, maximum: 999 }),
  /** Who gets it: everybody of a role, a person, or nobody yet. */
  roleId: Nullable(Id),
  staffId: Nullable(Id),
  /** Office time. */
  firstReplyMinutes: Minutes,
  resolveMinutes: Minutes,
};

export const TicketCategory = Type.Object({
  ...categoryFields,
  id: Id,
  code: Type.String(),
  isDispute: Type.Boolean(),
});
export type TicketCategory = Static<typeof TicketCategory>;

const routingFields = {
  communityId: Id,
  categoryId: Id,
  roleId: Nullable(Id),
  staffId: Nullable(Id),
  /** Null: as the category says. */
  firstReplyMinutes: Nullable(Minutes),
  resolveMinutes: Nullable(Minutes),
};

export const TicketRouting = Type.Object({
  ...routingFields,
  id: Id,
  communityName: Type.String(),
  categoryName: Bilingual,
});
export type TicketRouting = Static<typeof TicketRouting>;

export const CannedAnswer = Type.Object({
  id: Id,
  title: Type.String(),
  /** May hold {resident}, {unit}, {ticketNo}, {category}, {staff}, {company}. */
  text: Type.String(),
  textEn: Type.String(),
  categoryId: Nullable(Id),
  updatedAt: Instant,
  updatedBy: Type.String(),
});
export type CannedAnswer = Static<typeof CannedAnswer>;

const cannedFields = {
  title: Name,
  text: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }),
  textEn: Type.String({ maxLength: 1000 }),
  categoryId: Nullable(Id),
};

export const FeedbackSettings = Type.Object(
  {
    /** Of the office, in the company's time zone; minutes since midnight. */
    opensAtMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
    closesAtMinute: Type.Integer({ minimum: 1, maximum: 1440 }),
    /** 1 is Monday. */
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
    }),
    /** Days off besides. */
    holidays: Type.Array(Day, { maxItems: 200, uniqueItems: true }),
    /** Weekend days that are worked (调休). */
    workdays: Type.Array(Day, { maxItems: 200, uniqueItems: true }),
    /** A resolved ticket can be reopened for so many days, then it is closed by itself. */
    reopenDays: Type.Integer({ minimum: 1, maximum: 90 }),
    /** Of payments that may ask, how many do; 0: never. */
    satisfactionPercent: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Who gets the weekly digest. */
    digestEmails: Type.Array(
      Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', maxLength: 120 }),
      {
        maxItems: 20,
        uniqueItems: true,
      },
    ),
  },
  strict,
);
export type FeedbackSettings = Static<typeof FeedbackSettings>;

export const SatisfactionMonth = Type.Object({
  communityId: Id,
  communityName: Type.String(),
  month: Month,
  asked: Type.Integer(),
  answered: Type.Integer(),
  /** Null: nobody answered. In hundredths: 437 is 4.37. */
  averageHundredths: Nullable(Type.Integer()),
  /** How many gave 1, 2, 3, 4 and 5. */
  scores: Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 }),
});
export type SatisfactionMonth = Static<typeof SatisfactionMonth>;

const Count = Type.Object({ label: Bilingual, count: Type.Integer() });

/** A week from Monday to Sunday, in the company's days. */
export const Digest = Type.Object({
  weekStart: Day,
  weekEnd: Day,
  generatedAt: Instant,
  /** When it was given to the mail queue; null: nobody is named to get it. */
  sentAt: Nullable(Instant),
  tickets: Type.Object({
    opened: Type.Integer(),
    openedBefore: Type.Integer(),
    resolved: Type.Integer(),
    reopened: Type.Integer(),
    disputesOpened: Type.Integer(),
    disputesAnswered: Type.Integer(),
    /** Of those due this week, how many were answered and resolved in time, in percent. */
    firstReplyInTimePercent: Nullable(Type.Integer()),
    resolvedInTimePercent: Nullable(Type.Integer()),
    /** Open and late at the end of the week. */
    overdue: Type.Integer(),
    averageRatingHundredths: Nullable(Type.Integer()),
    ratings: Type.Integer(),
  }),
  categories: Type.Array(Count),
  communities: Type.Array(Count),
  /** Words of many tickets, the most frequent first. */
  words: Type.Array(Type.Object({ word: Type.String(), count: Type.Integer() })),
  satisfaction: Type.Object({
    asked: Type.Integer(),
    answered: Type.Integer(),
    averageHundredths: Nullable(Type.Integer()),
  }),
  /** Where payments are abandoned, the most first. */
  payments: Type.Array(
    Type.Object({
      /** Scan page, app, desk … */
      surface: Bilingual,
      channel: Type.String(),
      /** Of the channel's last refusal; null: none. */
      errorCode: Nullable(Type.String()),
      started: Type.Integer(),
      /** The channel gave the payer something to pay with. */
      instructed: Type.Integer(),
      paid: Type.Integer(),
      /** Not paid and over. */
      left: Type.Integer(),
    }),
  ),
});
export type Digest = Static<typeof Digest>;

/** Besides: GET /api/satisfaction.csv with the same query. */
export const feedbackSettingRoutes = {
  'GET /api/ticket-categories': { response: Type.Object({ items: Type.Array(TicketCategory) }) },
  'POST /api/ticket-categories': {
    body: Type.Object(categoryFields, strict),
    status: 201,
    response: TicketCategory,
  },
  'PUT /api/ticket-categories/:categoryId': {
    params: Type.Object({ categoryId: Id }),
    body: Type.Object(categoryFields, strict),
    response: TicketCategory,
  },
  'GET /api/ticket-routings': { response: Type.Object({ items: Type.Array(TicketRouting) }) },
  'PUT /api/ticket-routings': {
    body: Type.Object(routingFields, strict),
    response: TicketRouting,
  },
  'DELETE /api/ticket-routings/:routingId': {
    params: Type.Object({ routingId: Id }),
    response: Type.Object({ isRemoved: Type.Boolean() }),
  },
  /** Roles and people that can be given tickets. */
  'GET /api/ticket-receivers': {
    response: Type.Object({
      roles: Type.Array(Type.Object({ id: Id, name: Bilingual })),
      staff: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    }),
  },
  'GET /api/canned-answers': {
    /** With a ticket, its variables are filled in. */
    query: Type.Object({ ticketId: Type.Optional(Id) }),
    response: Type.Object({ items: Type.Array(CannedAnswer) }),
  },
  'POST /api/canned-answers': {
    body: Type.Object(cannedFields, strict),
    status: 201,
    response: CannedAnswer,
  },
  'PUT /api/canned-answers/:answerId': {
    params: Type.Object({ answerId: Id }),
    body: Type.Object(cannedFields, strict),
    response: CannedAnswer,
  },
  'DELETE /api/canned-answers/:answerId': {
    params: Type.Object({ answerId: Id }),
    response: Type.Object({ isRemoved: Type.Boolean() }),
  },
  'GET /api/feedback-settings': { response: FeedbackSettings },
  'PUT /api/feedback-settings': { body: FeedbackSettings, response: FeedbackSettings },
  'GET /api/satisfaction': {
    query: Type.Object({ from: Month, to: Month, communityId: Type.Optional(Id) }),
    response: Type.Object({
      items: Type.Array(SatisfactionMonth),
      /** The newest words people left, without their names. */
      comments: Type.Array(
        Type.Object({
          at: Instant,
          communityName: Type.String(),
          score: Type.Integer(),
          text: Type.String(),
        }),
      ),
    }),
  },
  'GET /api/feedback-digests': {
    response: Type.Object({ weeks: Type.Array(Day), newest: Nullable(Digest) }),
  },
  'GET /api/feedback-digests/:weekStart': {
    params: Type.Object({ weekStart: Day }),
    response: Digest,
  },
} as const;
