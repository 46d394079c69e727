import { fen, yuanAmount } from '@wuye-pay/money';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { PayOutButton } from './PayOutButton.tsx';
import type { Refund } from './RefundPage.tsx';

type ActionName = Refund['allowedActions'][number]['action'];

/** What the server offers now; what it does not allow says why. */
export function RefundActions({ refund }: { readonly refund: Refund }) {
  const offered = new Set(refund.allowedActions.map(({ action }) => action));
  return (
    <>
      {offered.has('check') && <CheckButton refund={refund} />}
      {offered.has('cancel') && <CancelButton refund={refund} />}
      {offered.has('retry') && <SendButton refund={refund} action="retry" />}
      {offered.has('reissue') && <SendButton refund={refund} action="reissue" />}
      {offered.has('give-up') && <EndButton refund={refund} action="give-up" />}
      {offered.has('reject') && <EndButton refund={refund} action="reject" />}
      {offered.has('pay-out') && (
        <PayOutButton refund={refund} whyNot={whyNotOf(refund, 'pay-out')} />
      )}
      {offered.has('approve') && <ApproveButton refund={refund} />}
    </>
  );
}

interface ButtonProps {
  readonly refund: Refund;
}

function whyNotOf(refund: Refund, name: ActionName, language: 'zh' | 'en' = 'zh') {
  const action = refund.allowedActions.find((one) => one.action === name);
  return action && !action.allowed ? (action.reason?.[language] ?? '') : undefined;
}

function useAction(refund: Refund, name: ActionName) {
  const [language] = useLanguage();
  const amount = yuanAmount(fen(refund.amountFen));
  const whyNot = whyNotOf(refund, name, language);
  return { language, amount, whyNot, params: { refundId: refund.id } };
}

/** The checker reads what exactly will happen before the button. */
function ApproveButton({ refund }: ButtonProps) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const { language, amount, whyNot, params } = useAction(refund, 'approve');
  const approve = useWrite('POST /api/refunds/:refundId/approve');
  return (
    <ConfirmButton
      type="primary"
      label={t('approve')}
      title={t('approveTitle', { name: refund.refundName })}
      consequences={refund.effects.map(({ text }) => text[language])}
      confirmLabel={t('approveConfirm', { amount })}
      whyNot={whyNot}
      onConfirm={async () => {
        await approve.mutateAsync({ params, body: { amountFen: refund.amountFen } });
        done(t('approved'));
      }}
    />
  );
}

function EndButton({ refund, action }: ButtonProps & { readonly action: 'reject' | 'give-up' }) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const { amount, whyNot, params } = useAction(refund, action);
  const reject = useWrite('POST /api/refunds/:refundId/reject');
  const giveUp = useWrite('POST /api/refunds/:refundId/give-up');
  const write = action === 'reject' ? reject : giveUp;
  return (
    <ConfirmButton
      danger
      label={t(action)}
      title={t(`${action}Title`, { name: refund.refundName })}
      consequences={[t(`${action}Figure`, { amount })]}
      confirmLabel={t(`${action}Confirm`)}
      reasonLabel={t(`${action}Reason`)}
      whyNot={whyNot}
      onConfirm={async (reason) => {
        await write.mutateAsync({ params, body: { reason } });
        done(t(action === 'reject' ? 'rejected' : 'give-upDone'));
      }}
    />
  );
}

function CancelButton({ refund }: ButtonProps) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const { amount, whyNot, params } = useAction(refund, 'cancel');
  const cancel = useWrite('POST /api/refunds/:refundId/cancel');
  return (
    <ConfirmButton
      label={t('cancel')}
      title={t('cancelTitle', { name: refund.refundName })}
      consequences={[t('cancelFigure', { amount })]}
      confirmLabel={t('cancelConfirm')}
      whyNot={whyNot}
      onConfirm={async () => {
        await cancel.mutateAsync({ params });
        done(t('cancelled'));
      }}
    />
  );
}

/** The same number after a refusal, or a new one after a failure: says which, and why it is safe. */
function SendButton({ refund, action }: ButtonProps & { readonly action: 'retry' | 'reissue' }) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const { amount, whyNot, params } = useAction(refund, action);
  const retry = useWrite('POST /api/refunds/:refundId/retry');
  const reissue = useWrite('POST /api/refunds/:refundId/reissue');
  const write = action === 'retry' ? retry : reissue;
  const figure = t(`${action}Figure`, { amount, no: refund.refundNo ?? '' });
  return (
    <ConfirmButton
      label={t(action)}
      title={t(`${action}Title`, { name: refund.refundName })}
      consequences={action === 'retry' ? [figure] : [figure, t('reissueWarning')]}
      confirmLabel={t(`${action}Confirm`)}
      whyNot={whyNot}
      onConfirm={async () => {
        await write.mutateAsync({ params });
        done(t(action === 'retry' ? 'retried' : 'reissued'));
      }}
    />
  );
}

function CheckButton({ refund }: ButtonProps) {
  const { t } = useTranslation('refund');
  const { done, failed } = useMessages();
  const { whyNot, params } = useAction(refund, 'check');
  const check = useWrite('POST /api/refunds/:refundId/check');
  return (
    <ActionButton
      loading={check.isPending}
      whyNot={whyNot}
      onClick={() =>
        check.mutate({ params }, { onSuccess: () => done(t('checked')), onError: failed })
      }
    >
      {t('check')}
    </ActionButton>
  );
}
