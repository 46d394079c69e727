import { Alert, Card, Progress, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { countText, instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { ImportActions } from './ImportActions.tsx';
import { ImportProblems } from './ImportProblems.tsx';
import { ImportRows } from './ImportRows.tsx';
import { type ImportState, ImportStateTag, isMoving } from './ImportStateTag.tsx';
import { ImportTotals } from './ImportTotals.tsx';
import { LayoutForm } from './LayoutForm.tsx';

export type BankImport = Answer<'GET /api/bank-imports/:bankImportId'>;

const progressRefreshMs = 1_000;

export function ImportPage() {
  const { bankImportId = '' } = useParams();
  const query = useRead(
    'GET /api/bank-imports/:bankImportId',
    { params: { bankImportId } },
    { refreshMs: (data) => data !== undefined && isMoving(data.state) && progressRefreshMs },
  );
  return <Loaded query={query}>{(one) => <ImportView one={one} />}</Loaded>;
}

function ImportView({ one }: { readonly one: BankImport }) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  const isDone = one.state === 'applied';
  return (
    <Page
      title={one.fileName}
      intro={one.bankAccountName}
      parent={{ label: t('import.parent'), to: paths.bankImports() }}
      badge={<ImportStateTag state={one.state} />}
      actions={<ImportActions one={one} />}
    >
      <ImportSteps state={one.state} />
      {isMoving(one.state) && <ImportProgress one={one} />}
      {one.failure && <Alert type="error" showIcon title={one.failure.message} />}
      {one.sameAs && !isDone && (
        <Alert
          type="info"
          showIcon
          title={t('import.sameAs', { at: instantText(one.sameAs.appliedAt, language) })}
          action={
            <Link to={paths.bankImport(one.sameAs.bankImportId)}>{t('import.sameAsLink')}</Link>
          }
        />
      )}
      {(one.state === 'checked' || isDone) && one.totals && (
        <>
          <ImportTotals one={one} totals={one.totals} />
          <ImportProblems one={one} totals={one.totals} />
          {one.allowedActions.includes('map') && <LayoutForm key={keyOf(one)} one={one} />}
          {!isDone && <ImportRows one={one} />}
        </>
      )}
    </Page>
  );
}

/** After another reading the form starts from what was found then. */
function keyOf({ layout, preview }: BankImport): string {
  return JSON.stringify([layout?.name, layout?.content, preview.headerRow]);
}

function ImportSteps({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('bank');
  const steps = ['upload', 'check', 'confirm', 'apply'] as const;
  return (
    <Card>
      <Steps
        size="small"
        responsive={false}
        titlePlacement="vertical"
        current={stepOf(state)}
        status={state === 'unreadable' ? 'error' : 'process'}
        items={steps.map((step) => ({ title: t(`import.step.${step}`) }))}
      />
    </Card>
  );
}

function stepOf(state: ImportState): number {
  switch (state) {
    case 'waiting':
    case 'checking':
    case 'unreadable':
      return 1;
    case 'checked':
      return 2;
    case 'apply-waiting':
    case 'applying':
      return 3;
    case 'applied':
      return 4;
  }
}

function ImportProgress({ one }: { readonly one: BankImport }) {
  const { t } = useTranslation('bank');
  const { rowsDone, rowsTotal, percent } = one.progress;
  const done = countText(rowsDone);
  const words =
    rowsTotal === null
      ? t('import.progress', { done })
      : t('import.progressOf', { done, total: countText(rowsTotal) });
  return (
    <Card>
      <div className="stack-tight" role="status">
        <strong>{t(`importState.${one.state}`)}</strong>
        <Progress percent={percent} status="active" aria-label={words} />
        <span className="figure">{words}</span>
        <span className="muted">{t('import.leave')}</span>
      </div>
    </Card>
  );
}
