import { Component, type ReactNode } from 'react';
import { Button, Page } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { Empty } from '../ui/index.ts';
import { uiTexts } from '../ui/texts.ts';

interface Props {
  readonly children: ReactNode;
}

/** A page that breaks says so and can be opened again; the others are not touched. */
export class Crash extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <CrashPage />;
  }
}

function CrashPage() {
  const t = useTexts(uiTexts);
  return (
    <Page title={t('crash')}>
      <Empty icon="warning" title={t('crash')} hint={t('crashHint')}>
        <Button kind="main" onTap={() => location.reload()}>
          {t('reload')}
        </Button>
      </Empty>
    </Page>
  );
}
