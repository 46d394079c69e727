import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { language, setLanguage } from '#platform';
import '../ui/web/base.css';
import '../ui/styles.ts';
import { App } from './App.tsx';
import { openWithoutNetwork, reloadOnNewVersion } from './new-version.ts';

reloadOnNewVersion();
setLanguage(language());
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
openWithoutNetwork();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
