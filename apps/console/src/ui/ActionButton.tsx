import { Button, type ButtonProps, Tooltip } from 'antd';
import { useId } from 'react';

interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why the action is not possible now; absent when it is. */
  readonly whyNot?: string | undefined;
}

/**
 * A button that says why it cannot be pressed. It stays reachable by keyboard and touch, so that
 * the reason is too; `aria-disabled` tells a screen reader the rest.
 */
export function ActionButton({ whyNot, onClick, children, ...rest }: ActionButtonProps) {
  const id = useId();
  if (!whyNot) {
    return (
      <Button {...rest} {...(onClick && { onClick })}>
        {children}
      </Button>
    );
  }
  const { danger: _danger, type: _type, ...plain } = rest;
  return (
    <Tooltip title={whyNot} trigger={['hover', 'focus', 'click']}>
      <Button {...plain} aria-disabled="true" aria-describedby={id} className="looks-disabled">
        {children}
        <span id={id} className="visually-hidden">
          {whyNot}
        </span>
      </Button>
    </Tooltip>
  );
}
