import { fen, yuanAmount } from '@wuye-pay/money';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { AdoptForm } from './AdoptForm.tsx';
import { SettleForm } from './SettleForm.tsx';
import type { Case } from './SuspenseCasePage.tsx';

/** What may be proposed for a case: give it back, use it, or say what it was for. */
export function CaseActions({ one }: { readonly one: Case }) {
  const [language] = useLanguage();
  const whyNotOf = (name: Case['allowedActions'][number]['action']) => {
    const action = one.allowedActions.find(({ action: each }) => each === name);
    if (!action) return { isOffered: false, whyNot: undefined };
    return { isOffered: true, whyNot: action.allowed ? undefined : action.reason?.[language] };
  };
  const [refund, settle, adopt] = [whyNotOf('refund'), whyNotOf('settle'), whyNotOf('adopt')];
  return (
    <>
      {settle.isOffered && <SettleButton one={one} whyNot={settle.whyNot} />}
      {refund.isOffered && <RefundCaseButton one={one} whyNot={refund.whyNot} />}
      {adopt.isOffered && <AdoptButton one={one} whyNot={adopt.whyNot} />}
    </>
  );
}

interface CaseButtonProps {
  readonly one: Case;
  readonly whyNot: string | undefined;
}

function RefundCaseButton({ one, whyNot }: CaseButtonProps) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const ask = useWrite('POST /api/suspense/:caseId/refunds', { leavesPage: true });
  const amount = yuanAmount(fen(one.leftFen));
  return (
    <ConfirmButton
      type="primary"
      label={t('case.refund')}
      title={t('case.refundTitle', { no: one.caseNo })}
      consequences={[t('case.refundFigure', { amount })]}
      confirmLabel={t('case.refundConfirm')}
      reasonLabel={t('reason')}
      whyNot={whyNot}
      onConfirm={async (reason) => {
        const made = await ask.mutateAsync({
          params: { caseId: one.id },
          body: { reason, idempotencyKey: key.current },
        });
        done(t('case.done'));
        await navigate(paths.refund(made.id));
      }}
    />
  );
}

function SettleButton({ one, whyNot }: CaseButtonProps) {
  const { t } = useTranslation('refund');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton whyNot={whyNot} onClick={() => setOpen(true)}>
        {t('case.settle')}
      </ActionButton>
      <SettleForm one={one} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function AdoptButton({ one, whyNot }: CaseButtonProps) {
  const { t } = useTranslation('refund');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton type="primary" whyNot={whyNot} onClick={() => setOpen(true)}>
        {t('case.adopt')}
      </ActionButton>
      <AdoptForm one={one} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
