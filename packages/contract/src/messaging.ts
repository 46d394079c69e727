import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { DecimalText, Id, Page, PageQuery } from './common.ts';
import {
  MessageAccountState,
  MessageAccountView,
  MessageDetail,
  MessageLanguage,
  MessageProviderName,
  MessageProviderView,
  MessagePurpose,
  MessageSettings,
  MessageState,
  MessageTemplateKey,
  MessageTemplatePreview,
  MessageTemplateView,
  MessageVia,
  MessageView,
} from './messaging-views.ts';

const Name = Type.String({ minLength: 1, maxLength: 60 });
const Secrets = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
  Type.String({ maxLength: 20_000 }),
);
const Endpoints = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
  Type.String({ maxLength: 200 }),
);
const AppId = Type.String({ pattern: '^[0-9A-Za-z_.-]{0,64}$' });
const Priority = Type.Integer({ minimum: 1, maximum: 999 });

const AccountParams = Type.Object({ messageAccountId: Id });
const MessageParams = Type.Object({ messageId: Id });
const TemplateParams = Type.Object({ templateKey: MessageTemplateKey });
const TestOutcome = Type.Object({
  ok: Type.Boolean(),
  code: Type.String(),
  message: Bilingual,
});

const MessageFilter = {
  state: Type.Optional(MessageState),
  purpose: Type.Optional(MessagePurpose),
  via: Type.Optional(MessageVia),
  messageAccountId: Type.Optional(Id),
  subjectId: Type.Optional(Type.String({ maxLength: 80 })),
};

/** Routes of the module messaging. Besides, as a file: GET /api/messages.csv, the same filters. */
export const messagingRoutes = {
  'GET /api/message-providers': {
    response: Type.Object({ items: Type.Array(MessageProviderView) }),
  },
  'GET /api/message-accounts': {
    response: Type.Object({ items: Type.Array(MessageAccountView) }),
  },
  'POST /api/message-accounts': {
    body: Type.Object(
      {
        provider: MessageProviderName,
        name: Name,
        appId: Type.Optional(AppId),
        credentials: Secrets,
        endpoints: Type.Optional(Endpoints),
        unitPriceYuan: Type.Optional(DecimalText),
        priority: Type.Optional(Priority),
      },
      { additionalProperties: false },
    ),
    status: 201,
    response: MessageAccountView,
  },
  /** Only what is given changes; secrets left out stay as they are. */
  'PATCH /api/message-accounts/:messageAccountId': {
    params: AccountParams,
    body: Type.Object(
      {
        name: Type.Optional(Name),
        credentials: Type.Optional(Secrets),
        endpoints: Type.Optional(Endpoints),
        unitPriceYuan: Type.Optional(DecimalText),
        priority: Type.Optional(Priority),
        state: Type.Optional(MessageAccountState),
      },
      { additionalProperties: false },
    ),
    response: MessageAccountView,
  },
  /** Really sends the message of the template, with its samples, to the address. */
  'POST /api/message-accounts/:messageAccountId/test': {
    params: AccountParams,
    body: Type.Object(
      { to: Type.String({ minLength: 3, maxLength: 200 }), templateKey: MessageTemplateKey },
      { additionalProperties: false },
    ),
    response: TestOutcome,
  },
  'GET /api/message-templates': {
    response: Type.Object({ items: Type.Array(MessageTemplateView) }),
  },
  'GET /api/message-templates/:templateKey': {
    params: TemplateParams,
    response: MessageTemplateView,
  },
  /** Empty title and body: the built-in words again. */
  'PUT /api/message-templates/:templateKey/texts/:language': {
    params: Type.Object({ templateKey: MessageTemplateKey, language: MessageLanguage }),
    body: Type.Object(
      { title: Type.String({ maxLength: 50 }), body: Type.String({ maxLength: 500 }) },
      { additionalProperties: false },
    ),
    response: MessageTemplateView,
  },
  /** An empty number takes the template away from the account. */
  'PUT /api/message-templates/:templateKey/accounts/:messageAccountId/:language': {
    params: Type.Object({
      templateKey: MessageTemplateKey,
      messageAccountId: Id,
      language: MessageLanguage,
    }),
    body: Type.Object(
      {
        providerTemplateId: Type.String({ maxLength: 80 }),
        places: Type.Array(
          Type.Object({
            place: Type.String({ minLength: 1, maxLength: 40 }),
            variable: Type.String({ minLength: 1, maxLength: 40 }),
          }),
          { maxItems: 20 },
        ),
      },
      { additionalProperties: false },
    ),
    response: MessageTemplateView,
  },
  /** What would be sent, with the samples; nothing is stored. */
  'POST /api/message-templates/:templateKey/preview': {
    params: TemplateParams,
    body: Type.Object(
      {
        language: MessageLanguage,
        title: Type.String({ maxLength: 50 }),
        body: Type.String({ maxLength: 500 }),
      },
      { additionalProperties: false },
    ),
    response: MessageTemplatePreview,
  },
  /** Newest first. */
  'GET /api/messages': {
    query: Type.Object({ ...PageQuery, ...MessageFilter }),
    response: Page(MessageView),
  },
  'GET /api/messages/:messageId': { params: MessageParams, response: MessageDetail },
  /** Sends a failed message again, from its first route. */
  'POST /api/messages/:messageId/requeue': {
    params: MessageParams,
    body: Type.Object(
      { mayHaveArrived: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    response: MessageDetail,
  },
  'GET /api/message-settings': { response: MessageSettings },
  'PUT /api/message-settings': { body: MessageSettings, response: MessageSettings },
} as const;

export const NotificationPurpose = Type.Enum(['reminder', 'autopay', 'feedback', 'receipt']);

/** What a resident wants to hear of, and by which ways. */
export const NotificationSettings = Type.Object({
  items: Type.Array(
    Type.Object({ purpose: NotificationPurpose, via: MessageVia, isOn: Type.Boolean() }),
    { maxItems: 40 },
  ),
});
export type NotificationSettings = Static<typeof NotificationSettings>;

/** For whoever is signed in to the app. Notices that a debit needs cannot be switched off whole. */
export const residentNotificationRoutes = {
  'GET /api/resident/notifications': { response: NotificationSettings },
  /** Those that are left out stay as they are. */
  'PUT /api/resident/notifications': {
    body: NotificationSettings,
    response: NotificationSettings,
  },
} as const;
