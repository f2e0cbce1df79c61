import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Problem } from './problem';

/**
 * A command to a service: sent once, shown as done only when the server said so.
 *
 * The key names the attempt: when no answer came, the same key goes with the next try, so that nothing is done twice. It changes
 * after a success and whenever the input changed (`forget`).
 */
export function useCommand<Input, Answer>(
  send: (input: Input, key: string) => Promise<Answer>,
  options: {
    /** Fetched again after a success and after a conflict. */
    refresh?: QueryKey[];
    /** Fetched again after a conflict only, where the answer of a success is itself the new state. */
    conflict?: QueryKey[];
    onDone?: (answer: Answer, input: Input) => void;
  } = {},
) {
  const queries = useQueryClient();
  const key = useRef<string>(undefined);
  const sent = useRef<string>(undefined);
  const [problem, setProblem] = useState<Problem>();

  const mutation = useMutation<Answer, Error, Input>({
    mutationFn: (input) => {
      const wanted = JSON.stringify(input) ?? '';
      if (sent.current !== wanted) {
        sent.current = wanted;
        key.current = undefined;
      }
      key.current ??= crypto.randomUUID();
      return send(input, key.current);
    },
    onMutate: () => setProblem(undefined),
    onSuccess: async (answer, input) => {
      key.current = undefined;
      sent.current = undefined;
      options.onDone?.(answer, input);
      await Promise.all((options.refresh ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: async (failure) => {
      const found = failure instanceof Problem ? failure : Problem.unreachable();
      setProblem(found);
      // somebody else was faster, or nobody knows: show what the server has now, beside what was typed
      if (found.status === 409 || found.status === 412 || found.outcomeUnknown) {
        await Promise.all([...(options.refresh ?? []), ...(options.conflict ?? [])].map((queryKey) => queries.invalidateQueries({ queryKey })));
      }
    },
  });

  return {
    run: (input: Input) => mutation.mutate(input),
    runAsync: mutation.mutateAsync,
    busy: mutation.isPending,
    problem,
    forget: () => setProblem(undefined),
  };
}
