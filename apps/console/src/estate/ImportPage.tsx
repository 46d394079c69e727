import { Alert, Card, Progress, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { countText, instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { ImportMapping } from './ImportMapping.tsx';
import { ImportProblems } from './ImportProblems.tsx';
import { ImportResult } from './ImportResult.tsx';
import { type ImportState, ImportStateTag, isMoving } from './ImportStateTag.tsx';

export type Import = Answer<'GET /api/imports/:importId'>;

const progressRefreshMs = 1_000;

export function ImportPage() {
  const { importId = '' } = useParams();
  const query = useRead(
    'GET /api/imports/:importId',
    { params: { importId } },
    { refreshMs: (data) => data !== undefined && isMoving(data.state) && progressRefreshMs },
  );
  return <Loaded query={query}>{(one) => <ImportView one={one} />}</Loaded>;
}

function ImportView({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const [language] = useLanguage();
  return (
    <Page
      title={one.fileName}
      intro={one.communityName ?? undefined}
      parent={{ label: t('import.parent'), to: paths.imports() }}
      badge={<ImportStateTag state={one.state} />}
      actions={<ImportActions one={one} />}
    >
      <ImportSteps state={one.state} />
      {isMoving(one.state) && <ImportProgress one={one} />}
      {one.failure && <Alert type="error" showIcon title={one.failure.message} />}
      {one.sameAs && one.state !== 'applied' && (
        <Alert
          type="info"
          showIcon
          title={t('import.sameAs', { at: instantText(one.sameAs.appliedAt, language) })}
          action={<Link to={paths.import(one.sameAs.importId)}>{t('import.sameAsLink')}</Link>}
        />
      )}
      {(one.state === 'checked' || one.state === 'applied') && (
        <>
          <ImportResult one={one} />
          <ImportProblems one={one} />
          {one.allowedActions.includes('map') && <ImportMapping key={keyOf(one)} one={one} />}
        </>
      )}
    </Page>
  );
}

/** After another reading the form starts from what was recognised then. */
function keyOf({ sheets }: Import): string {
  return JSON.stringify(sheets.map(({ name, kind, headerRow }) => [name, kind, headerRow]));
}

function ImportSteps({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('estate');
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

function ImportProgress({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const { rowsRead, rowsTotal, percent } = one.progress;
  const read = countText(rowsRead);
  const words =
    rowsTotal === null
      ? t('import.reading', { read })
      : t('import.readingOf', { read, total: countText(rowsTotal) });
  return (
    <Card>
      <div className="stack-tight" role="status">
        <strong>{t(`imports.state.${one.state}`)}</strong>
        <Progress percent={percent} status="active" aria-label={words} />
        <span className="figure">{words}</span>
        <span className="muted">{t('import.leave')}</span>
      </div>
    </Card>
  );
}

function ImportActions({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const navigate = useNavigate();
  const apply = useWrite('POST /api/imports/:importId/apply');
  const remove = useWrite('DELETE /api/imports/:importId', { leavesPage: true });
  const params = { importId: one.id };
  const { totals } = one;
  const file = one.fileName;
  const writes = countText(totals.new + totals.changed);
  return (
    <>
      {one.allowedActions.includes('delete') && (
        <ConfirmButton
          label={t('import.delete')}
          danger
          title={t('import.deleteTitle', { file })}
          consequences={[t('import.deleteSays')]}
          confirmLabel={t('import.delete')}
          onConfirm={async () => {
            await remove.mutateAsync({ params });
            void navigate(paths.imports(), { replace: true });
          }}
        />
      )}
      {one.state === 'applied' && (
        <LinkButton type="primary" to={paths.units()}>
          {t('units.title')}
        </LinkButton>
      )}
      {one.state === 'checked' && (
        <ConfirmButton
          label={t('import.apply')}
          type="primary"
          whyNot={one.allowedActions.includes('apply') ? undefined : (one.applyBlockedBy ?? '')}
          title={t('import.applyTitle', { file })}
          consequences={[
            t('import.applyNew', { count: totals.new }),
            t('import.applyChanged', { count: totals.changed }),
            t('import.applyUnchanged', { count: totals.unchanged }),
            ...(totals.fees > 0 ? [t('import.applyFees', { count: totals.fees })] : []),
            t('import.applyAll'),
          ]}
          confirmLabel={t('import.applyDo', { writes })}
          onConfirm={() => apply.mutateAsync({ params })}
        />
      )}
    </>
  );
}
