/** What the wallet itself draws over a mini-program: questions, choices, messages. */

export type Question = {
  title?: string;
  content?: string;
  buttons: readonly string[];
  /** What Escape and a tap beside the sheet choose. */
  fallback: number;
};

/** Shows a question; answers the index of the button that was pressed. */
export function ask({ title = '', content = '', buttons, fallback }: Question): Promise<number> {
  return new Promise((resolve) => {
    const sheet = document.createElement('dialog');
    sheet.className = 'wallet-sheet';
    sheet.setAttribute('aria-label', title || content || '请选择');
    const end = (index: number) => {
      sheet.remove();
      resolve(index);
    };
    sheet.append(
      textOf('h2', title),
      textOf('p', content),
      ...buttons.map((text, index) => {
        const button = textOf('button', text);
        button.addEventListener('click', () => end(index));
        return button;
      }),
    );
    sheet.addEventListener('cancel', () => end(fallback));
    document.body.append(sheet);
    sheet.showModal();
  });
}

/** A list to choose from; `undefined` when the person goes back. */
export async function choose(texts: readonly string[]): Promise<number | undefined> {
  const index = await ask({ buttons: [...texts, '取消'], fallback: texts.length });
  return index === texts.length ? undefined : index;
}

/** The wallet's own question behind a button that asks for the phone number. */
export async function askForPhone(): Promise<Record<string, unknown>> {
  const isAllowed =
    (await ask({ title: '申请获取你的手机号', buttons: ['允许', '不允许'], fallback: 1 })) === 0;
  if (!isAllowed) return { errMsg: 'getPhoneNumber:fail user deny' };
  return { errMsg: 'getPhoneNumber:ok', code: miniHost.phoneCode };
}

export function toast(title: string, durationMs = 1500): void {
  hideToast();
  const shown = textOf('div', title);
  shown.className = 'wallet-toast';
  shown.setAttribute('role', 'status');
  document.body.append(shown);
  miniHost.toasts.push(title);
  setTimeout(() => shown.remove(), durationMs);
}

export function hideToast(): void {
  document.querySelector('.wallet-toast')?.remove();
}

function textOf(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  element.hidden = text === '';
  return element;
}
