import type { Body } from '../api/client.ts';
import type { Channel } from '../choices/use-channels.ts';

export type KeyMode = Body<'POST /api/merchant-accounts'>['mode'];
type Texts = Readonly<Record<string, string | undefined>>;

/** What the form holds; which ids, secrets and addresses there are the channel's description says. */
export interface AccountValues {
  readonly channel: string;
  readonly name: string;
  readonly mode: KeyMode;
  readonly mchId?: string;
  readonly appId?: string;
  readonly subMchId?: string;
  readonly subAppId?: string;
  readonly credentials?: Texts;
  readonly endpoints?: Texts;
}

/** A new account; what is missing the server names. */
export function newAccountOf(values: AccountValues): Body<'POST /api/merchant-accounts'> {
  const { channel, name, mode } = values;
  const subMchId = values.subMchId?.trim();
  const subAppId = values.subAppId?.trim();
  const endpoints = givenOf(values.endpoints);
  return {
    channel,
    name: name.trim(),
    mode,
    mchId: values.mchId?.trim() ?? '',
    appId: values.appId?.trim() ?? '',
    ...(subMchId && { subMchId }),
    ...(subAppId && { subAppId }),
    credentials: givenOf(values.credentials) ?? {},
    ...(endpoints && { endpoints }),
  };
}

type Change = Body<'PATCH /api/merchant-accounts/:id'>;

/** Only what differs from before: a secret that was left empty stays as it is. */
export function changeOf(
  values: AccountValues,
  before: {
    readonly name: string;
    readonly mode: KeyMode;
    readonly endpoints: Texts;
  },
): Change {
  const name = values.name.trim();
  const credentials = givenOf(values.credentials);
  const moved = Object.entries(values.endpoints ?? {}).filter(
    ([key, value]) => value !== before.endpoints[key],
  );
  const endpoints = givenOf(Object.fromEntries(moved));
  return {
    ...(name !== before.name && { name }),
    ...(values.mode !== before.mode && { mode: values.mode }),
    ...(credentials && { credentials }),
    ...(endpoints && { endpoints }),
  };
}

/** Only those that were filled in; undefined when none was. */
function givenOf(given: Texts = {}): Record<string, string> | undefined {
  const filled = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || value.trim() === '' ? [] : [[name, value.trim()] as const],
  );
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

/** Fields of a channel that are asked for in a mode. */
export function fieldsIn<Field extends Channel['secrets'][number]>(
  fields: readonly Field[],
  mode: KeyMode | undefined,
): readonly Field[] {
  return fields.filter(({ modes }) => modes === null || (mode && modes.includes(mode)));
}

/** A rule over the whole text, of a pattern that the server sent. */
export function ruleOf(pattern: string | null, message: string) {
  return pattern === null ? undefined : { pattern: new RegExp(`^(?:${pattern})$`), message };
}
