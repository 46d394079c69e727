import { trigger } from './events.ts';
import { askForPhone, choose } from './sheets.ts';

type Dress = (element: HTMLElement) => Attributes;
/** What an attribute of a built-in component means for the element that stands for it. */
type Attributes = Record<string, (value: string | undefined) => void>;

/** A document whose elements are the built-in components of a mini-program. */
export function builtInDocument(): Document {
  return new Proxy(document, {
    get(target, name) {
      if (name === 'createElement') return createBuiltIn;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function createBuiltIn(tag: string): HTMLElement {
  const element = document.createElement(
    FIELDS[tag] ?? (tag.startsWith('wx-') ? tag : `wx-${tag}`),
  );
  if (tag in FIELDS) element.classList.add(`wx-${tag}`);
  const meanings: Attributes = { ...accessibility(element), ...BUILT_INS[tag]?.(element) };
  const set = element.setAttribute.bind(element);
  const remove = element.removeAttribute.bind(element);
  element.setAttribute = (name: string, value: string) => {
    const meaning = meanings[name];
    if (meaning) meaning(value);
    else set(name, value);
  };
  element.removeAttribute = (name: string) => {
    const meaning = meanings[name];
    if (meaning) meaning(undefined);
    else remove(name);
  };
  return element;
}

/** Real fields, so that a keyboard and a test can fill them in. */
const FIELDS: Record<string, string> = { input: 'input', textarea: 'textarea' };

const BUILT_INS: Record<string, Dress> = {
  input: (element) => field(element as HTMLInputElement),
  textarea: (element) => field(element as HTMLTextAreaElement),
  image: (element) => ({
    src: (value) => showImage(element, value),
    mode: (value) => (element.style.backgroundSize = value === 'aspectFill' ? 'cover' : 'contain'),
  }),
  button: (element) => button(element),
  picker: (element) => picker(element),
};

/** The names that mini-programs use for what screen readers hear. */
function accessibility(element: HTMLElement): Attributes {
  const set = HTMLElement.prototype.setAttribute.bind(element);
  const given = (name: string) => (value: string | undefined) => {
    if (value === undefined || value === '')
      HTMLElement.prototype.removeAttribute.call(element, name);
    else set(name, value);
  };
  const names = ['label', 'checked', 'disabled', 'hidden', 'expanded', 'selected', 'live'];
  return {
    ...Object.fromEntries(names.map((name) => [`aria-${name}`, given(`aria-${name}`)])),
    'aria-role': given('role'),
  };
}

function field(element: HTMLInputElement | HTMLTextAreaElement): Attributes {
  const type = (value: string | undefined) => {
    element.inputMode = value === 'number' || value === 'idcard' ? 'numeric' : 'text';
    if (value === 'digit') element.inputMode = 'decimal';
  };
  element.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Enter' && element.tagName === 'INPUT') {
      trigger(element, 'confirm', { value: element.value });
    }
  });
  return {
    value: (value = '') => {
      if (element.value !== value) element.value = value;
    },
    placeholder: (value = '') => (element.placeholder = value),
    // A phone cuts at 140 letters unless it is told otherwise.
    maxlength: (value = '140') => (element.maxLength = Number(value) < 0 ? 100_000 : Number(value)),
    disabled: (value) => (element.disabled = value !== undefined),
    password: (value) => {
      if (element instanceof HTMLInputElement)
        element.type = value === undefined ? 'text' : 'password';
    },
    type,
    focus: (value) => {
      if (value !== undefined) requestAnimationFrame(() => element.focus());
    },
  };
}

function button(element: HTMLElement): Attributes {
  let openType = '';
  HTMLElement.prototype.setAttribute.call(element, 'role', 'button');
  element.tabIndex = 0;
  element.addEventListener('click', () => {
    if (element.ariaDisabled === 'true') return;
    if (openType.toLowerCase() === 'getphonenumber') {
      void askForPhone().then((detail) => trigger(element, 'getphonenumber', detail));
    }
    if (openType === 'getAuthorize') {
      void askForPhone().then((detail) => {
        const isRefused = detail['errMsg'] !== 'getPhoneNumber:ok';
        trigger(element, isRefused ? 'error' : 'getauthorize', detail);
      });
    }
  });
  return {
    'open-type': (value = '') => (openType = value),
    disabled: (value) => {
      element.ariaDisabled = value === undefined ? null : 'true';
      element.style.pointerEvents = value === undefined ? '' : 'none';
    },
  };
}

function picker(element: HTMLElement): Attributes {
  let range: string[] = [];
  element.addEventListener('click', () => {
    void choose(range).then((index) => {
      if (index !== undefined) trigger(element, 'change', { value: index });
    });
  });
  return { range: (value) => (range = (value ?? '').split(',')) };
}

function showImage(element: HTMLElement, source: string | undefined): void {
  const data = miniHost.pack.images[(source ?? '').replace(/^\//, '')];
  element.style.backgroundImage = source ? `url("${data ?? source}")` : '';
}
