import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { ApiFailure, isSignedOut } from './api/failure.ts';
import { forgetSession } from './api/session.ts';
import { startTexts, useLanguage } from './i18n/index.ts';
import { router } from './routes.tsx';
import { isServed } from './ui/reload.ts';
import { theme } from './ui/theme.ts';
import './ui/ui.css';
import './shell/shell.css';

const readRetries = 2;

const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Reading again is harmless; a clear refusal stays one.
      retry: (count, error) =>
        count < readRetries && error instanceof ApiFailure && (error.retry || error.status >= 500),
    },
  },
});

function leaveWhenSignedOut(error: Error): void {
  if (isSignedOut(error)) forgetSession(queryClient);
}

function Root() {
  const [language] = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={theme}
      // A name in Chinese keeps its two characters together: 保存, not 保 存.
      button={{ autoInsertSpace: false }}
    >
      <AntdApp>
        <RouterProvider router={router} />
      </AntdApp>
    </ConfigProvider>
  );
}

async function start(): Promise<void> {
  window.addEventListener('vite:preloadError', () => void loadNewVersion());
  await startTexts();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no root element');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Root />
      </QueryClientProvider>
    </StrictMode>,
  );
}

const reloadedAt = 'wuye-pay reloaded at';
const reloadAgainMs = 30_000;

/**
 * A new version was installed and the files of this one are gone: get it, but not in a circle. A
 * server that is away sends none either; then the page stays.
 */
async function loadNewVersion(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(reloadedAt) ?? 0) < reloadAgainMs) return;
  if (!(await isServed())) return;
  sessionStorage.setItem(reloadedAt, String(Date.now()));
  window.location.reload();
}

void start();
