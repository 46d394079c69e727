import type {
  adjustmentRoutes,
  autopayRoutes,
  bankEntryRoutes,
  bankImportRoutes,
  bankRoutes,
  billingRoutes,
  channelsRoutes,
  chargingRoutes,
  contentRoutes,
  deskRoutes,
  estateRoutes,
  feedbackSettingRoutes,
  identityRoutes,
  ledgerRoutes,
  manualReminderRoutes,
  messagingRoutes,
  paymentRoutes,
  prepaymentRoutes,
  refundPolicyRoutes,
  refundRoutes,
  reminderPlanRoutes,
  reminderRoutes,
  residentConsoleRoutes,
  suspenseRoutes,
  ticketRoutes,
} from '@wuye-pay/contract';
import type { Static, TSchema } from 'typebox';
import { failureOf, networkFailure } from './failure.ts';

type Contract = typeof identityRoutes &
  typeof estateRoutes &
  typeof chargingRoutes &
  typeof contentRoutes &
  typeof adjustmentRoutes &
  typeof autopayRoutes &
  typeof feedbackSettingRoutes &
  typeof ticketRoutes &
  typeof bankRoutes &
  typeof bankImportRoutes &
  typeof bankEntryRoutes &
  typeof billingRoutes &
  typeof ledgerRoutes &
  typeof manualReminderRoutes &
  typeof messagingRoutes &
  typeof channelsRoutes &
  typeof paymentRoutes &
  typeof prepaymentRoutes &
  typeof deskRoutes &
  typeof refundPolicyRoutes &
  typeof refundRoutes &
  typeof reminderPlanRoutes &
  typeof reminderRoutes &
  typeof residentConsoleRoutes &
  typeof suspenseRoutes;

export type RouteKey = keyof Contract & string;
export type QueryKeyOfRoute = Extract<RouteKey, `GET ${string}`>;

/** Values of a query may be absent: what is undefined or empty is not sent. */
type Loose<Value> = { readonly [Name in keyof Value]?: Value[Name] | undefined };
type Part<Key extends RouteKey, Name extends string> = Contract[Key] extends {
  readonly [N in Name]: infer Schema extends TSchema;
}
  ? Static<Schema>
  : never;

type With<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : { readonly [N in Name]: Value };

export type Answer<Key extends RouteKey> = Part<Key, 'response'>;
export type Body<Key extends RouteKey> = Part<Key, 'body'>;
export type Query<Key extends RouteKey> = Loose<Part<Key, 'query'>>;
export type Input<Key extends RouteKey> = With<'params', Part<Key, 'params'>> &
  With<'body', Part<Key, 'body'>> & { readonly query?: Query<Key> };

/** One row of a route that answers a page. */
export type Item<Key extends RouteKey> =
  Answer<Key> extends { readonly items: readonly (infer Row)[] } ? Row : never;

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Calls a route of the contract; throws ApiFailure with the server's own words. */
export async function call<Key extends RouteKey>(
  key: Key,
  input: Input<Key>,
  signal?: AbortSignal,
): Promise<Answer<Key>> {
  const { params, query, body } = input as Parts;
  const [method = 'GET', template = ''] = key.split(' ');
  const response = await send(addressOf(template, params, query), {
    method,
    ...(signal && { signal }),
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  return (await response.json()) as Answer<Key>;
}

/** Sends a request to our own server and turns every refusal into an ApiFailure. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw networkFailure(error);
  }
  if (!response.ok) throw failureOf(response.status, await response.text());
  return response;
}

/** '/api/units/:unitId' with its parameters and query filled in. */
export function addressOf(
  template: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = template.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
