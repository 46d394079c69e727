import type { MouseEvent } from 'react';
import type { PageName, ParamsOf } from '../../pages.ts';
import { addressOf, go } from '../../platform/web/place.ts';
import type { LinkProps, OutLinkProps } from '../types.ts';

/** A link that can be opened in another window, and that stays in the app when it is tapped. */
export function Link<Name extends PageName>(props: LinkProps<Name>) {
  const { to, params, className = 'link', ariaLabel, children } = props;
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to, ...([params] as unknown as ParamsOf<Name>));
  };
  return (
    <a
      href={addressOf(to, params ?? {})}
      className={className}
      aria-label={ariaLabel}
      onClick={follow}
    >
      {children}
    </a>
  );
}

export function OutLink({ url, className = 'link', children }: OutLinkProps) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className={className}>
      {children}
    </a>
  );
}
