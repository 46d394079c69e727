import { Menu, type MenuProps } from 'antd';
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
    <nav aria-label={t('menu')}>
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
