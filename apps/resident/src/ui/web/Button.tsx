import type { ButtonProps } from '../types.ts';

export function Button(props: ButtonProps) {
  const { kind = 'second', busy = false, disabled = false, className = '' } = props;
  return (
    <button
      type="button"
      className={`button button-${kind} ${className}`}
      onClick={props.onTap}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-label={props.ariaLabel}
      aria-expanded={props.ariaExpanded}
      aria-pressed={props.ariaPressed}
    >
      {props.children}
    </button>
  );
}
