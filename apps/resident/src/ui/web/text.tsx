import type { HeadingProps, ImageProps, TextProps, ViewProps } from '../types.ts';

export function View({ className, id, role, ariaLabel, ariaHidden, children }: ViewProps) {
  return (
    <div className={className} id={id} role={role} aria-label={ariaLabel} aria-hidden={ariaHidden}>
      {children}
    </div>
  );
}

/** A label on plain text is not read by every reader: the words stand there, out of sight. */
export function Text({ className, ariaLabel, ariaHidden, children }: TextProps) {
  if (ariaLabel === undefined) {
    return (
      <span className={className} aria-hidden={ariaHidden}>
        {children}
      </span>
    );
  }
  return (
    <span className={className}>
      <span aria-hidden>{children}</span>
      <span className="out-of-sight">{ariaLabel}</span>
    </span>
  );
}

export function Heading({ level, className, children }: HeadingProps) {
  const Tag = level === 2 ? 'h2' : 'h3';
  return <Tag className={className ?? `heading-${level}`}>{children}</Tag>;
}

export function Image({ src, alt, className, fit = 'cover' }: ImageProps) {
  return <img src={src} alt={alt} className={`image image-${fit} ${className ?? ''}`} />;
}
