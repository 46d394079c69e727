import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { DecimalText, Id, Instant, Nullable } from './common.ts';

export const MessageVia = Type.Enum([
  'wechat-subscription',
  'alipay-message',
  'push',
  'sms',
  'email',
]);
export const MessageState = Type.Enum([
  'queued',
  'sending',
  'uncertain',
  'accepted',
  'delivered',
  'failed',
  'dropped',
]);
export const MessageLanguage = Type.Enum(['zh', 'en']);
export const MessageAccountState = Type.Enum(['active', 'disabled']);
export const MessagePurpose = Type.String({ pattern: '^[a-z][a-z-]{1,30}$' });
export const MessageProviderName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });
export const MessageTemplateKey = Type.String({ pattern: '^[a-z]+\\.[a-z-]+$' });
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

const ProviderField = Type.Object({
  name: Type.String(),
  /** `secret` and `pem` are only written. */
  kind: Type.Enum(['text', 'secret', 'pem', 'choice']),
  label: Bilingual,
  hint: Nullable(Bilingual),
  pattern: Nullable(Type.String()),
  choices: Type.Array(Type.Object({ value: Type.String(), label: Bilingual })),
  isOptional: Type.Boolean(),
});

/** All that the console needs to know of a provider, so that it knows none by name. */
export const MessageProviderView = Type.Object({
  name: MessageProviderName,
  label: Bilingual,
  via: MessageVia,
  /** The app it speaks for; null where the provider knows no apps. */
  appId: Nullable(ProviderField),
  fields: Type.Array(ProviderField),
  endpoints: Type.Record(Type.String(), Type.String()),
  guide: Type.Array(Bilingual),
  /** Whether a template is approved at the provider first, under a number of theirs. */
  needsTemplate: Type.Boolean(),
  /** How the places of such a template are named, in words; null where they are not named. */
  places: Nullable(Bilingual),
  /** Whether a price a segment is asked for. */
  isPriced: Type.Boolean(),
  /** What is entered for a test. */
  testTo: Bilingual,
});
export type MessageProviderView = Static<typeof MessageProviderView>;

export const MessageAccountView = Type.Object({
  id: Id,
  number: Type.Integer(),
  provider: MessageProviderName,
  name: Type.String(),
  via: MessageVia,
  appId: Type.String(),
  settings: Type.Record(Type.String(), Type.String()),
  endpoints: Type.Record(Type.String(), Type.String()),
  /** Names of the secrets that are there. */
  secretsSet: Type.Array(Type.String()),
  /** Where the provider sends receipts; null where it sends none. */
  receiptUrl: Nullable(Type.String()),
  unitPriceYuan: DecimalText,
  priority: Type.Integer(),
  state: MessageAccountState,
  /** While it is left out after the provider refused the account itself. */
  trouble: Nullable(
    Type.Object({ code: Type.String(), advice: Bilingual, at: Instant, until: Instant }),
  ),
  createdAt: Instant,
});
export type MessageAccountView = Static<typeof MessageAccountView>;

const VariableView = Type.Object({
  name: Type.String(),
  label: Bilingual,
  kind: Type.Enum(['text', 'amount', 'day', 'month', 'count', 'code', 'phone']),
  sample: Bilingual,
});

const TextView = Type.Object({
  language: MessageLanguage,
  title: Type.String(),
  body: Type.String(),
  isBuiltIn: Type.Boolean(),
});

export const MessageTemplateView = Type.Object({
  key: MessageTemplateKey,
  purpose: MessagePurpose,
  label: Bilingual,
  isMarketing: Type.Boolean(),
  hasLink: Type.Boolean(),
  variables: Type.Array(VariableView),
  texts: Type.Array(TextView),
  /** Under which number each account knows it. */
  atAccounts: Type.Array(
    Type.Object({
      accountId: Id,
      language: MessageLanguage,
      providerTemplateId: Type.String(),
      places: Type.Array(Type.Object({ place: Type.String(), variable: Type.String() })),
    }),
  ),
});
export type MessageTemplateView = Static<typeof MessageTemplateView>;

export const MessageTemplatePreview = Type.Object({
  title: Type.String(),
  body: Type.String(),
  /** With signature and, for marketing, the way to refuse. */
  smsText: Type.String(),
  smsLength: Type.Integer(),
  segments: Type.Integer(),
  /** By the first active SMS account; null without one. */
  costYuan: Nullable(Type.String()),
  problems: Type.Array(Bilingual),
});
export type MessageTemplatePreview = Static<typeof MessageTemplatePreview>;

const MessageRow = {
  id: Id,
  purpose: MessagePurpose,
  subjectId: Type.String(),
  templateKey: MessageTemplateKey,
  state: MessageState,
  via: Nullable(MessageVia),
  /** Masked. */
  to: Nullable(Type.String()),
  accountName: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  reasonText: Nullable(Bilingual),
  segments: Nullable(Type.Integer()),
  costYuan: Nullable(Type.String()),
  createdAt: Instant,
  dueAt: Instant,
  expiresAt: Instant,
  acceptedAt: Nullable(Instant),
  deliveredAt: Nullable(Instant),
  endedAt: Nullable(Instant),
};

export const MessageView = Type.Object(MessageRow);
export type MessageView = Static<typeof MessageView>;

export const MessageDetail = Type.Object({
  ...MessageRow,
  attempts: Type.Array(
    Type.Object({
      no: Type.Integer(),
      via: MessageVia,
      accountName: Type.String(),
      state: Type.Enum([
        'sending',
        'uncertain',
        'accepted',
        'delivered',
        'undelivered',
        'refused',
        'absent',
      ]),
      code: Nullable(Type.String()),
      advice: Nullable(Bilingual),
      detail: Nullable(Type.String()),
      providerNo: Nullable(Type.String()),
      startedAt: Instant,
      answeredAt: Nullable(Instant),
      reportedAt: Nullable(Instant),
    }),
  ),
  allowedActions: Type.Array(Type.Enum(['requeue'])),
  /** Nobody knows whether it arrived: sending it again has to be confirmed. */
  mayHaveArrived: Type.Boolean(),
});
export type MessageDetail = Static<typeof MessageDetail>;

export const MessageSettings = Type.Object({
  /** Nothing is sent from… to…, in the company's time; equal: no quiet hours. */
  quietFrom: Time,
  quietTo: Time,
  /** At most so many of a purpose to one person within so many hours. */
  caps: Type.Array(
    Type.Object({
      purpose: MessagePurpose,
      most: Type.Integer({ minimum: 1, maximum: 100 }),
      hours: Type.Integer({ minimum: 1, maximum: 24 * 31 }),
    }),
    { maxItems: 20 },
  ),
});
export type MessageSettings = Static<typeof MessageSettings>;
