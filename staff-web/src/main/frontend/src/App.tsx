import { useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { onSignedOut } from './api/clients';
import { type Me, MeProvider, useSignedIn } from './api/me';
import { Loaded } from './parts/Loaded';
import { router } from './router';

const SignInPage = lazy(() => import('./signin/SignInPage'));
const SignedOut = lazy(() => import('./signin/SignedOut'));

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
        <Suspense>
          {expired || session.data === null ? (
            <SignedOut
              username={me.username}
              onSignedIn={() => {
                setExpired(false);
                void queries.invalidateQueries();
              }}
            />
          ) : null}
        </Suspense>
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
