import type {
  autopayResidentRoutes,
  checkoutRoutes,
  contentRoutes,
  residentAccountRoutes,
  residentFeedbackRoutes,
  residentMessageRoutes,
  residentNotificationRoutes,
  residentRoutes,
  residentSignInRoutes,
} from '@wuye-pay/contract';
import type { Static, TSchema } from 'typebox';

/** The routes that the app calls: each module's JSON routes for residents, sorted by name. */
type Contract = typeof autopayResidentRoutes &
  typeof checkoutRoutes &
  typeof contentRoutes &
  typeof residentAccountRoutes &
  typeof residentFeedbackRoutes &
  typeof residentMessageRoutes &
  typeof residentNotificationRoutes &
  typeof residentRoutes &
  typeof residentSignInRoutes;

export type RouteKey = keyof Contract & string;
export type ReadKey = Extract<RouteKey, `GET ${string}`>;

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
export type Input<Key extends RouteKey> = With<'params', Part<Key, 'params'>> &
  With<'body', Part<Key, 'body'>> & { readonly query?: Loose<Part<Key, 'query'>> | undefined };

/** One row of a route that answers a list. */
export type Item<Key extends RouteKey> =
  Answer<Key> extends { readonly items: readonly (infer Row)[] } ? Row : never;
