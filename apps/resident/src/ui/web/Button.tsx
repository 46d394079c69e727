import type { ButtonProps } from '../types.ts';

/**
 * While it is busy it keeps the focus, so that whoever uses a keyboard stays where they were; the
 * event stays here: `onTap` takes nothing.
 */
export function Button(props: ButtonProps) {
  const { kind = 'second', busy = false, disabled = false, className = '' } = props;
  return (
    <button
      type="button"
      className={`button button-${kind} ${className}`}
      onClick={() => {
        if (!busy) props.onTap();
      }}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-label={props.ariaLabel}
      aria-expanded={props.ariaExpanded}
      aria-pressed={props.ariaPressed}
    >
      {props.children}
    </button>
  );
}
