import type { ReactNode } from 'react';
import { Button, Sheet } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { Buttons } from './layout.tsx';
import { uiTexts } from './texts.ts';

interface ConfirmProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What exactly will happen. */
  readonly children?: ReactNode;
  /** What the button does, in a verb. */
  readonly action: string;
  readonly isDangerous?: boolean | undefined;
  readonly isBusy?: boolean | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: ConfirmProps) {
  const t = useTexts(uiTexts);
  const { isOpen, title, children, action, isDangerous, isBusy, onConfirm, onClose } = props;
  return (
    <Sheet
      isOpen={isOpen}
      title={title}
      onClose={onClose}
      foot={
        <Buttons>
          <Button kind={isDangerous ? 'danger' : 'main'} busy={isBusy} onTap={onConfirm}>
            {action}
          </Button>
          <Button onTap={onClose}>{t('cancel')}</Button>
        </Buttons>
      }
    >
      {children}
    </Sheet>
  );
}
