import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './ActionButton.tsx';
import { FailureNotice } from './FailureNotice.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  readonly title: string;
  /** What exactly will happen, in figures: one sentence each. */
  readonly consequences: readonly ReactNode[];
  /** What the button in the dialog says: the verb with its figure. */
  readonly confirmLabel: string;
  readonly whyNot?: string | undefined;
  readonly danger?: boolean;
  readonly type?: 'primary' | 'default';
  /** Asks for a reason, which is kept with the act. */
  readonly reasonLabel?: string;
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

/** A button whose act is confirmed after reading what it will do. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, title, consequences, confirmLabel, whyNot, danger, type, reasonLabel } = props;
  const { t } = useTranslation();
  const reasonId = useId();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [reason, setReason] = useState('');
  const [isReasonMissing, setReasonMissing] = useState(false);
  const close = () => {
    setOpen(false);
    setFailure(undefined);
    setReason('');
    setReasonMissing(false);
  };
  const confirm = async () => {
    if (reasonLabel !== undefined && reason.trim() === '') return setReasonMissing(true);
    setPending(true);
    setFailure(undefined);
    try {
      await props.onConfirm(reason.trim());
      close();
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <ActionButton
        whyNot={whyNot}
        danger={danger ?? false}
        type={type ?? 'default'}
        onClick={() => setOpen(true)}
      >
        {label}
      </ActionButton>
      <Modal
        open={isOpen}
        title={title}
        okText={confirmLabel}
        cancelText={t('cancel')}
        okButtonProps={{ danger: danger ?? false, loading: isPending }}
        onOk={() => void confirm()}
        onCancel={close}
        destroyOnHidden
      >
        <div className="stack">
          <ul className="confirm-figures">
            {consequences.map((consequence, index) => (
              // The sentences are fixed while the dialog is open.
              <li key={index}>{consequence}</li>
            ))}
          </ul>
          {reasonLabel !== undefined && (
            <div className="stack-tight">
              <label htmlFor={reasonId}>{reasonLabel}</label>
              <Input.TextArea
                id={reasonId}
                value={reason}
                maxLength={200}
                rows={3}
                required
                aria-invalid={isReasonMissing}
                aria-describedby={`${reasonId}-missing`}
                {...(isReasonMissing && { status: 'error' as const })}
                onChange={(event) => {
                  setReason(event.target.value);
                  setReasonMissing(false);
                }}
              />
              <span id={`${reasonId}-missing`} role="alert" className="field-error">
                {isReasonMissing && t('required', { label: reasonLabel })}
              </span>
            </div>
          )}
          {failure !== undefined && <FailureNotice error={failure} />}
        </div>
      </Modal>
    </>
  );
}
