import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import './styles.css';
import { Problem } from './api/problem';
import { App } from './App';
import { theme, variables } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // a refusal stays one; a hiccup of the network or of a starting service passes
      retry: (count, failure) => failure instanceof Problem && failure.passing && failure.status !== 429 && count < 2,
      retryDelay: (count) => 400 * 2 ** count,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// the only inline styles are those that carry the nonce which the server put into this page
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
// what holds the page still beneath a drawer asks for it by this name
Object.assign(globalThis, { __webpack_nonce__: nonce });

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce ?? ''}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
