import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Id, Instant, Nullable, Page, PageQuery } from './common.ts';

const strict = { additionalProperties: false };
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });

export const TicketState = Type.Enum([
  'new',
  'assigned',
  'in-progress',
  'waiting',
  'resolved',
  'closed',
]);
export type TicketState = Static<typeof TicketState>;
export const TicketSource = Type.Enum(['app', 'scan', 'receipt', 'desk']);
export type TicketSource = Static<typeof TicketSource>;

/** What somebody writes: not empty, at most a page. */
export const TicketText = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });
export const PhotoIds = Type.Array(Id, { maxItems: 6, uniqueItems: true });

/** How an open dispute ended. */
export const DisputeAnswer = Type.Enum(['explanation', 'adjustment', 'void', 'withdrawn']);
export type DisputeAnswer = Static<typeof DisputeAnswer>;

/** Attached by itself; every field is optional and none is trusted. */
export const TicketContext = Type.Object(
  {
    paymentId: Type.Optional(Id),
    orderNo: Type.Optional(Type.String({ maxLength: 64 })),
    errorCode: Type.Optional(Type.String({ maxLength: 60 })),
    page: Type.Optional(Type.String({ maxLength: 120 })),
    appVersion: Type.Optional(Type.String({ maxLength: 40 })),
  },
  strict,
);
export type TicketContext = Static<typeof TicketContext>;

/** Uploaded with POST /api/resident/photos or /api/photos, then named by the ticket or message. */
export const PhotoView = Type.Object({
  id: Id,
  width: Type.Integer(),
  height: Type.Integer(),
});
export type PhotoView = Static<typeof PhotoView>;

export const ResidentTicketCategory = Type.Object({
  id: Id,
  name: Bilingual,
  /** For bills; needs `billId`. */
  isDispute: Type.Boolean(),
  /** For trouble with a payment. */
  isPayment: Type.Boolean(),
});

/** A step that the resident may see. */
export const ResidentTicketEntry = Type.Object({
  id: Id,
  at: Instant,
  /** `us`: the resident themselves; `office`: staff, by the name that the company shows. */
  from: Type.Enum(['us', 'office', 'system']),
  name: Type.String(),
  /** What happened, in words; a message says its own text in `text`. */
  title: Bilingual,
  text: Type.String(),
  photos: Type.Array(PhotoView),
});
export type ResidentTicketEntry = Static<typeof ResidentTicketEntry>;

const residentTicketFields = {
  id: Id,
  ticketNo: Type.String(),
  category: Bilingual,
  isDispute: Type.Boolean(),
  unitId: Nullable(Id),
  unitLabel: Nullable(Type.String()),
  text: Type.String(),
  state: TicketState,
  stateText: Bilingual,
  openedAt: Instant,
  updatedAt: Instant,
};

export const ResidentTicket = Type.Object(residentTicketFields);
export type ResidentTicket = Static<typeof ResidentTicket>;

export const ResidentTicketDetail = Type.Object({
  ...residentTicketFields,
  /** The disputed bill: what it is, and how the dispute was answered. */
  dispute: Nullable(
    Type.Object({
      billId: Id,
      title: Type.String(),
      state: Type.Enum(['open', 'answered']),
      answer: Nullable(DisputeAnswer),
      answerText: Nullable(Type.String()),
    }),
  ),
  rating: Nullable(Type.Object({ score: Type.Integer(), text: Type.String() })),
  entries: Type.Array(ResidentTicketEntry),
  /** By when the office means to have it resolved; null once it is, or while it waits for you. */
  resolveDueAt: Nullable(Instant),
  allowedActions: Type.Object({
    message: Type.Boolean(),
    rate: Type.Boolean(),
    reopen: Type.Boolean(),
    withdraw: Type.Boolean(),
  }),
});
export type ResidentTicketDetail = Static<typeof ResidentTicketDetail>;

const TicketParams = Type.Object({ ticketId: Id });

/**
 * Routes of feedback for whoever is signed in to the resident app. Besides, not JSON:
 * POST /api/resident/photos (multipart: file) answers PhotoView, and
 * GET /api/resident/photos/:photoId the picture.
 */
export const residentFeedbackRoutes = {
  'GET /api/resident/ticket-categories': {
    response: Type.Object({ items: Type.Array(ResidentTicketCategory) }),
  },
  /** One's own, newest first. */
  'GET /api/resident/tickets': {
    query: Type.Object(PageQuery),
    response: Page(ResidentTicket),
  },
  /** With `billId` it is a dispute of that bill. The same key answers the first ticket. */
  'POST /api/resident/tickets': {
    body: Type.Object(
      {
        idempotencyKey: IdempotencyKey,
        unitId: Id,
        categoryId: Type.Optional(Id),
        billId: Type.Optional(Id),
        source: Type.Optional(Type.Enum(['app', 'receipt'])),
        text: TicketText,
        photoIds: PhotoIds,
        context: Type.Optional(TicketContext),
      },
      strict,
    ),
    status: 201,
    response: ResidentTicketDetail,
  },
  'GET /api/resident/tickets/:ticketId': { params: TicketParams, response: ResidentTicketDetail },
  'POST /api/resident/tickets/:ticketId/messages': {
    params: TicketParams,
    body: Type.Object(
      { idempotencyKey: IdempotencyKey, text: TicketText, photoIds: PhotoIds },
      strict,
    ),
    response: ResidentTicketDetail,
  },
  /** Once, when it is resolved. */
  'POST /api/resident/tickets/:ticketId/rating': {
    params: TicketParams,
    body: Type.Object(
      {
        score: Type.Integer({ minimum: 1, maximum: 5 }),
        text: Type.String({ maxLength: 500 }),
      },
      strict,
    ),
    response: ResidentTicketDetail,
  },
  'POST /api/resident/tickets/:ticketId/reopening': {
    params: TicketParams,
    body: Type.Object({ text: TicketText }, strict),
    response: ResidentTicketDetail,
  },
  /** The matter is over: closes the ticket, and ends its dispute. */
  'POST /api/resident/tickets/:ticketId/withdrawal': {
    params: TicketParams,
    response: ResidentTicketDetail,
  },
  /** Bills of a home with an open dispute, whoever of the home opened it. */
  'GET /api/resident/disputes': {
    query: Type.Object({ unitId: Id }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          billId: Id,
          openedAt: Instant,
          /** Null when another person of the home opened it. */
          ticketId: Nullable(Id),
        }),
      ),
    }),
  },
  /**
   * Whether to ask how paying went, on the page of a payment that is complete. Asking is recorded:
   * the same payment is asked again, another one is not for 90 days.
   */
  'POST /api/resident/satisfaction/question': {
    body: Type.Object({ paymentId: Id, isElder: Type.Boolean() }, strict),
    response: Type.Object({ satisfactionId: Nullable(Id) }),
  },
  'POST /api/resident/satisfaction/:satisfactionId/answer': {
    params: Type.Object({ satisfactionId: Id }),
    body: Type.Object(
      {
        /** Null: no wish to say. */
        score: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
        text: Type.String({ maxLength: 500 }),
      },
      strict,
    ),
    response: Type.Object({ isThanked: Type.Boolean() }),
  },
} as const;
