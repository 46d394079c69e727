import { View } from '#ui';

export type IconName =
  | 'back'
  | 'bills'
  | 'done'
  | 'elder'
  | 'help'
  | 'home'
  | 'info'
  | 'me'
  | 'next'
  | 'phone'
  | 'photo'
  | 'receipt'
  | 'settings'
  | 'tickets'
  | 'waiting'
  | 'warning';

/** Only decorates: the words beside it say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return <View className={`icon icon-${name}`} ariaHidden />;
}
