import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { csrfToken } from '../api/clients';
import { Problem } from '../api/problem';
import { Banner } from '../parts/Tone';
import { unlock } from '../session/lock/lock';

async function signIn(username: string, password: string): Promise<void> {
  const send = () =>
    fetch('/login', {
      method: 'POST',
      headers: { 'X-XSRF-TOKEN': csrfToken(), Accept: 'application/json' },
      body: new URLSearchParams({ username, password }),
    });
  let answer: Response;
  try {
    if (!csrfToken()) await fetch('/login', { headers: { Accept: 'application/json' } });
    answer = await send();
    // the token of a session that has ended: the refusal brought a new one
    if (answer.status === 403) answer = await send();
  } catch {
    throw Problem.unreachable();
  }
  if (!answer.ok) throw await Problem.of(answer);
}

/** Username and password; `fixedUser` when somebody's session ended and the page behind still holds their work. */
export function SignInForm({ fixedUser, onSignedIn }: { fixedUser?: string; onSignedIn: () => void }) {
  const [username, setUsername] = useState(fixedUser ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [wait, setWait] = useState(0);
  const first = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);

  useEffect(() => {
    (fixedUser ? secret : first).current?.focus();
  }, [fixedUser]);
  useEffect(() => {
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(username.trim(), password);
      unlock();
      onSignedIn();
    } catch (failure) {
      const found = failure instanceof Problem ? failure : Problem.unreachable();
      setProblem(found);
      setWait(found.retryAfter ?? 0);
      setPassword('');
      secret.current?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(e) => void submit(e)} aria-label="Sign in">
      <Stack gap="md">
        {problem ? (
          <Banner tone={problem.status === 0 ? 'hold' : 'danger'} title={problem.status === 401 ? 'Username or password is not right' : problem.title}>
            {problem.status === 401 ? 'Check both and try again. An administrator can set a new password.' : wait > 0 ? `Try again in ${wait} s.` : problem.message}
          </Banner>
        ) : null}
        <TextInput ref={first} label="Username" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required size="md" withAsterisk={false} value={username} onChange={(e) => setUsername(e.currentTarget.value)} readOnly={fixedUser !== undefined} />
        <PasswordInput ref={secret} label="Password" name="password" autoComplete="current-password" required size="md" withAsterisk={false} value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
        <Button type="submit" size="md" loading={busy} disabled={wait > 0}>
          {wait > 0 ? `Wait ${wait} s` : 'Sign in'}
        </Button>
      </Stack>
    </form>
  );
}
