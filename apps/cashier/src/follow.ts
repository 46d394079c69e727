/** Often while the payer waits, then seldom; events come between. */
const fastMs = 2000;
const slowMs = 10_000;
const fastPolls = 60;

/**
 * Asks our own server what became of a payment, by events and by polls.
 * @returns a function that begins (true) or stops (false) polling; events go on
 */
export function follow(
  url: string,
  onState: (state: string) => void,
): (isWaiting: boolean) => void {
  let timer = 0;
  let polls = 0;
  const events = new EventSource(`${url}/events`);
  const take = (state: string) => {
    if (state === 'paid' || state === 'closed') {
      clearTimeout(timer);
      events.close();
    }
    onState(state);
  };
  events.addEventListener('state', ({ data }) =>
    take((JSON.parse(data) as { state: string }).state),
  );
  const poll = () => {
    polls += 1;
    timer = setTimeout(poll, polls < fastPolls ? fastMs : slowMs);
    fetch(url)
      .then((answer) => (answer.ok ? (answer.json() as Promise<{ state: string }>) : undefined))
      .then((answer) => answer && take(answer.state))
      .catch(() => undefined); // No network: the next poll will tell.
  };
  return (isWaiting) => {
    clearTimeout(timer);
    if (isWaiting) timer = setTimeout(poll, fastMs);
  };
}
