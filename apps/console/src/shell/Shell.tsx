import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Layout } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { ForbiddenPage } from './ForbiddenPage.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { MainMenu } from './MainMenu.tsx';
import { entryOf } from './menu.tsx';

/** The frame around every page: who we are, where one can go, and the page itself. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { companyName, can } = useSession();
  const entry = entryOf(useLocation().pathname);
  const isWide = Grid.useBreakpoint().lg ?? window.innerWidth >= 992;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);
  return (
    <Layout className="shell">
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <Layout.Header className="shell-header">
        <div className="shell-brand">
          {!isWide && (
            <Button
              type="text"
              icon={<MenuOutlined aria-hidden />}
              aria-label={t('openMenu')}
              onClick={() => setMenuOpen(true)}
            />
          )}
          <Link to={paths.today()} className="shell-name">
            <BrandMark />
            <span>{companyName}</span>
          </Link>
        </div>
        <div className="shell-tools">
          <LanguageSwitch />
          <AccountMenu />
        </div>
      </Layout.Header>
      <Layout>
        {isWide && (
          <Layout.Sider width={208} className="shell-sider">
            <MainMenu />
          </Layout.Sider>
        )}
        <Layout.Content role="main" id="main" ref={main} tabIndex={-1} className="shell-content">
          {entry && !can(entry.permission) ? <ForbiddenPage /> : <Outlet />}
        </Layout.Content>
      </Layout>
      <Drawer
        open={isMenuOpen && !isWide}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={264}
        title={t('menu')}
        styles={{ body: { padding: 0 } }}
      >
        <MainMenu onChoose={() => setMenuOpen(false)} />
      </Drawer>
    </Layout>
  );
}

function BrandMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b57d0" />
      <path d="M7 25V13l9-6 9 6v12h-6v-7h-6v7z" fill="#fff" />
    </svg>
  );
}

/** After going to another page the keyboard continues there, and the page begins at its top. */
function useFocusOnNavigation(main: RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}
