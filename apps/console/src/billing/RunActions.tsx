import { fen, yuanAmount } from '@wuye-pay/money';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import type { Run } from './BillRunPage.tsx';

interface RunActionsProps {
  readonly run: Run;
  readonly title: string;
}

/** What the server allows with the run; each act says in figures what it will do. */
export function RunActions({ run, title }: RunActionsProps) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  const navigate = useNavigate();
  const publish = useWrite('POST /api/bill-runs/:runId/publish');
  const discard = useWrite('POST /api/bill-runs/:runId/discard', { leavesPage: true });
  const annul = useWrite('POST /api/bill-runs/:runId/void');
  const params = { runId: run.id };
  const count = run.billCount;
  const amount = yuanAmount(fen(run.amountFen));
  const find = (name: string) => run.allowedActions.find(({ action }) => action === name);
  const whyNot = (name: string) => {
    const action = find(name);
    return action?.allowed === false ? (action.reason?.[language] ?? '') : undefined;
  };
  const isDraft = run.state === 'draft';
  return (
    <>
      {isDraft && find('discard') && (
        <ConfirmButton
          label={t('run.discard')}
          danger
          whyNot={whyNot('discard')}
          title={t('run.discardTitle', { run: title })}
          consequences={[t('run.discardBills', { count, amount })]}
          confirmLabel={t('run.discardDo', { count })}
          onConfirm={async () => {
            await discard.mutateAsync({ params });
            void navigate(paths.billRuns(), { replace: true });
          }}
        />
      )}
      {isDraft && find('publish') && (
        <ConfirmButton
          label={t('run.publish')}
          type="primary"
          whyNot={whyNot('publish')}
          title={t('run.publishTitle', { run: title })}
          consequences={[
            t('run.publishBills', { count }),
            t('run.publishAmount', { amount }),
            ...(run.skippedCount > 0 ? [t('run.publishSkipped', { count: run.skippedCount })] : []),
            ...(run.outliers.length > 0
              ? [t('run.publishOutliers', { count: run.outliers.length })]
              : []),
            t('run.publishLater'),
          ]}
          confirmLabel={t('run.publishDo', { count })}
          onConfirm={() => publish.mutateAsync({ params })}
        />
      )}
      {run.state === 'published' && find('void') && (
        <ConfirmButton
          label={t('run.void')}
          danger
          whyNot={whyNot('void')}
          title={t('run.voidTitle', { run: title })}
          consequences={[
            t('run.voidBills', { count }),
            t('run.voidAmount', { amount }),
            t('run.voidAgain'),
          ]}
          confirmLabel={t('run.voidDo', { count })}
          reasonLabel={t('run.voidWhy')}
          onConfirm={(reason) => annul.mutateAsync({ params, body: { reason } })}
        />
      )}
    </>
  );
}
