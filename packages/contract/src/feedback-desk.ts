import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import {
  DisputeAnswer,
  PhotoIds,
  PhotoView,
  TicketSource,
  TicketState,
  TicketText,
} from './feedback.ts';

const strict = { additionalProperties: false };
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });

/** Which clock ran out: the first answer, or the solution. */
export const OverdueKind = Type.Enum(['first-reply', 'resolution']);

const ticketFields = {
  id: Id,
  ticketNo: Type.String(),
  categoryId: Id,
  category: Bilingual,
  communityId: Id,
  communityName: Type.String(),
  unitId: Nullable(Id),
  unitLabel: Nullable(Type.String()),
  source: TicketSource,
  /** Who reported it, as it may be shown. */
  openedBy: Type.String(),
  phoneMasked: Nullable(Type.String()),
  /** Its first 200 characters; the page of the ticket has it whole. */
  text: Type.String(),
  state: TicketState,
  stateText: Bilingual,
  isDispute: Type.Boolean(),
  roleId: Nullable(Id),
  roleName: Nullable(Type.String()),
  assigneeId: Nullable(Id),
  assigneeName: Nullable(Type.String()),
  openedAt: Instant,
  updatedAt: Instant,
  firstReplyDueAt: Instant,
  firstRepliedAt: Nullable(Instant),
  /** Null while the resident is waited for: the clock stands still. */
  resolveDueAt: Nullable(Instant),
  resolvedAt: Nullable(Instant),
  overdue: Nullable(OverdueKind),
  rating: Nullable(Type.Integer()),
};

export const TicketView = Type.Object(ticketFields);
export type TicketView = Static<typeof TicketView>;

export const TicketAction = Type.Object({
  action: Type.Enum([
    'reply',
    'note',
    'assign',
    'start',
    'wait',
    'resolve',
    'close',
    'reopen',
    'move',
    'answer-dispute',
  ]),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});

export const TicketEntry = Type.Object({
  id: Id,
  at: Instant,
  kind: Type.Enum([
    'opened',
    'message',
    'reply',
    'note',
    'assigned',
    'state',
    'moved',
    'rated',
    'reopened',
    'escalated',
    'answered',
    'closed',
  ]),
  /** Only staff see it. */
  isInternal: Type.Boolean(),
  actorKind: Type.Enum(['staff', 'resident', 'payer', 'system']),
  actorName: Type.String(),
  title: Bilingual,
  text: Type.String(),
  photos: Type.Array(PhotoView),
});
export type TicketEntry = Static<typeof TicketEntry>;

export const TicketDispute = Type.Object({
  billId: Id,
  feeItemName: Type.String(),
  month: Month,
  amountFen: FenAmount,
  paidFen: FenAmount,
  openFen: FenAmount,
  isVoid: Type.Boolean(),
  state: Type.Enum(['open', 'answered']),
  /** The change that waits for a second person. */
  adjustmentId: Nullable(Id),
  answer: Nullable(DisputeAnswer),
  answerText: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  answeredBy: Nullable(Type.String()),
});
export type TicketDispute = Static<typeof TicketDispute>;

export const TicketDetail = Type.Object({
  ...ticketFields,
  /** What came with it by itself, in words: payment, error, page. */
  context: Type.Array(
    Type.Object({ label: Bilingual, value: Type.String(), paymentId: Nullable(Id) }),
  ),
  entries: Type.Array(TicketEntry),
  dispute: Nullable(TicketDispute),
  ratingText: Nullable(Type.String()),
  reopenedCount: Type.Integer(),
  /** Whether a progress message can reach who opened it. */
  isReachable: Type.Boolean(),
  allowedActions: Type.Array(TicketAction),
});
export type TicketDetail = Static<typeof TicketDetail>;

export const TicketFilter = {
  /** `open`: all that is not resolved. */
  state: Type.Optional(Type.Enum(['open', ...TicketState.enum])),
  categoryId: Type.Optional(Id),
  communityId: Type.Optional(Id),
  /** `me`, `nobody` or a person. */
  assignee: Type.Optional(Type.Union([Type.Enum(['me', 'nobody']), Id])),
  source: Type.Optional(TicketSource),
  overdue: Type.Optional(Type.Boolean()),
  /** Ticket number, part of the unit's label, or of the text. */
  search: Type.Optional(Type.String({ maxLength: 50 })),
};

const DisputeFilter = {
  state: Type.Optional(Type.Enum(['open', 'answered'])),
  communityId: Type.Optional(Id),
};

export const DisputeView = Type.Object({
  ticketId: Id,
  ticketNo: Type.String(),
  communityName: Type.String(),
  unitId: Id,
  unitLabel: Type.String(),
  ...TicketDispute.properties,
  text: Type.String(),
  openedAt: Instant,
});
export type DisputeView = Static<typeof DisputeView>;

const TicketParams = Type.Object({ ticketId: Id });

/**
 * Routes of feedback for staff. Besides, not JSON: GET /api/tickets.csv and /api/disputes.csv with
 * the same filters, POST /api/photos (multipart: file), and GET /api/photos/:photoId.
 */
export const ticketRoutes = {
  'GET /api/tickets': {
    query: Type.Object({ ...PageQuery, ...TicketFilter }),
    response: Page(TicketView),
  },
  /** For the head of the inbox. */
  'GET /api/tickets/counts': {
    response: Type.Object({
      open: Type.Integer(),
      unassigned: Type.Integer(),
      mine: Type.Integer(),
      waiting: Type.Integer(),
      overdue: Type.Integer(),
      disputes: Type.Integer(),
    }),
  },
  /** Taken down at the desk on behalf of somebody. With `billId` a dispute. */
  'POST /api/tickets': {
    body: Type.Object(
      {
        idempotencyKey: IdempotencyKey,
        communityId: Id,
        unitId: Type.Optional(Id),
        categoryId: Type.Optional(Id),
        billId: Type.Optional(Id),
        paymentId: Type.Optional(Id),
        reporter: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
        phone: Type.Optional(Type.String({ pattern: '^1[3-9][0-9]{9}$' })),
        text: TicketText,
        photoIds: PhotoIds,
      },
      strict,
    ),
    status: 201,
    response: TicketDetail,
  },
  'GET /api/tickets/:ticketId': { params: TicketParams, response: TicketDetail },
  /** To the resident; `nextState` moves the ticket on in the same step. */
  'POST /api/tickets/:ticketId/replies': {
    params: TicketParams,
    body: Type.Object(
      {
        idempotencyKey: IdempotencyKey,
        text: TicketText,
        photoIds: PhotoIds,
        nextState: Type.Enum(['in-progress', 'waiting', 'resolved']),
      },
      strict,
    ),
    response: TicketDetail,
  },
  'POST /api/tickets/:ticketId/notes': {
    params: TicketParams,
    body: Type.Object(
      { idempotencyKey: IdempotencyKey, text: TicketText, photoIds: PhotoIds },
      strict,
    ),
    response: TicketDetail,
  },
  'POST /api/tickets/:ticketId/state': {
    params: TicketParams,
    body: Type.Object(
      {
        action: Type.Enum(['start', 'wait', 'resolve', 'close', 'reopen']),
        note: Type.Optional(Type.String({ maxLength: 500 })),
      },
      strict,
    ),
    response: TicketDetail,
  },
  /** Another category; its clock starts from the opening again. */
  'POST /api/tickets/:ticketId/category': {
    params: TicketParams,
    body: Type.Object({ categoryId: Id }, strict),
    response: TicketDetail,
  },
  /** Assigns or closes many; what cannot be done is named and the rest is done. */
  'POST /api/tickets/bulk': {
    body: Type.Object(
      {
        ticketIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
        action: Type.Enum(['assign', 'close']),
        assigneeId: Type.Optional(Nullable(Id)),
        roleId: Type.Optional(Nullable(Id)),
      },
      strict,
    ),
    response: Type.Object({
      done: Type.Integer(),
      left: Type.Array(Type.Object({ ticketNo: Type.String(), reason: Bilingual })),
    }),
  },
  'GET /api/disputes': {
    query: Type.Object({ ...PageQuery, ...DisputeFilter }),
    response: Page(DisputeView),
  },
  /**
   * Answers a dispute and tells the resident. An adjustment above the limit waits for a second
   * person; the dispute stays open until then.
   */
  'POST /api/disputes/:ticketId/answer': {
    params: TicketParams,
    body: Type.Object(
      {
        idempotencyKey: IdempotencyKey,
        answer: Type.Enum(['explanation', 'adjustment', 'void']),
        text: TicketText,
        /** By how much the bill becomes smaller; for an adjustment. */
        amountFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000_000 })),
        adjustmentKind: Type.Optional(Type.Enum(['waiver', 'correction'])),
      },
      strict,
    ),
    response: TicketDetail,
  },
} as const;
