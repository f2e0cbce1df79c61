import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { onSignedOut } from './api/clients';
import { type Me, MeProvider, useSignedIn } from './api/me';
import { Loaded } from './parts/Loaded';
import { router } from './router';
import { SignInForm } from './signin/SignInForm';

const SignInPage = lazy(() => import('./signin/SignInPage'));

/**
 * Signed in, the clinic; else the sign-in. When a session ends under way the page stays as it is, with everything typed, behind the
 * sign-in; only somebody else's sign-in clears it.
 */
export function App() {
  const queries = useQueryClient();
  const session = useSignedIn();
  const [expired, setExpired] = useState(false);
  const last = useRef<Me>(undefined);
  if (session.data) last.current = session.data;

  useEffect(() => onSignedOut(() => setExpired(true)), []);
  useEffect(() => {
    if (session.data) setExpired(false);
  }, [session.data]);

  const me = session.data ?? last.current;
  if (me) {
    return (
      <MeProvider value={me}>
        <RouterProvider router={router} />
        <Modal
          opened={expired || session.data === null}
          onClose={() => undefined}
          withCloseButton={false}
          closeOnEscape={false}
          closeOnClickOutside={false}
          title="You were signed out"
          centered
          overlayProps={{ blur: 6 }}
        >
          <p style={{ marginTop: 0 }}>What you typed is kept. Sign in again to go on.</p>
          <SignInForm
            fixedUser={me.username}
            onSignedIn={() => {
              setExpired(false);
              void queries.invalidateQueries();
            }}
          />
        </Modal>
      </MeProvider>
    );
  }
  return (
    <Loaded query={session}>
      {() => (
        <Suspense>
          <SignInPage onSignedIn={() => void queries.invalidateQueries()} />
        </Suspense>
      )}
    </Loaded>
  );
}
