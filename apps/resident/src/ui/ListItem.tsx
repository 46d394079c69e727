import type { ReactNode } from 'react';
import { Link, Text, View } from '#ui';
import type { PageName, PageParams } from '../pages.ts';
import { Icon, type IconName } from './Icon.tsx';

interface ListItemProps<Name extends PageName> {
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  /** At the right: an amount, a state, a switch. */
  readonly aside?: ReactNode;
  readonly icon?: IconName | undefined;
  /** The whole row leads there. */
  readonly to?: Name | undefined;
  readonly params?: PageParams<Name> | undefined;
}

/** A row of a List. */
export function ListItem<Name extends PageName>(props: ListItemProps<Name>) {
  const { title, hint, aside, icon, to, params } = props;
  const content = (
    <>
      {icon !== undefined && <Icon name={icon} />}
      <View className="item-words">
        <Text className="item-title">{title}</Text>
        {hint !== undefined && <View className="hint">{hint}</View>}
      </View>
      {(aside !== undefined || to !== undefined) && (
        <View className="item-end">
          {aside !== undefined && <View className="item-aside">{aside}</View>}
          {to !== undefined && <Icon name="next" />}
        </View>
      )}
    </>
  );
  return (
    <View role="listitem" className="item">
      {to === undefined ? (
        <View className="item-row">{content}</View>
      ) : (
        <Link to={to} params={params} className="item-row item-link">
          {content}
        </Link>
      )}
    </View>
  );
}

export function List({
  label,
  children,
}: {
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <View role="list" className="list" ariaLabel={label}>
      {children}
    </View>
  );
}
