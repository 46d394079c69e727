import { Button as TaroButton, View } from '@tarojs/components';
import { copy, go } from '#platform';
import type { PageName, ParamsOf } from '../../../src/pages.ts';
import type {
  ButtonProps,
  LinkProps,
  OutLinkProps,
  PhoneButtonProps,
} from '../../../src/ui/types.ts';
import { walletApp } from '../platform/wallet-app.ts';
import { aria } from './aria.ts';

/** A View: the wallets' own buttons have sizes and colours of their own. */
export function Button(props: ButtonProps) {
  const { kind = 'second', busy = false, disabled = false, className = '' } = props;
  const isOff = disabled || busy;
  return (
    <View
      className={`button button-${kind} ${isOff ? 'button-off' : ''} ${className}`}
      hoverClass={isOff ? 'none' : 'button-held'}
      {...aria({
        role: 'button',
        disabled: isOff,
        label: props.ariaLabel,
        expanded: props.ariaExpanded,
        selected: props.ariaPressed,
      })}
      onClick={() => {
        if (!isOff) props.onTap();
      }}
    >
      {props.children}
    </View>
  );
}

export function Link<Name extends PageName>(props: LinkProps<Name>) {
  const { to, params, className = 'link', ariaLabel, children } = props;
  return (
    <View
      className={className}
      hoverClass="button-held"
      {...aria({ role: 'link', label: ariaLabel })}
      onClick={() => go(to, ...([params] as unknown as ParamsOf<Name>))}
    >
      {children}
    </View>
  );
}

/** A mini-program opens no address outside: it is copied. */
export function OutLink({ url, className = 'link', children }: OutLinkProps) {
  return (
    <View className={className} {...aria({ role: 'link' })} onClick={() => void copy(url)}>
      {children}
    </View>
  );
}

export const hasPhoneButton = true;

/** Only the wallets' own button may ask for the phone. */
export function PhoneButton({ onPhone, onRefused, disabled = false, children }: PhoneButtonProps) {
  const heard = ({ detail }: { readonly detail: unknown }) => {
    walletApp.phone(detail).then(
      (proof) => (proof === undefined ? onRefused?.() : onPhone(proof)),
      () => onRefused?.(),
    );
  };
  const ask =
    walletApp.surface === 'alipay'
      ? ({ openType: 'getAuthorize', scope: 'phoneNumber', onGetAuthorize: heard } as const)
      : ({ openType: 'getPhoneNumber', onGetPhoneNumber: heard } as const);
  return (
    <TaroButton
      className={`button button-main phone-button ${disabled ? 'button-off' : ''}`}
      disabled={disabled}
      onError={() => onRefused?.()}
      {...ask}
    >
      {children}
    </TaroButton>
  );
}
