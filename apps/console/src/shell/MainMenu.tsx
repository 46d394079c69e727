import { Menu, type MenuProps } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../api/session.ts';
import { MenuMark } from './MenuMark.tsx';
import { entryOf, icons, type MenuEntry, menu } from './menu.tsx';

/** The entries that this member of staff may open. */
export function MainMenu({ onChoose }: { readonly onChoose?: () => void }) {
  const { t } = useTranslation('shell');
  const { can } = useSession();
  const { pathname } = useLocation();
  const open = entryOf(pathname);
  const nav = useOpenEntryInView(open?.name);
  const item = ({ name, to }: MenuEntry) => ({
    key: name,
    icon: icons[name],
    label: (
      <Link to={to}>
        {t(`item.${name}`)}
        <MenuMark name={name} />
      </Link>
    ),
  });
  const items = menu.flatMap(({ name, entries }): NonNullable<MenuProps['items']> => {
    const allowed = entries.filter(({ permission }) => can(permission)).map(item);
    if (allowed.length === 0 || name === 'top') return allowed;
    const label = t(`group.${name}`);
    return [{ key: name, type: 'group' as const, label, children: allowed }];
  });
  return (
    <nav aria-label={t('menu')} ref={nav}>
      <Menu
        mode="inline"
        items={items}
        selectedKeys={open ? [open.name] : []}
        onClick={() => onChoose?.()}
        style={{ borderInlineEnd: 'none' }}
      />
    </nav>
  );
}

/** The menu is longer than the window: the entry that is open is brought into view. */
function useOpenEntryInView(name: string | undefined) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (name === undefined) return;
    const entry = nav.current?.querySelector('.ant-menu-item-selected');
    entry?.scrollIntoView({ block: 'nearest' });
  }, [name]);
  return nav;
}
