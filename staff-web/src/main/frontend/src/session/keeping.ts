import type { QueryClient } from '@tanstack/react-query';
import type { components } from '../api/generated/scheduling';
import type { Reading, Session } from './model';

/** What the server answered to a command is the newest there is: no older answer under way may replace it. */
export async function keep(queries: QueryClient, answer: Session) {
  await Promise.all([queries.cancelQueries({ queryKey: ['session', answer.id], exact: true }), queries.cancelQueries({ queryKey: ['board'] })]);
  queries.setQueryData(['session', answer.id], answer);
  queries.setQueriesData<components['schemas']['Board']>({ queryKey: ['board'] }, (board) =>
    board ? { ...board, cards: board.cards.map((card) => (card.session.id === answer.id ? { ...card, session: answer } : card)) } : board,
  );
  void queries.invalidateQueries({ queryKey: ['board'] });
  void queries.invalidateQueries({ queryKey: ['readiness'] });
}

/** A reading that is on record; what the session waits for depends on it. */
export async function keepReading(queries: QueryClient, sessionId: string, reading: Reading) {
  await queries.cancelQueries({ queryKey: ['session', sessionId], exact: true });
  queries.setQueryData<Session>(['session', sessionId], (known) =>
    known && !known.vitals.some((r) => r.readingId === reading.readingId)
      ? { ...known, vitals: [...known.vitals, reading].sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt)) }
      : known,
  );
  void queries.invalidateQueries({ queryKey: ['session', sessionId] });
  void queries.invalidateQueries({ queryKey: ['readiness'] });
}
