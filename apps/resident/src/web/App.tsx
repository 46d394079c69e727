import { type ComponentType, lazy, Suspense } from 'react';
import type { PageName } from '../pages.ts';
import { usePlace } from '../platform/web/place.ts';
import { Loading } from '../ui/index.ts';
import { Crash } from './Crash.tsx';
import { UnknownPage } from './UnknownPage.tsx';

type Loader = () => Promise<{ default: ComponentType }>;

/** One file a page, loaded when somebody goes there. */
const loaders = import.meta.glob<{ default: ComponentType }>('../pages/*/index.tsx');
const components = Object.fromEntries(
  Object.entries(loaders).map(([path, load]) => [path.split('/')[2], lazy(load as Loader)]),
) as Readonly<Record<PageName, ComponentType>>;

/** The page that the address names; a new entry of the history is a new page. */
export function App() {
  const { page, id } = usePlace();
  if (page === undefined) return <UnknownPage />;
  const Present = components[page];
  return (
    <Crash key={`${id} ${page}`}>
      <Suspense fallback={<Loading />}>
        <Present />
      </Suspense>
    </Crash>
  );
}
