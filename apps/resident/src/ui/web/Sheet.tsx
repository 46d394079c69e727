import { useEffect, useId, useRef } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { uiTexts } from '../texts.ts';
import type { SheetProps } from '../types.ts';

/** The browser's own modal dialog: it keeps the focus inside and gives it back afterwards. */
export function Sheet({ isOpen, title, onClose, foot, children }: SheetProps) {
  const t = useTexts(uiTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === isOpen) return;
    if (isOpen) element.showModal?.();
    else element.close();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={titleId} onClose={onClose}>
      <div className="sheet-head">
        <h2 id={titleId} className="sheet-title">
          {title}
        </h2>
        <button type="button" className="button button-plain" onClick={onClose}>
          {t('close')}
        </button>
      </div>
      <div className="sheet-body">{children}</div>
      {foot !== undefined && <div className="sheet-foot">{foot}</div>}
    </dialog>
  );
}
